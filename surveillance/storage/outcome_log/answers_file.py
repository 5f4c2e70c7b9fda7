"""A worklist that comes back with answers: CSV or a workbook, read as text through the same strict reader as a log."""

import csv
import io
from dataclasses import dataclass

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.containers import open_container
from surveillance.storage.outcome_log.held_file import guarded
from surveillance.storage.outcome_log.held_row import HeldRow
from surveillance.storage.outcome_log.identifiers import screen_headers
from surveillance.storage.outcome_log.layout import Layout, find_layout
from surveillance.storage.outcome_log.masking import mask
from surveillance.storage.outcome_log.sheet import Sheet
from surveillance.storage.outcome_log.text_table import TextTable

NEEDED = frozenset({"case_id", "week", "reader", "answer"})
READ = ("case_id", "site", "week", "reader", "answer")


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One line of a worklist that came back, each cell without blanks around it; `site` is "" without such a column."""

    line: int
    case_id: str
    site: str
    week: str
    reader: str
    answer: str


def read_answers(data: bytes, file_name: str) -> tuple[tuple[AnswerRow, ...], tuple[HeldRow, ...]]:
    """Return the lines of a worklist that came back, and those whose number of fields is not the header's.

    Other columns, such as notes or the time of acquisition, are not read.

    Raises
    ------
    FileRefused
        If the file as a whole cannot be read, lacks a column, or has one named like a patient's identifier.
    """
    sheet, layout = _chosen(open_container(data, file_name).sheets)
    screen_headers(layout.header, layout.header_row)
    table = sheet.read(layout, tuple(name for name in READ if name in layout.header))
    rows = tuple(row for row in _rows(table) if any((row.case_id, row.reader, row.answer)))
    misfits = tuple(
        HeldRow(
            misfit.line,
            "",
            f"a line has the header's {len(layout.header)} fields",
            str(misfit.fields),
            "put the line right in the worklist as it was exported",
            mask(misfit.text)[:200],
        )
        for misfit in table.misfits
        if misfit.text.replace(layout.delimiter, "").strip()
    )
    return rows, misfits


def held_answers(rows: tuple[AnswerRow, ...], held: tuple[HeldRow, ...]) -> bytes:
    """Return the held lines as a worklist with line, column, rule and fix before them, to put right and bring back."""
    by_line = {row.line: row for row in rows}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("line", "column", "rule", "fix", *READ))
    for fault in held:
        row = by_line.get(fault.line)
        cells = () if row is None else (row.case_id, row.site, row.week, row.reader, row.answer)
        writer.writerow([guarded(cell) for cell in (str(fault.line), fault.column, fault.rule, fault.fix, *cells)])
    return out.getvalue().encode()


def _chosen(sheets: tuple[Sheet, ...]) -> tuple[Sheet, Layout]:
    refusals = []
    for sheet in sheets:
        try:
            return sheet, find_layout(list(sheet.lines), NEEDED, sheet.delimiter, None)
        except FileRefused as refused:
            refusals.append(refused)
    raise FileRefused(f"This is no worklist of this program. {refusals[0]}")


def _rows(table: TextTable) -> tuple[AnswerRow, ...]:
    empty = [""] * len(table)
    columns = [table.columns[name].to_pylist() if name in table.columns else empty for name in READ]
    cells = zip(*columns, strict=True)
    return tuple(
        AnswerRow(int(line), *((text or "").strip() for text in row))
        for line, row in zip(table.lines, cells, strict=True)
    )
