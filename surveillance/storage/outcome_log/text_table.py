"""A file as columns of text, before anything is interpreted."""

from collections.abc import Callable
from dataclasses import dataclass

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
    """

    columns: dict[str, pa.Array]
    header: tuple[str, ...]
    lines: NDArray[np.int64]
    misfits: tuple[Misfit, ...]
    raw: Callable[[int], str]
    line_count: int

    def __len__(self) -> int:
        return len(self.lines)

    def keep(self, rows: NDArray[np.bool_]) -> "TextTable":
        """Return the table with some of its rows (bool, shape (rows,))."""
        if rows.all():
            return self
        chosen = pa.array(rows)
        columns = {name: texts.filter(chosen) for name, texts in self.columns.items()}
        return TextTable(columns, self.header, self.lines[rows], self.misfits, self.raw, self.line_count)
