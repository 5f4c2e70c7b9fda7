"""A file of held rows that came back: told by its first columns, and taken apart into line, reason and row."""

import csv
import io
from dataclasses import dataclass

import pyarrow.compute as pc

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.containers import Container, open_container
from surveillance.storage.outcome_log.field_limits import MAXIMUM_LINE
from surveillance.storage.outcome_log.held_file import guarded
from surveillance.storage.outcome_log.layout import DELIMITERS, Layout, header_fields
from surveillance.storage.outcome_log.misfits import without_blank_lines
from surveillance.storage.outcome_log.sheet import Sheet

MARKS = ("line", "column", "rule", "value", "fix")
ONE_LINE = 'give each row back as it was downloaded: the number of its line in the first column, "line"'


@dataclass(frozen=True, slots=True)
class CorrectedRow:
    """One row that came back: the line that it had, what it was held for, and its cells as they are now."""

    line: int
    column: str
    rule: str
    value: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectedRows:
    """The rows of a corrected file, in order; `unfit` are lines whose cells still do not fit the header.

    `typed` says that the file itself knows what is a date, as a workbook does.
    """

    header: tuple[str, ...]
    rows: tuple[CorrectedRow, ...]
    unfit: tuple[int, ...]
    typed: bool

    @property
    def lines(self) -> tuple[int, ...]:
        """Return every line that came back, each once, in order."""
        return tuple(sorted({*(row.line for row in self.rows), *self.unfit}))


def corrected_rows(data: bytes, file_name: str) -> CorrectedRows | None:
    """Return the rows of a file of corrected rows, or None where a file is none.

    Raises
    ------
    FileRefused
        If it is one, and a row does not say which line it was.
    """
    try:
        container = open_container(data, file_name)
    except FileRefused:
        return None  # whoever reads it as a log says what is wrong with it
    found = _marked(container)
    if found is None:
        return None
    sheet, mark, header = found
    names = (*(f"held {name}" for name in MARKS), *_told_apart(header))
    table = without_blank_lines(sheet.read(Layout(mark, 1, names), names), mark)
    columns = [[text.as_py() for text in pc.utf8_trim_whitespace(table.columns[name])] for name in names[:4]]
    cells = [table.columns[name].to_pylist() for name in names[5:]]
    rows = tuple(
        CorrectedRow(_line(at, line), unguarded(column), unguarded(rule), unguarded(value), tuple(map(unguarded, own)))
        for at, line, column, rule, value, own in zip(
            table.lines.tolist(), *columns, zip(*cells, strict=True) if cells else [()] * len(table), strict=True
        )
    )
    unfit = tuple(
        _line(one.line, next(csv.reader([one.text.replace("\n", " ")], delimiter=mark), [""])[0])
        for one in table.misfits
    )
    return CorrectedRows(header, rows, unfit, container.kind != "text")


def as_csv(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> bytes:
    """Return rows as a file of their own, whose header stands on its first line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that kept a spreadsheet from running it.

    >>> unguarded("'=1+1"), unguarded("'quoted'"), unguarded("-0.5")
    ('=1+1', "'quoted'", '-0.5')
    """
    return cell[1:] if cell.startswith("'") and guarded(cell[1:]) == cell else cell


def _marked(container: Container) -> tuple[Sheet, str, tuple[str, ...]] | None:
    """Return the table whose header begins as that of held rows does, its delimiter, and the rest of the header."""
    for sheet in container.sheets:
        if not sheet.lines or len(sheet.lines[0]) > MAXIMUM_LINE:
            continue
        for mark in DELIMITERS if sheet.delimiter is None else (sheet.delimiter,):
            try:
                header = header_fields([sheet.lines[0]], mark, 1)
            except FileRefused:
                continue
            if header[: len(MARKS)] == MARKS:
                return sheet, mark, tuple(unguarded(name) for name in header[len(MARKS) :])
    return None


def _told_apart(header: tuple[str, ...]) -> list[str]:
    """Return a name for each column that no other has."""
    return [f"{place}: {name}" for place, name in enumerate(header)]


def _line(at: int, text: str) -> int:
    number = text.strip().removesuffix(".0")
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        raise FileRefused(f"Line {at} does not say which line of its file it was: {ONE_LINE}. Nothing was stored.")
    return int(number)
