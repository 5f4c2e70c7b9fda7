"""Cells that look like patients' identifiers, hidden before any of a file that is being set up is shown."""

import re

import pyarrow as pa

from surveillance.storage.outcome_log.guessing.field_names import named_like
from surveillance.storage.outcome_log.identifier_patterns import plain_header
from surveillance.storage.outcome_log.identifiers import Screened, suspicion
from surveillance.storage.outcome_log.masking import masked
from surveillance.storage.outcome_log.screening import PLACES

BIRTH = re.compile(r"\b(birth|born|dob|age)\b")
MOST_PLACES = 20  # sites, scanners and settings are few; people are not


def hidden(name: str, cells: list[str]) -> list[str]:
    """Return a column's cells, every one masked where the column looks as if it held identifiers.

    Read or not, nothing of it may stand on a screen; a column that is read is refused in words when the file is. A
    column of dates is one of births by its name only.

    Examples
    --------
    >>> hidden("Comment", ["seen with Mrs Bloggs", ""])
    ['s***s', '']
    """
    filled = pa.array([cell.strip() or None for cell in cells], pa.string())
    screened = Screened(
        name,
        filled,
        lambda row: row,
        may_be_date=not BIRTH.search(plain_header(name)),
        may_be_place=any(named_like(name, ours) for ours in PLACES) and len(set(cells)) <= MOST_PLACES,
        accession=named_like(name, "case_id") > 0,
    )
    if suspicion(screened) is None:
        return cells
    return [masked(cell.strip()) if cell.strip() else cell for cell in cells]
