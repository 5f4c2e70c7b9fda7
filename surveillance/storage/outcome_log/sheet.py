"""One table inside a file: its first lines to find the header in, and a way to read the rest."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.column_forms import NOT_KNOWN, ColumnForms
from surveillance.storage.outcome_log.layout import Layout
from surveillance.storage.outcome_log.text_table import TextTable

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of an opened file.

    Attributes
    ----------
    name : the worksheet's name; "" in a text and in a Parquet file, which have one table and no name for it
    lines : the first lines (up to 30) as text, the first being line 1. A workbook's cells are joined by
        `delimiter` and quoted where they hold it (`csv.reader` gives the cells back), a line break in one becoming
        a space; a Parquet file is counted as if it had been saved as CSV: line 1 is its column names
    delimiter : what separates the cells of `lines`; None in a text file, where it has to be found
    table : the wanted columns of the whole table as text under a layout (see `read`)
    notes : sentences to show with the preview, such as "Sheet 'May' has 3 hidden rows; they are read as all others."
    """

    name: str
    lines: tuple[str, ...]
    delimiter: str | None
    table: Callable[[Layout, tuple[str, ...], ColumnForms], TextTable]
    notes: Callable[[], tuple[str, ...]] = tuple

    def read(self, layout: Layout, wanted: tuple[str, ...], forms: ColumnForms = NOT_KNOWN) -> TextTable:
        """Return the wanted columns of the whole table as text, with the line each row stands on.

        `layout` comes from `find_layout(list(sheet.lines), needed, sheet.delimiter or declared, header_row)`.
        `forms` says which columns are measured and which identify, once a profile says it: what a number cell of a
        workbook shows counts in some and what it holds in others. In a text file every cell is its text.

        Raises
        ------
        FileRefused
            As `read_table` does; of a workbook the sentence begins with the sheet's name.
        """
        with naming(self.name):
            return self.table(layout, wanted, forms)


@contextmanager
def naming(sheet: str) -> "Iterator[None]":
    """Put the sheet's name before the sentence of a refusal.

    Examples
    --------
    >>> with naming("May"):
    ...     raise FileRefused("Line 2 is longer than it may be.")
    Traceback (most recent call last):
    surveillance.errors.FileRefused: Sheet 'May': Line 2 is longer than it may be.
    """
    try:
        yield
    except FileRefused as refused:
        said = str(refused)
        if not sheet or said.startswith("Sheet "):
            raise
        raise FileRefused(f"Sheet '{sheet}': {said}") from refused
