"""Refuse a file that looks as if it held patients' identifiers, before anything of it is stored."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log import identifier_patterns as patterns
from surveillance.storage.outcome_log.masking import WEIGHTS, masked

REMEDY = (
    "Nothing was stored. Take the column out, or put a pseudonym in its place on the machine where the link may be "
    "kept, with the command: surveillance pseudonymise FILE --key KEY. Then load the file that it writes."
)
SHARE = 0.5
MOST_LINES = 100
SHORT = 10  # fewer ten-digit cells than this say nothing by their share: any one that passes counts


@dataclass(frozen=True, slots=True)
class Screened:
    """A column to screen: its name, its cells, and which checks do not suit what the profile reads it as."""

    name: str
    texts: pa.Array
    line: Callable[[int], int]
    may_be_date: bool = False
    may_be_place: bool = False
    accession: bool = False


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a column's cells look like, on which lines, and the first of them masked."""

    column: str
    what: str
    lines: tuple[int, ...]
    shown: str


def screen_headers(header: tuple[str, ...], header_row: int) -> None:
    """Refuse a file with a column that is named after an identifier, whether it is read or not.

    Raises
    ------
    FileRefused
        Naming the column and the command that makes pseudonyms.
    """
    for name in header:
        if patterns.names_a_person(name):
            raise FileRefused(
                f"Line {header_row}, the header: column '{name[:60]}' is named like a patient identifier, "
                f"which may not be loaded. {REMEDY}"
            )


def screen_column(column: Screened) -> None:
    """Refuse a file if one column's cells look like identifiers.

    Raises
    ------
    FileRefused
        Naming line and column, the value masked, and the command that makes pseudonyms.
    """
    if found := suspicion(column):
        raise refused(found)


def refused(found: Suspicion) -> FileRefused:
    """Return the refusal of a file: where what stands, masked, and the command that makes pseudonyms."""
    where = f"Line {found.lines[0]}" + (f", column '{found.column[:60]}'" if found.column else "")
    return FileRefused(f"{where}: {found.shown} looks like {found.what}. {REMEDY}")


def suspicion(column: Screened) -> Suspicion | None:
    """Return what identifiers the cells of a column look like, or None where they look like none.

    NHS numbers are told from other ten-digit numbers by their check digit: one random number in
    eleven passes it, so a column is suspect when half its cells pass, or when any passes in a column
    named like a patient's number, in running text, or among fewer than ten such cells.
    """
    coded = column.texts.dictionary_encode()
    distinct = coded.dictionary
    cells = len(coded) - coded.null_count
    if not cells:
        return None

    def told(suspect: NDArray[np.bool_], what: str) -> Suspicion:
        """Return the suspect cells with their lines."""
        rows = np.flatnonzero(np.isin(coded.indices.fill_null(-1).to_numpy(), np.flatnonzero(suspect)))[:MOST_LINES]
        shown = masked(distinct[coded.indices[int(rows[0])].as_py()].as_py())
        return Suspicion(column.name, what, tuple(column.line(int(row)) for row in rows), shown)

    def share(suspect: NDArray[np.bool_]) -> float:
        """Return the share of filled cells whose text is suspect."""
        return int(suspect[coded.indices.drop_null().to_numpy()].sum()) / int(cells)

    for what, expression in patterns.TELL_TALE.items():
        if (found := _matches(distinct, expression)).any():
            return told(found, what)
    if not column.may_be_date and (found := _matches(distinct, patterns.WHOLE_DATE)).any():
        return told(found, "a date of birth")
    for what, expression in (
        ("a postcode", patterns.WHOLE_POSTCODE),
        ("a patient name", patterns.WHOLE_NAME),
    ):
        found = _matches(distinct, expression)
        if not column.may_be_place and share(found) >= SHARE:
            return told(found, what)
    numbered = patterns.names_a_number(column.name)
    if numbered and (found := _matches(distinct, patterns.SCIENTIFIC)).any():
        return told(found, "an NHS number that a spreadsheet has shortened")
    ten = _matches(distinct, patterns.TEN_DIGIT_CELL)
    passing = _passes(distinct, ten)
    few = int(ten.sum()) < SHORT and not column.accession
    if passing.any() and (numbered or few or share(passing) >= SHARE):
        return told(passing, "an NHS number")
    in_text = _passes(distinct, _matches(distinct, patterns.TEN_DIGITS_IN_TEXT) & ~ten)
    if in_text.any() and not column.accession:
        return told(in_text, "an NHS number in running text")
    return None


def _matches(texts: pa.Array, expression: str) -> NDArray[np.bool_]:
    """Return where a text matches."""
    found = pc.match_substring_regex(texts, expression)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def _passes(texts: pa.Array, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where ten digits of the marked texts carry an NHS number's check digit (modulus 11)."""
    passing = np.zeros(len(texts), dtype=bool)
    if not rows.any():
        return passing
    chosen = pc.extract_regex(texts.filter(pa.array(rows)), r"(?P<a>[0-9]{3})[ -]?(?P<b>[0-9]{3})[ -]?(?P<c>[0-9]{4})")
    number = sum(
        pc.cast(chosen.field(i), pa.int64()).to_numpy(zero_copy_only=False) * power
        for i, power in enumerate((10_000_000, 10_000, 1))
    )
    digits = (np.asarray(number)[:, None] // 10 ** np.arange(9, -1, -1)) % 10
    check = (11 - digits[:, :9] @ np.array(WEIGHTS) % 11) % 11
    varied = (digits != digits[:, :1]).any(axis=1)
    passing[np.flatnonzero(rows)] = (check == digits[:, 9]) & varied
    return passing
