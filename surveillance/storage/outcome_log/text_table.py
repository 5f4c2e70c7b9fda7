"""A file as columns of text, before anything is interpreted."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Misfit:
    """A line whose number of fields is not that of the header."""

    line: int
    fields: int
    text: str


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A cell that a workbook or Parquet file holds in a form from which its value cannot be known."""

    line: int
    column: str
    rule: str
    value: str
    fix: str


@dataclass(frozen=True, slots=True)
class TextTable:
    """The rows that fit the header, as they stand.

    Attributes
    ----------
    columns : their column name -> string array, shape (rows,); only the columns that were asked for
    header : every column name of the file, in order
    lines : int64, shape (rows,); the line each row starts on
    misfits : lines with too many or too few fields
    raw : the text of the record that starts on a line
    line_count : lines in the file
    typed : whether the file says what is a date: then an ISO text is one, whatever form the profile declares
    since_1904 : whether day numbers count from 1904 and not from 1900, as in workbooks of old Macs
    broken : cells from which no value can be known
    """

    columns: dict[str, pa.Array]
    header: tuple[str, ...]
    lines: NDArray[np.int64]
    misfits: tuple[Misfit, ...]
    raw: Callable[[int], str]
    line_count: int
    typed: bool = False
    since_1904: bool = False
    broken: tuple[BrokenCell, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)

    def keep(self, rows: NDArray[np.bool_]) -> "TextTable":
        """Return the table with some of its rows (bool, shape (rows,))."""
        if rows.all():
            return self
        chosen = pa.array(rows)
        columns = {name: texts.filter(chosen) for name, texts in self.columns.items()}
        return replace(self, columns=columns, lines=self.lines[rows])
