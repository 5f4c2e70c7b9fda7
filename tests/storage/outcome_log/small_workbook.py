"""A small results workbook and its profile, for tests that change one thing at a time."""

import io
from datetime import datetime

import xlsxwriter

from surveillance.storage.outcome_log import ParsedFile, load_profile, read_log

PROFILE = """
profile = "p"
version = 1
file = "results"
zone = "UTC"
{top}
[constants]
model = "m"
site = "s"
[columns]
case_id = "Study"
version = "SW"
acquired_at = "Time"
score = "Score"
called = "Flag"
scanner = "Scanner"
[values]
called = {{ TRUE = true, FALSE = false }}
{tables}
"""
HEADER = ["Study", "SW", "Time", "Score", "Flag", "Scanner"]
WHEN = datetime.fromisoformat("2026-05-04T10:05:07")
GOOD = ["A1", "3.2", WHEN, 0.25, True, "CT1"]
MICROS = 1_777_889_107_000_000


def workbook(*rows: list, title: str = "Results", change=lambda sheet, book: None, **options) -> bytes:
    """Write rows as a spreadsheet would: dates and numbers typed, the change applied last."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, options)
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    sheet = book.add_worksheet(title)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(number, column, cell, moment)
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell)
            elif cell is not None:
                sheet.write(number, column, cell)
    change(sheet, book)
    book.close()
    return out.getvalue()


def read(data: bytes, top: str = "", tables: str = "") -> ParsedFile:
    return read_log(data, "any", load_profile(PROFILE.format(top=top, tables=tables)))
