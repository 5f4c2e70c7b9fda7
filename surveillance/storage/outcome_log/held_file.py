"""Give held rows back as the file they came in, with what is wrong with each."""

import codecs
import csv
import io

from surveillance.storage.outcome_log.parsed_file import ParsedFile

# A spreadsheet runs a cell that starts so; space and full-width forms are skipped or folded by some of them.
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")
MARKS = {
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-8": codecs.BOM_UTF8,
    "cp1252": b"",
}


def held_csv(parsed: ParsedFile) -> bytes:
    """Return the held rows in the delimiter and encoding of their file, one line a fault; of no text file, as CSV.

    The first columns are the line, column, rule and fix; then the file's own columns. A cell that a
    spreadsheet would run as a formula gets an apostrophe before it; plain numbers keep their sign.

    Examples
    --------
    >>> guarded("=1+1"), guarded("-0.5"), guarded("a")
    ("'=1+1", '-0.5', 'a')
    """

    out = io.StringIO()
    delimiter = parsed.understood.delimiter
    text = parsed.understood.container == "text"
    writer = csv.writer(out, delimiter=delimiter if text else ",", lineterminator="\r\n")
    header = ("line", "column", "rule", "value", "fix", *parsed.understood.header)
    writer.writerow([guarded(name) for name in header])
    for fault in parsed.held:
        cells = next(csv.reader(io.StringIO(fault.raw, newline=""), delimiter=delimiter), [])
        said = (str(fault.line), fault.column, fault.rule, fault.value, fault.fix)
        writer.writerow([guarded(cell) for cell in (*said, *cells)])
    encoding = parsed.understood.encoding
    return MARKS.get(encoding, b"") + out.getvalue().encode(encoding, errors="replace")


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    start = cell.lstrip(" \ufeff\u200b\u00a0")
    if not start.startswith(LIVE) and not cell.startswith(LIVE):
        return cell
    plain = cell.replace(",", ".", 1)
    digits = plain[1:].replace(".", "", 1)
    if plain[:1] in "+-" and digits.isascii() and digits.isdigit():
        return cell
    return "'" + cell
