"""Open a workbook (.xlsx): every worksheet is a table whose lines are its rows."""

from dataclasses import replace

import numpy as np

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.column_forms import ColumnForms
from surveillance.storage.outcome_log.field_limits import refuse_long_fields
from surveillance.storage.outcome_log.grid_table import DELIMITER, GridTable, as_line
from surveillance.storage.outcome_log.layout import SEARCHED_LINES, Layout
from surveillance.storage.outcome_log.sheet import Sheet, naming
from surveillance.storage.outcome_log.text_table import BrokenCell, TextTable
from surveillance.storage.outcome_log.workbook_index import WorkbookIndex, read_index
from surveillance.storage.outcome_log.worksheet import MOST_BROKEN, RowReader, read_rows
from surveillance.storage.outcome_log.worksheet_count import counted, refuse_many
from surveillance.storage.outcome_log.zip_parts import ZipParts

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
MOST_UNPACKED = 600_000_000
MOST_SHEETS = 100
UNCALCULATED = (
    "a formula must have its value saved with it",
    "open the workbook in a spreadsheet, let it calculate, save it and load it again",
)
TOO_LONG = (
    "a number in a cell must have at most 15 digits",
    "a spreadsheet changes longer numbers: export this column as text",
)
UNSHOWN = (
    "a number in a cell must be shown as it is stored",
    "what its number format adds or hides cannot be told: export this column as text",
)
MERGED = (
    "a cell must not be merged with others",
    "unmerge the cells and write its own value into each",
)


def open_workbook(data: bytes) -> tuple[Sheet, ...]:
    """Return the worksheets of a workbook, hidden ones too.

    Raises
    ------
    FileRefused
        If the zip archive holds no workbook of this form, is damaged, protected, or larger than is read.
    """
    parts = ZipParts(data, MOST_UNPACKED)
    if "xl/workbook.xml" not in parts:
        kind = (
            "a binary workbook (.xlsb)" if "xl/workbook.bin" in parts
            else "an OpenDocument spreadsheet" if "content.xml" in parts
            else "a zip archive that holds no workbook"
        )  # fmt: skip
        raise FileRefused(f"This is {kind}. Unpack it, or save the log as .xlsx or CSV, and load that.")
    index = read_index(parts)
    if len(index.sheets) > MOST_SHEETS:
        raise FileRefused(f"The workbook has more than {MOST_SHEETS} sheets. Save the one with the log on its own.")
    return tuple(_sheet(parts, index, name, part) for name, part in index.sheets)


def _sheet(parts: ZipParts, index: WorkbookIndex, name: str, part: str) -> Sheet:
    """Return one worksheet with its first lines read."""
    hidden = [0]

    def table(layout: Layout, wanted: tuple[str, ...], forms: ColumnForms) -> TextTable:
        """Read all rows of the sheet."""
        reader = RowReader(index, *forms.places(layout.header))
        grid = GridTable(layout, wanted)
        refuse_many(parts.pieces(part))
        for line, cells in read_rows(parts.pieces(part), reader):
            grid.add(line, cells)
        hidden[0] = reader.hidden
        found = grid.table()
        refuse_long_fields(found)
        return replace(found, since_1904=index.since_1904, broken=_broken(found, layout, wanted, reader))

    def notes() -> tuple[str, ...]:
        """Tell of hidden rows, once the sheet is read."""
        if not hidden[0]:
            return ()
        return (f"Sheet '{name}' has {hidden[0]:,} hidden rows; they are read as all others.",)

    lines = [""] * SEARCHED_LINES
    last = 0
    with naming(name):
        for line, cells in read_rows(counted(parts.pieces(part)), RowReader(index), SEARCHED_LINES):
            row = [" ".join(cells.get(place, "").split()) for place in range(max(cells) + 1)]
            lines[line - 1], last = as_line(row), line
    return Sheet(name, tuple(lines[:last]) or ("",), DELIMITER, table, notes)


def _broken(table: TextTable, layout: Layout, wanted: tuple[str, ...], reader: RowReader) -> tuple[BrokenCell, ...]:
    """Return the cells of wanted columns that hold no value that can be known."""
    names = {layout.header.index(name): name for name in wanted}
    found = [
        BrokenCell(row, names[column], rule, value, fix)
        for cells, value, (rule, fix) in (
            (reader.uncalculated, "=", UNCALCULATED),
            (reader.too_long, "", TOO_LONG),
            (reader.unshown, "", UNSHOWN),
        )
        for row, column in cells
        if column in names and row > layout.header_row
    ]
    rule, fix = MERGED
    for top, left, bottom, right in reader.merges:
        first, last = np.searchsorted(table.lines, (max(top, layout.header_row + 1), bottom + 1))
        for column, name in names.items():
            if left <= column <= right and (top, left) != (bottom, right):
                found += [BrokenCell(line, name, rule, "", fix) for line in table.lines[first:last].tolist()]
        if len(found) > MOST_BROKEN:
            raise FileRefused(f"More than {MOST_BROKEN:,} cells are merged with others. Unmerge them, or save as CSV.")
    return tuple(found)
