"""Read a column of dates in one declared format, strictly and as a whole."""

import re
from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from surveillance.storage.outcome_log.date_signs import pattern

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIRST_YEAR, LAST_YEAR = 1980, 2100
ROWS_AT_ONCE = 200_000
SECOND = 1_000_000
DAY = 86_400 * SECOND
EXCEL_EPOCH_DAYS = 25_569  # 1970-01-01 as an Excel serial number (1900 system)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one format makes of a column.

    Attributes
    ----------
    read : bool, shape (n,); whether the text fits the format and is a day that exists
    local : int64, shape (n,); microseconds since 1970 on the writer's own clock
    offset : int64, shape (n,); microseconds east of UTC, 0 where `has_offset` is False
    has_offset, timed : bool, shape (n,)
    """

    read: NDArray[np.bool_]
    local: NDArray[np.int64]
    offset: NDArray[np.int64]
    has_offset: NDArray[np.bool_]
    timed: NDArray[np.bool_]


def read_format(texts: pa.Array, date_format: str) -> Reading:
    """Read a column of date texts (string array, shape (n,)) in one format, so many at a time for memory's sake.

    A day that does not exist (31 February), an hour past 23 or a year outside 1980-2100 is not read.

    Examples
    --------
    >>> read_format(pa.array(["03/04/2026", "31/02/2026"]), "%d/%m/%Y").read.tolist()
    [True, False]
    """
    if len(texts) <= ROWS_AT_ONCE:
        return _read_piece(texts, date_format)
    pieces = [_read_piece(texts.slice(at, ROWS_AT_ONCE), date_format) for at in range(0, len(texts), ROWS_AT_ONCE)]
    return Reading(*(np.concatenate([getattr(piece, field.name) for piece in pieces]) for field in fields(Reading)))


def _read_piece(texts: pa.Array, date_format: str) -> Reading:
    """Read some date texts in one format."""
    expression = pattern(date_format)
    found = pc.extract_regex(texts, expression)
    found_in = {name: found.field(i) for i, name in enumerate(re.findall(r"\(\?P<(\w+)>", expression))}
    read = pc.is_valid(found).to_numpy(zero_copy_only=False)
    number = {
        name: _number(text) for name, text in found_in.items() if name not in ("offset", "name", "half", "serial")
    }
    zero = np.zeros(len(texts), dtype=np.int64)
    if date_format == "excel":
        local, in_range = _from_serial(found_in["serial"], read)
        timed = local % DAY != 0
        return Reading(read & in_range, local, zero, np.zeros(len(texts), dtype=bool), timed)
    year = number["year"] if "year" in number else _century(number["short_year"])
    month = number["month"] if "month" in number else _month(found_in["name"])
    day, hour, minute = number["day"], number.get("hour", zero), number.get("minute", zero)
    second = number.get("second", zero)
    if "half" in found_in:
        afternoon = np.array([t.lower() == "pm" for t in found_in["half"].fill_null("").to_pylist()], dtype=bool)
        read = read & (hour >= 1) & (hour <= 12)
        hour = hour % 12 + 12 * afternoon
    read = read & (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12)
    read = read & (hour <= 23) & (minute <= 59) & (second <= 59)
    months = np.where(read, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    read = read & (day >= 1) & (days.astype("datetime64[M]") == months)
    fraction = _fraction(found_in["fraction"]) if "fraction" in found_in else zero
    local = days.astype(np.int64) * DAY + ((hour * 60 + minute) * 60 + second) * SECOND + fraction
    offset, has_offset = (
        _offset(found_in["offset"]) if "offset" in found_in else (zero, np.zeros(len(texts), dtype=bool))
    )
    timed = (
        pc.greater(pc.utf8_length(found_in["hour"]), 0).fill_null(False).to_numpy(zero_copy_only=False)
        if "hour" in found_in
        else np.zeros(len(texts), dtype=bool)
    )
    return Reading(read & (np.abs(offset) <= 14 * 3600 * SECOND), local, offset, has_offset, timed)


def _number(texts: pa.Array) -> NDArray[np.int64]:
    """Return digits as integers, 0 where there are none."""
    plain = pc.if_else(pc.equal(pc.fill_null(texts, ""), ""), "0", texts)
    return np.asarray(pc.cast(plain, pa.int64()).to_numpy(zero_copy_only=False), dtype=np.int64)


def _century(short: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return two-digit years as 1980-2079, so that 98 is not taken for 2098."""
    return np.where(short >= FIRST_YEAR % 100, 1900, 2000) + short


def _month(texts: pa.Array) -> NDArray[np.int64]:
    """Return English month names as 1-12, 0 where there is none."""
    coded = pc.fill_null(texts, "").dictionary_encode()
    numbers = [MONTHS.index(t.lower()) + 1 if t.lower() in MONTHS else 0 for t in coded.dictionary.to_pylist()]
    months: NDArray[np.int64] = np.array(numbers, dtype=np.int64)[coded.indices.to_numpy()]
    return months


def _fraction(texts: pa.Array) -> NDArray[np.int64]:
    """Return the digits after the second's point as microseconds."""
    return _number(pc.utf8_rpad(pc.fill_null(texts, ""), 6, "0"))


def _offset(texts: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return offsets as microseconds east of UTC, and where one is written."""
    coded = pc.fill_null(texts, "").dictionary_encode()
    micros = []
    for text in coded.dictionary.to_pylist():
        digits = text[1:].replace(":", "")
        size = (int(digits[:2]) * 60 + int(digits[2:])) * 60 * SECOND if digits else 0
        micros.append(-size if text.startswith("-") else size)
    given = np.array([text != "" for text in coded.dictionary.to_pylist()], dtype=bool)
    places = coded.indices.to_numpy()
    return np.array(micros, dtype=np.int64)[places], given[places]


def _from_serial(texts: pa.Array, read: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return Excel day numbers as local microseconds, to the second, and where they fall in range."""
    plain = pc.replace_substring(pc.fill_null(texts, ""), ",", ".")
    serial = pc.cast(pc.if_else(pc.equal(plain, ""), "0", plain), pa.float64())
    local = np.rint((serial.to_numpy(zero_copy_only=False) - EXCEL_EPOCH_DAYS) * 86_400).astype(np.int64) * SECOND
    years = local.astype("datetime64[us]").astype("datetime64[Y]").astype(np.int64) + 1970
    return local, read & (years >= FIRST_YEAR) & (years <= LAST_YEAR)
