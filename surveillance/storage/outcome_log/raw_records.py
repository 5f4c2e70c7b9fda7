"""A delimited text as records of raw cells, quotes and line ends kept, so that it can be written as it was."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.decoding import BYTE_ORDER_MARKS
from surveillance.storage.outcome_log.field_limits import MAXIMUM_LINE

ENDS = "\r\n"
OPEN = re.compile(r'"(?:[^"]|"")*')


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record: the line it starts on (the first is 1), its cells with their quotes, and its line end."""

    line: int
    cells: list[str]
    end: str


def raw_text(data: bytes, encoding: str) -> tuple[bytes, str]:
    """Return a file's byte order mark and its text, line ends as they are.

    Examples
    --------
    >>> raw_text(b"\\xef\\xbb\\xbfStudy;Flag\\r\\n", "utf-8")
    (b'\\xef\\xbb\\xbf', 'Study;Flag\\r\\n')
    """
    mark = next((sign for sign, own in BYTE_ORDER_MARKS if own == encoding and data.startswith(sign)), b"")
    return mark, data[len(mark) :].decode(encoding).rstrip("\x1a")


def raw_records(lines: str | Iterable[str], delimiter: str, plain_lines: int) -> Iterator[RawRecord]:
    """Give every record of a text, or of its lines with their ends.

    The first `plain_lines` lines are one record each, whatever quotes they hold.

    Raises
    ------
    FileRefused
        If a quote is not closed, or text follows a closing quote.

    Examples
    --------
    >>> [one.cells for one in raw_records('Study;Note\\r\\n"a1";"x;\\ny"\\r\\n', ";", 1)]
    [['Study', 'Note'], ['"a1"', '"x;\\ny"']]
    """
    mark = re.escape(delimiter)
    cell = re.compile(rf'(?:"(?:[^"]|"")*"|(?!")[^{mark}]*)(?={mark}|\Z)')
    start, held = 1, ""
    pieces = io.StringIO(lines, newline="") if isinstance(lines, str) else lines
    for line, piece in enumerate(pieces, start=1):
        record = held + piece
        body = record.rstrip(ENDS)
        cells, rest = (body.split(delimiter), "") if '"' not in body else _quoted(body, cell)
        if rest and line <= plain_lines:
            cells, rest = body.split(delimiter), ""
        if OPEN.fullmatch(rest) and len(record) <= MAXIMUM_LINE:
            held = record
            continue
        if rest:
            raise FileRefused(_badly_quoted(start))
        yield RawRecord(start, cells, record[len(body) :])
        start, held = line + 1, ""
    if held:
        raise FileRefused(_badly_quoted(start))


def cell_text(cell: str) -> str:
    """Return what a raw cell says.

    Examples
    --------
    >>> cell_text('"say ""yes"" now"'), cell_text("A1")
    ('say "yes" now', 'A1')
    """
    return cell[1:-1].replace('""', '"') if cell.startswith('"') and cell.endswith('"') and len(cell) > 1 else cell


def like(cell: str, text: str) -> str:
    """Return a text, which needs no quotes, with quotes where the cell had them.

    Examples
    --------
    >>> like('"A1"', "S1"), like("A1", "S1")
    ('"S1"', 'S1')
    """
    return f'"{text}"' if cell.startswith('"') else text


def _quoted(body: str, cell: re.Pattern[str]) -> tuple[list[str], str]:
    """Return the cells of a record with quotes, and what is left from the first cell whose quotes do not close."""
    cells, place = [], 0
    while found := cell.match(body, place):
        cells.append(found[0])
        if found.end() == len(body):
            return cells, ""
        place = found.end() + 1
    return cells, body[place:]


def _badly_quoted(line: int) -> str:
    return (
        f"Line {line}: a quote is not closed, or text follows a closing quote. Correct the quotes on that line and "
        "try again."
    )
