"""Turn a column of number texts into numbers, holding what is in doubt."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from surveillance.storage.outcome_log.holds import Holds

PLAIN = r"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$"
GROUPED = r"^[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+$"
NOT_FINITE = r"(?i)^[+-]?(?:nan|inf|infinity)$"


def find_decimal(columns: list[pa.Array]) -> str | None:
    """Return the decimal sign of number columns, "." where none is written, None where it is in doubt.

    A comma is a decimal sign only if some value cannot be thousands ("0,85", "85,5") and none has a point.

    Examples
    --------
    >>> find_decimal([pa.array(["0,85", "1"])]), find_decimal([pa.array(["1,234"])])
    (',', None)
    """
    points = any(_any(texts, r"\.") for texts in columns)
    commas = any(_any(texts, ",") for texts in columns)
    if not commas:
        return "."
    sure = any(
        pc.any(pc.and_(pc.match_substring(t, ","), pc.invert(pc.match_substring_regex(t, GROUPED)))).as_py()
        for t in columns
    )
    return "," if sure and not points else None


def _any(texts: pa.Array, expression: str) -> bool:
    """Return whether any text matches."""
    return bool(pc.any(pc.match_substring_regex(texts, expression)).as_py())


def read_numbers(
    texts: pa.Array, decimal: str | None, percent: bool, column: str, holds: Holds
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return numbers (float64, shape (n,), NaN where none) and where one was read.

    Parameters
    ----------
    texts : string array with null where empty, shape (n,)
    decimal : "." or ",", or None where it is in doubt: then numbers with either sign hold their rows
    percent : whether a trailing per cent sign is the column's own scale
    """
    filled = texts.is_valid().to_numpy(zero_copy_only=False)
    plain = pc.utf8_rtrim(texts, "% ") if percent else texts
    if decimal is None:
        doubt = _matches(plain, "[.,]")
        holds.add(
            doubt, column, "a number must have one meaning",
            'declare decimal = "." or decimal = "," in the profile', texts,
        )  # fmt: skip
        filled = filled & ~doubt
    elif decimal == ",":
        # A point is no decimal sign here; made unreadable so that 1.234 is held and not taken for 1234.
        plain = pc.replace_substring(pc.replace_substring(plain, ".", "?"), ",", ".")
    readable = _matches(plain, PLAIN) & filled
    numbers = pc.cast(pc.if_else(pa.array(readable), plain, None), pa.float64()).to_numpy(zero_copy_only=False)
    overflowing = readable & np.isinf(numbers)
    endless = (_matches(plain, NOT_FINITE) & filled) | overflowing
    holds.add(
        endless, column, "a score must be a finite number",
        "NaN and infinity mean that the AI gave no result: leave the cell empty and set the status", texts,
    )  # fmt: skip
    holds.add(
        filled & ~readable & ~endless, column, "a number must be written in digits",
        f"correct the number; the decimal sign is {'a comma' if decimal == ',' else 'a point'}", texts,
    )  # fmt: skip
    finite = readable & ~overflowing
    return np.where(finite, numbers, np.nan), finite


def _matches(texts: pa.Array, expression: str) -> NDArray[np.bool_]:
    """Return where a text matches."""
    found = pc.match_substring_regex(texts, expression).fill_null(False)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
