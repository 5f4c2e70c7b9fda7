"""Hold the cells in which a spreadsheet put something other than a value."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from surveillance.storage.outcome_log.holds import Holds
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.text_table import TextTable

ERRORS = ("#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!",
          "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!", "#EXTERNAL!", "#GETTING_DATA")  # fmt: skip
ERROR = "a cell must hold a value and not a spreadsheet's error"
ERROR_FIX = "put the formula right, or write the value in its place"
INVISIBLE = "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b-\u200f\u2060\u202a-\u202e]"
UNSEEN = "a cell must hold no sign that cannot be seen"
UNSEEN_FIX = "type the cell anew, or export the file again: two files put one after the other leave such signs"


def hold_broken_cells(table: TextTable, profile: Profile, holds: Holds) -> None:
    """Hold every row with an error such as #N/A, a merged cell, a formula without its value, or an unseen sign.

    An error that the profile lists as `missing` means "not given", as it says there. Nothing further is said of
    such a cell: it has no value that a rule could be about.
    """
    errors = pa.array([error for error in ERRORS if error not in profile.missing])
    for name, texts in table.columns.items():
        found = pc.is_in(pc.utf8_trim_whitespace(texts), errors).to_numpy(zero_copy_only=False)
        holds.add(np.asarray(found, dtype=bool), name, ERROR, ERROR_FIX, texts, final=True)
        unseen = pc.match_substring_regex(texts, INVISIBLE).to_numpy(zero_copy_only=False)
        holds.add(np.asarray(unseen, dtype=bool), name, UNSEEN, UNSEEN_FIX, texts, final=True)
    kinds: dict[tuple[str, str, str], list[int]] = {}
    values: dict[tuple[int, str], str] = {}
    for cell in table.broken:
        kinds.setdefault((cell.column, cell.rule, cell.fix), []).append(cell.line)
        values[cell.line, cell.column] = cell.value
    for (column, rule, fix), lines in kinds.items():
        broken = np.isin(table.lines, lines)
        said = pa.array([values[int(line), column] for line in table.lines[broken]], pa.string())
        places = np.cumsum(broken) - 1
        holds.add(
            broken, column, rule, fix, said.take(pa.array(np.maximum(places, 0))) if len(said) else None, final=True
        )
