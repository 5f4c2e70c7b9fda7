"""Make one column of several: a date in one and its time in another."""

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from surveillance.storage.outcome_log.text_table import TextTable


def join_columns(table: TextTable, joined: Mapping[str, tuple[str, ...]], also: frozenset[str]) -> TextTable:
    """Return the table with its joined columns, the parts gone unless the profile reads them for themselves too.

    The trimmed texts of the parts stand with a space between, empty ones left out.

    Parameters
    ----------
    joined : name of the new column -> the file's columns, in order
    also : columns that are read by themselves as well
    """
    made: dict[str, pa.Array] = {}
    spent: set[str] = set()
    for name, parts in joined.items():
        if not all(part in table.columns for part in parts):
            continue
        joint = pc.utf8_trim_whitespace(table.columns[parts[0]])
        for part in parts[1:]:
            # Nulls must not stand here: arrow 26 drops the rows in which every part is one, and all below shift.
            joint = pc.utf8_trim_whitespace(
                pc.binary_join_element_wise(joint, pc.utf8_trim_whitespace(table.columns[part]), " ")
            )
        made[name] = joint
        spent |= set(parts) - also
    if not made:
        return table
    kept = {name: texts for name, texts in table.columns.items() if name not in spent}
    return replace(table, columns={**kept, **made})
