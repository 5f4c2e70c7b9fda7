"""Write a column of a Parquet file as texts, as the file would stand in CSV."""

import pyarrow as pa
import pyarrow.compute as pc

MOST_FIELD = 10_000
WHOLE_DECIMAL = r"^(-?[0-9]+)\.0+$"


def is_read(kind: pa.DataType) -> bool:
    """Return whether columns of a type are read: texts, numbers, flags, dates and times, and dictionaries of these.

    Examples
    --------
    >>> is_read(pa.string()), is_read(pa.list_(pa.string())), is_read(pa.timestamp("ms", "UTC"))
    (True, False, True)
    """
    if isinstance(kind, pa.BaseExtensionType):
        return False
    if pa.types.is_dictionary(kind):
        return is_read(kind.value_type) and not pa.types.is_dictionary(kind.value_type)
    return bool(
        is_text(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or (pa.types.is_temporal(kind) and not (pa.types.is_duration(kind) or pa.types.is_interval(kind)))
        or pa.types.is_null(kind)
    )


def is_text(kind: pa.DataType) -> bool:
    """Return whether a type holds texts."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def as_texts(values: pa.Array, *, comma: bool) -> pa.Array:
    """Return values as a string array, empty where there is none.

    A moment with a zone is written in UTC with Z, one without as it stands; a whole number as its digits, whatever
    type it has, another as its shortest exact text.

    Examples
    --------
    >>> as_texts(pa.array([0.1, 3.0, None]), comma=True).to_pylist()
    ['0,1', '3', '']
    >>> as_texts(pa.array([0], pa.timestamp("ms", "Europe/London")), comma=False).to_pylist()
    ['1970-01-01T00:00:00Z']
    """
    kind = values.type
    if pa.types.is_dictionary(kind):
        return as_texts(values.dictionary, comma=comma).take(values.indices).fill_null("")
    if pa.types.is_timestamp(kind):
        # To microseconds, which the store keeps: finer ones are cut, coarser ones must fit.
        micros = values.cast(pa.timestamp("us", kind.tz), safe=kind.unit != "ns")
        plain = pc.strftime(micros.cast(pa.timestamp("us")), "%Y-%m-%dT%H:%M:%S")
        short = pc.replace_substring(plain, ".000000", "")
        return pc.fill_null(pc.binary_join_element_wise(short, "Z", "") if kind.tz else short, "")
    if pa.types.is_time(kind):
        values = values.cast(pa.time64("us"), safe=False)
        return pc.fill_null(pc.replace_substring(values.cast(pa.string()), ".000000", ""), "")
    if pa.types.is_floating(kind):
        texts = _fractions(values)
    elif pa.types.is_decimal(kind):
        texts = pc.fill_null(pc.replace_substring_regex(values.cast(pa.string()), WHOLE_DECIMAL, r"\1"), "")
    else:
        texts = pc.fill_null(values.cast(pa.string()), "")
    if comma and (pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        return pc.replace_substring(texts, ".", ",")
    return texts


def _fractions(values: pa.Array) -> pa.Array:
    """Return fractions as texts: those that are whole numbers, as study numbers with a gap become, as digits."""
    plain = values.cast(pa.float32()) if pa.types.is_float16(values.type) else values
    wide = pc.fill_null(values.cast(pa.float64()), 0.5)
    whole = pc.and_(pc.equal(pc.trunc(wide), wide), pc.less(pc.abs(wide), float(exact_below(pa.float64()))))
    digits = pc.if_else(whole, wide, 0.0).cast(pa.int64()).cast(pa.string())
    return pc.if_else(whole, digits, pc.fill_null(plain.cast(pa.string()), ""))


def exact_below(kind: pa.DataType) -> int:
    """Return the number up to which a type of fractions holds every whole number.

    Examples
    --------
    >>> exact_below(pa.float64()), exact_below(pa.float32()), exact_below(pa.float16())
    (9007199254740992, 16777216, 2048)
    """
    return int(2 ** {64: 53, 32: 24, 16: 11}[kind.bit_width])


def size_as_text(values: pa.Array) -> tuple[int, int]:
    """Return how many bytes a column would take as text, and the longest text, before any of it is written out."""
    if pa.types.is_dictionary(values.type) and is_text(values.type.value_type):
        lengths = pc.fill_null(pc.binary_length(values.dictionary), 0)
        longest = pc.max(lengths).as_py() or 0
        return int(pc.sum(lengths.take(values.indices)).as_py() or 0), longest
    if is_text(values.type):
        lengths = pc.binary_length(values.cast(pa.large_string()))
        return int(pc.sum(lengths).as_py() or 0), pc.max(lengths).as_py() or 0
    return len(values) * 8, 0
