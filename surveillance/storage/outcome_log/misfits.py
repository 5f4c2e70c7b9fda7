"""Lines that are no rows: blank lines, trailing totals, and lines with too many or too few fields."""

import csv
from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.cell_judgement import LOOK
from surveillance.storage.outcome_log.held_row import HeldRow
from surveillance.storage.outcome_log.storable import LONGEST_KEPT, Storable
from surveillance.storage.outcome_log.text_table import TextTable

MOST_MISFITS = 1_000


def without_blank_lines(table: TextTable, delimiter: str) -> TextTable:
    """Return the table without lines that hold nothing but delimiters and space.

    Raises
    ------
    FileRefused
        If most of a long file's lines do not have the header's number of fields.
    """
    empty = np.ones(len(table), dtype=bool)
    for texts in table.columns.values():
        if not empty.any():
            break
        empty &= pc.equal(texts, "").to_numpy(zero_copy_only=False)
    keep = ~empty
    if len(table.columns) < len(table.header):
        said = [
            row for row in np.flatnonzero(empty).tolist() if not _blank(table.raw(int(table.lines[row])), delimiter)
        ]
        keep[said] = True
    misfits = tuple(misfit for misfit in table.misfits if not _blank(misfit.text, delimiter))
    if len(misfits) > MOST_MISFITS and len(misfits) > int(keep.sum()):
        raise FileRefused(
            f"Line {misfits[0].line} has {misfits[0].fields} fields and the header {len(table.header)}; so it is with "
            f"{len(misfits):,} lines, more than fit. Check the delimiter, and quotes around texts that hold it."
        )
    return replace(table.keep(keep), misfits=misfits)


def _blank(text: str, delimiter: str) -> bool:
    """Return whether a line says nothing."""
    return not text.replace(delimiter, "").replace('"', "").strip()


def skip_totals(table: TextTable, when: dict[str, str], delimiter: str) -> tuple[TextTable, tuple[str, ...]]:
    """Return the table without its last line where that is a total, and a note that says so.

    `when` says what its cells hold (theirs -> text); a text that ends in a star is how the cell begins, since a
    total often counts ("Rows: 61").
    """
    if not when:
        return table, ()
    places = {table.header.index(name): text for name, text in when.items()}
    last_row = int(table.lines[-1]) if len(table) else 0
    last_misfit = table.misfits[-1].line if table.misfits else 0
    line = max(last_row, last_misfit)
    if not line:
        return table, ()
    cells = next(csv.reader([table.raw(line)], delimiter=delimiter), [])
    if any(place >= len(cells) or not _says(cells[place].strip(), text) for place, text in places.items()):
        return table, ()
    note = (f"Line {line}, the last, is a total and was left out, as the profile says.",)
    if line == last_misfit:
        return replace(table, misfits=table.misfits[:-1]), note
    keep = np.ones(len(table), dtype=bool)
    keep[-1] = False
    return table.keep(keep), note


def _says(cell: str, text: str) -> bool:
    """Return whether a cell holds a text, or begins as it does."""
    return cell.startswith(text[:-1]) if text.endswith("*") and len(text) > 1 else cell == text


def hold_misfits(table: TextTable, wanted: Storable, delimiter_name: str, judged: frozenset[int]) -> list[HeldRow]:
    """Return a held row for every line whose fields cannot be told apart.

    Where some columns may not be stored, such a line cannot be kept: which cell is which? Nor is one whose fields are
    not all `judged` (lines) to name nobody. Then its fix says so.
    """
    needed = len(table.header)
    held = []
    for misfit in table.misfits:
        lost = ""
        if not all(wanted.kept):
            lost = "; its cells are not kept here, for some may be of columns that are never stored: give them anew"
        elif misfit.line not in judged:
            lost = f"; {LOOK}"
        held.append(
            HeldRow(
                misfit.line, "", f"a line must have {needed} fields, as the header has",
                f"{misfit.fields} fields",
                f"put quotes around a text that holds a {delimiter_name}, or complete the line{lost}",
                "" if lost else misfit.text[:LONGEST_KEPT],
            )
        )  # fmt: skip
    return held
