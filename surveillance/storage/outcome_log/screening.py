"""Which checks for identifiers suit which column of a file."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from surveillance.storage.outcome_log.cell_judgement import TEN_DIGITS, may_stand
from surveillance.storage.outcome_log.column_names import DATES, NUMBERS
from surveillance.storage.outcome_log.identifiers import SHARE, SHORT, Screened, Suspicion, refused, screen_column
from surveillance.storage.outcome_log.memory import give_back
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.running_text import SEEN_BEFORE, identifier_in
from surveillance.storage.outcome_log.text_table import TextTable

PLACES = ("site", "model", "version", "scanner", "kernel", "setting", "pathway")


def measured_columns(profile: Profile) -> frozenset[str]:
    """Return the columns, joined ones among them, whose cells a profile reads as dates or numbers."""
    return frozenset(
        theirs
        for part in profile.parts
        for ours, theirs in part.columns.items()
        if ours in DATES or ours in NUMBERS or ours in part.bands
    )


def screen_table(table: TextTable, profile: Profile) -> None:
    """Refuse a file whose cells look like patients' identifiers.

    Dates and numbers are told by their form when they are read and are not screened here: `screen_held` looks at those
    that cannot be.

    Raises
    ------
    FileRefused
        Naming line and column, the value masked, and the command that makes pseudonyms.
    """
    ours_of = {theirs: ours for part in profile.parts for ours, theirs in part.columns.items()}
    for name, texts in table.columns.items():
        ours = ours_of.get(name, "")
        if ours in DATES or ours in NUMBERS:
            continue
        trimmed = pc.utf8_trim_whitespace(texts)
        screen_column(
            Screened(
                name,
                pc.if_else(pc.equal(trimmed, ""), None, trimmed),
                lambda row: int(table.lines[row]),
                may_be_date=ours == "version",
                may_be_place=ours in PLACES,
                accession=name in profile.identifiers.accession_columns,
            )
        )
        give_back()


def screen_held(table: TextTable, profile: Profile, held: NDArray[np.bool_]) -> None:
    """Refuse a file that holds identifiers where dates or numbers should be: such cells stand in held rows.

    What is no date or number in form is screened as text; a day from before there were digital studies is taken for a
    day of birth.

    Parameters
    ----------
    held : bool, shape (rows,); the rows that are not accepted

    Raises
    ------
    FileRefused
        Naming line and column, the value masked, and the command that makes pseudonyms.
    """
    rows = np.flatnonzero(held)
    lines = table.lines[rows]
    for name in sorted(measured_columns(profile) & table.columns.keys()) if len(rows) else ():
        cells = pc.utf8_trim_whitespace(table.columns[name].take(pa.array(rows)))
        strange = _strange(pc.unique(cells).to_pylist())
        if not strange:
            continue
        told = pc.if_else(pc.is_in(cells, pa.array(strange, pa.string())), cells, None)
        screen_column(Screened(name, told, lambda row: int(lines[row]), may_be_date=True))
        for cell in strange:
            if found := identifier_in(cell, born_before=SEEN_BEFORE):
                where = int(lines[int(pc.index(cells, cell).as_py())])
                raise refused(Suspicion(name, found.what, (where,), found.shown))


def _strange(cells: list[str]) -> list[str]:
    """Return the cells that are no date or number in form; one of many numbers of ten digits is not strange."""
    strange = [cell for cell in cells if not may_stand(cell)]
    ten = sum(bool(TEN_DIGITS.fullmatch(cell)) for cell in cells)
    passing = {cell for cell in strange if TEN_DIGITS.fullmatch(cell)}
    return [cell for cell in strange if cell not in passing] if SHORT <= ten > len(passing) / SHARE else strange
