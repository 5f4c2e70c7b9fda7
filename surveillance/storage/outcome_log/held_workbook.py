"""Give held rows back as the kind of file they came in: a workbook as a workbook, everything else as text."""

import csv
import io
from pathlib import PurePath

from surveillance.storage.outcome_log.held_file import held_csv
from surveillance.storage.outcome_log.parsed_file import ParsedFile

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REASONS = ("line", "column", "rule", "value", "fix")


def held_as_it_came(parsed: ParsedFile) -> bytes:
    """Return the held rows, one line a fault: the reasons first, then the file's own columns.

    A workbook comes back as a workbook whose every cell is a text, never a formula or a link; a Parquet file, which
    nobody can correct by hand, comes back as CSV; a packed file comes back unpacked.
    """
    return _workbook(parsed) if parsed.understood.container == "workbook" else held_csv(parsed)


def held_name(parsed: ParsedFile) -> str:
    """Return a name for that file, ending as what it is.

    Examples
    --------
    >>> PurePath("May.parquet").stem
    'May'
    """
    ending = ".xlsx" if parsed.understood.container == "workbook" else ".csv"
    return f"held-{PurePath(parsed.file_name.removesuffix('.gz')).stem}{ending}"


def held_media_type(parsed: ParsedFile) -> str:
    """Return what a browser is told that file is."""
    return WORKBOOK_TYPE if parsed.understood.container == "workbook" else "text/csv"


def _workbook(parsed: ParsedFile) -> bytes:
    """Write the held rows as a workbook of texts, under the name of their sheet."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet(parsed.understood.sheet)
    bold = book.add_format({"bold": True})
    for column, name in enumerate((*REASONS, *parsed.understood.header)):
        sheet.write_string(0, column, name, bold)
    for number, fault in enumerate(parsed.held, start=1):
        raw = io.StringIO(fault.raw, newline="")
        cells = next(csv.reader(raw, delimiter=parsed.understood.delimiter), [])
        for column, text in enumerate((str(fault.line), fault.column, fault.rule, fault.value, fault.fix, *cells)):
            if text:
                sheet.write_string(number, column, text)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
