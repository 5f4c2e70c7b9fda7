"""Collect rows of cells into columns of text, as the strict reader gives them for a text file."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.layout import Layout
from surveillance.storage.outcome_log.text_table import Misfit, TextTable

DELIMITER = "\t"
ROWS_AT_ONCE, SIGNS_AT_ONCE = 20_000, 30_000_000
MOST_TEXT = 250_000_000
UNREAD = "…"


@dataclass(slots=True)
class GridTable:
    """The wanted columns of a sheet while its rows come in; a cell right of the header makes its row a misfit."""

    layout: Layout
    wanted: tuple[str, ...]
    lines: list[int] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    said_unread: set[int] = field(default_factory=set)
    last: int = 0
    _signs: int = 0
    _packed: int = 0
    _places: tuple[int, ...] = ()
    _cells: list[list[str]] = field(default_factory=list)
    _chunks: list[list[pa.Array]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._places = tuple(self.layout.header.index(name) for name in self.wanted)
        self._cells = [[] for _ in self.wanted]
        self._chunks = [[] for _ in self.wanted]

    def add(self, line: int, cells: dict[int, str]) -> None:
        """Take one row: column, counted from 0 -> text."""
        self.last = line
        if line <= self.layout.header_row:
            return
        width = len(self.layout.header)
        if max(cells) >= width and any(text.strip() for place, text in cells.items() if place >= width):
            count = max(place for place, text in cells.items() if text.strip()) + 1
            self.misfits.append(Misfit(line, count, as_line([cells.get(place, "") for place in range(count)])))
            return
        said, signs = False, 0
        for place, column in zip(self._places, self._cells, strict=True):
            text = cells.get(place, "")
            said = said or text != ""
            signs += len(text)
            column.append(text)
        if not said:
            self.said_unread.add(line)
        self.lines.append(line)
        self._signs += signs
        if len(self.lines) % ROWS_AT_ONCE == 0 or self._signs > SIGNS_AT_ONCE:
            self._pack()

    def _pack(self) -> None:
        """Put the collected cells into arrays, which take a tenth of the memory; one shared text is many there."""
        self._packed, self._signs = self._packed + self._signs, 0
        if self._packed > MOST_TEXT:
            raise FileRefused(
                f"The sheet holds more than {MOST_TEXT // 1_000_000} MB of text in the columns that are read. Split the"
                " export by month and load the parts."
            )
        for column, chunks in zip(self._cells, self._chunks, strict=True):
            chunks.append(pa.array(column, pa.string()))
            column.clear()

    def table(self) -> TextTable:
        """Return what was collected."""
        self._pack()
        columns = {}
        for name, chunks in zip(self.wanted, self._chunks, strict=True):
            columns[name] = pa.chunked_array(chunks, pa.string()).combine_chunks()
            chunks.clear()
        lines = np.array(self.lines, dtype=np.int64)
        said = frozenset(self.said_unread)
        raw = raw_reader(columns, self.layout.header, lines, lambda line: UNREAD if line in said else "")
        by_line = {misfit.line: misfit.text for misfit in self.misfits}
        return TextTable(
            columns,
            self.layout.header,
            lines,
            tuple(self.misfits),
            lambda line: by_line[line] if line in by_line else raw(line),
            self.last,
            typed=True,
        )


def raw_reader(
    columns: dict[str, pa.Array], header: tuple[str, ...], lines: NDArray[np.int64], unread: Callable[[int], str]
) -> Callable[[int], str]:
    """Return a function that gives a row as the line it would be in a text file, cells that nobody reads left out.

    `unread` says for a line what stands in place of those: a sign where they are filled and nothing else is, so
    that the row is not taken for a blank one.
    """
    kept = dict(columns)

    def raw(line: int) -> str:
        """Return the row on a line."""
        row = int(np.searchsorted(lines, line))
        return as_line([kept[name][row].as_py() if name in kept else unread(line) for name in header])

    return raw


def as_line(cells: list[str], delimiter: str = DELIMITER) -> str:
    """Return cells as one line that `csv.reader` takes apart again.

    Examples
    --------
    >>> as_line(["A1", "a;b"], ";")
    'A1;"a;b"'
    """
    special = {delimiter, '"', "\n", "\r"}
    return delimiter.join('"' + c.replace('"', '""') + '"' if special & set(c) else c for c in cells)
