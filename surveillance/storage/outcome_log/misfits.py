"""Lines that are no rows: blank lines, trailing totals, and lines with too many or too few fields."""

import csv
import io
from dataclasses import dataclass, replace

import numpy as np
import pyarrow.compute as pc

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.held_row import HeldRow
from surveillance.storage.outcome_log.identifier_patterns import names_a_number
from surveillance.storage.outcome_log.masking import mask
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.text_table import TextTable

LONGEST_KEPT = 10_000
MOST_MISFITS = 1_000


@dataclass(frozen=True, slots=True)
class Storable:
    """Which columns of a file may be kept.

    Attributes
    ----------
    to_read : columns to read: those of the profile, and those to look into for identifiers
    dropped : named columns that the profile does not read; never stored
    kept : bool per column of the header; True where its cells may be kept in a held row
    """

    to_read: tuple[str, ...]
    dropped: tuple[str, ...]
    kept: tuple[bool, ...]

    def raw(self, text: str, delimiter: str) -> str:
        """Return a line as it came, the cells of dropped columns emptied and identifiers masked."""
        if all(self.kept):
            return mask(text)[:LONGEST_KEPT]
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        if len(cells) != len(self.kept):
            return ""
        safe = [cell if kept else "" for cell, kept in zip(cells, self.kept, strict=True)]
        quoted = ['"' + c.replace('"', '""') + '"' if {delimiter, '"', "\n"} & set(c) else c for c in safe]
        return mask(delimiter.join(quoted))[:LONGEST_KEPT]


def storable(header: tuple[str, ...], profile: Profile) -> Storable:
    """Return which columns of a header are read, looked into, dropped and kept."""
    reads = set(profile.reads)
    return Storable(
        to_read=tuple(name for name in header if name and (name in reads or names_a_number(name))),
        dropped=tuple(name for name in header if name and name not in reads),
        kept=tuple(name in reads for name in header),
    )


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


def hold_misfits(table: TextTable, wanted: Storable, delimiter_name: str) -> list[HeldRow]:
    """Return a held row for every line whose fields cannot be told apart."""
    needed = len(table.header)
    return [
        HeldRow(
            misfit.line, "", f"a line must have {needed} fields, as the header has",
            f"{misfit.fields} fields",
            f"put quotes around a text that holds a {delimiter_name}, or complete the line",
            # Where some columns may not be stored, a shifted line cannot be kept: which cell is which?
            mask(misfit.text)[:LONGEST_KEPT] if all(wanted.kept) else "",
        )
        for misfit in table.misfits
    ]  # fmt: skip
