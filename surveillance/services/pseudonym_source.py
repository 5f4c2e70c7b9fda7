"""An export before pseudonyms are put into it: where its columns stand, and its records as often as asked."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from surveillance.errors import FileRefused
from surveillance.services.pseudonym_header import find_header
from surveillance.storage.outcome_log.layout import Layout
from surveillance.storage.outcome_log.misfits import without_blank_lines
from surveillance.storage.outcome_log.parquet_file import PARQUET
from surveillance.storage.outcome_log.raw_records import RawRecord, raw_records
from surveillance.storage.outcome_log.text_stream import ByteStream, encoding_of, text_lines
from surveillance.storage.outcome_log.text_table import TextTable
from surveillance.storage.outcome_log.workbook import ZIP

HEAD = 1 << 20
ROWS_AT_ONCE = 10_000
END, NEEDS_QUOTES = "\r\n", re.compile(r'[,"\r\n]')
NEWLINES = {"utf-16-le": b"\n\x00", "utf-16-be": b"\x00\n"}
KINDS = {"workbook": "workbook", "parquet": "Parquet file"}


@dataclass(frozen=True, slots=True)
class Source:
    """An export with its header found.

    Attributes
    ----------
    layout, first_row : the header, and the line it begins on
    records : gives every record from the first on, whenever it is called
    mark, encoding : of the text as it came; UTF-8 without a mark where it came as a workbook or Parquet
    notes : what is written otherwise than it came
    """

    layout: Layout
    first_row: int
    records: Callable[[], Iterator[RawRecord]]
    mark: bytes
    encoding: str
    notes: tuple[str, ...] = ()


def open_source(opened: Callable[[], BinaryIO], file_name: str, named: tuple[str, ...]) -> Source:
    """Return an export with its header found; `named` are columns that it must have.

    A text is gone through piece by piece; a workbook and a Parquet file become one, with commas and in UTF-8.

    Raises
    ------
    FileRefused
        If it cannot be opened, or has no header.
    """
    stream = ByteStream(opened)
    head = stream.head(HEAD)
    if head.startswith((PARQUET, *ZIP)):
        return _of_sheet(b"".join(stream.pieces()), file_name, named)
    found = find_header(_whole_lines(head), file_name, named)
    mark, encoding = encoding_of(stream, found.declared)

    def records() -> Iterator[RawRecord]:
        """Go through the text from its start."""
        return raw_records(text_lines(stream, mark, encoding), found.layout.delimiter, found.layout.header_row)

    return Source(found.layout, found.first_row, records, mark, encoding)


def _whole_lines(head: bytes) -> bytes:
    """Return the first bytes of a text up to the end of a line, all of them where they are the whole."""
    if len(head) < HEAD:
        return head
    for encoding, sign in NEWLINES.items():
        if (
            head.startswith({"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding])
            or head[:2000].count(0) > 600
        ):
            at = next((n for n in range(len(head) // 2 * 2 - 2, 0, -2) if head[n : n + 2] == sign), -2)
            if at > 0:
                return head[: at + 2]
    return head[: max(head.rfind(b"\n"), head.rfind(b"\r")) + 1] or head


def _of_sheet(data: bytes, file_name: str, named: tuple[str, ...]) -> Source:
    """Return a workbook or Parquet file as the text it is written as."""
    found = find_header(data, file_name, named)
    names = tuple(name for name in found.layout.header if name)
    table = without_blank_lines(found.sheet.read(found.layout, names), found.layout.delimiter)
    for one in table.broken[:1]:
        raise FileRefused(f"Line {one.line}, column '{one.column[:60]}': {one.rule}; {one.fix}.")
    for other in table.misfits[:1]:
        raise FileRefused(f"Line {other.line} has cells right of the header. Take them out, or name their columns.")
    kind = KINDS[found.kind]
    notes = [f"It came as a {kind} and is written as CSV in UTF-8, columns without a name left out."]
    notes += [f"{found.first_row - 1} lines above the header were left out."] if found.first_row > 1 else []
    if found.kind == "workbook":
        notes.append("A number in a workbook has no leading zeros: see that the other exports write it the same.")
    return Source(Layout(",", 1, names), 1, lambda: _rows(table, names), b"", "utf-8", tuple(notes))


def _rows(table: TextTable, names: tuple[str, ...]) -> Iterator[RawRecord]:
    """Give the rows of a sheet as records, each on the line of its row in the sheet."""
    yield RawRecord(1, _cells(names), END)
    for start in range(0, len(table), ROWS_AT_ONCE):
        part = [table.columns[name].slice(start, ROWS_AT_ONCE).to_pylist() for name in names]
        lines = table.lines[start : start + ROWS_AT_ONCE].tolist()
        for line, cells in zip(lines, zip(*part, strict=True), strict=True):
            yield RawRecord(line, _cells(cells), END)


def _cells(texts: tuple[str, ...]) -> list[str]:
    """Return texts as the cells of a comma-separated line, quoted where they need it."""
    return ['"' + one.replace('"', '""') + '"' if NEEDS_QUOTES.search(one) else one for one in texts]
