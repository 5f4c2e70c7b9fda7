"""A file before anything is known of it: the headers it may have, and its cells as text under one of them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.containers import Container, Sheet, open_container
from surveillance.storage.outcome_log.decoding import BYTE_ORDER_MARKS
from surveillance.storage.outcome_log.guessing.column_facts import ColumnFacts, facts_of
from surveillance.storage.outcome_log.guessing.header_search import HeaderGuess, header_guesses, in_order
from surveillance.storage.outcome_log.guessing.hidden_cells import hidden
from surveillance.storage.outcome_log.identifiers import screen_headers
from surveillance.storage.outcome_log.layout import Layout, doubled_name
from surveillance.storage.outcome_log.misfits import without_blank_lines

LOOKED_AT = 50_000  # rows; what stands only in later ones is held when the file is read, never guessed
NO_HEADER = (
    "No line of the first thirty looks like a header, with the name of a column in each field. Export the file with "
    "its column names."
)


@dataclass(frozen=True)
class OpenedFile:
    """A file opened, with its likely headers, best first; `declared` is an encoding that a profile must name."""

    container: Container
    declared: str | None
    guesses: tuple[HeaderGuess, ...]

    def sheet(self, guess: HeaderGuess) -> Sheet:
        """Return the table that a header stands in."""
        return next(one for one in self.container.sheets if one.name == guess.sheet)

    def lines_above(self, guess: HeaderGuess) -> tuple[str, ...]:
        """Return the title lines above a header."""
        return self.sheet(guess).lines[: guess.first_row - 1]


@dataclass(frozen=True)
class FileSample:
    """The cells of a file under one header.

    Attributes
    ----------
    facts : their column -> what its cells look like, in order of the header; unnamed columns are left out
    lines : the line of each row looked at
    rows : rows of the file
    last : the cells of the last line, also where they do not fit the header
    """

    guess: HeaderGuess
    facts: dict[str, ColumnFacts]
    lines: tuple[int, ...]
    rows: int
    last: tuple[str, ...]

    def row(self, number: int) -> dict[str, str]:
        """Return one row as it stands, their column -> text."""
        return {name: facts.cells[number] for name, facts in self.facts.items()}


def open_file(data: bytes, file_name: str) -> OpenedFile:
    """Return a file with the headers that it may have.

    Raises
    ------
    FileRefused
        If it cannot be opened, or no line of it looks like a header.
    """
    declared = _utf16_without_mark(data)
    container = open_container(data, file_name, declared)
    found = [
        one for sheet in container.sheets for one in header_guesses(list(sheet.lines), sheet.delimiter, sheet.name)
    ]
    if not found:
        raise FileRefused(NO_HEADER)
    return OpenedFile(container, declared, in_order(found))


def sample_of(opened: OpenedFile, guess: HeaderGuess) -> FileSample:
    """Return the cells of a file under one of its headers.

    Raises
    ------
    FileRefused
        If a column is named like a patient's identifier, twice, or the file cannot be read so.
    """
    layout = Layout(guess.delimiter, guess.last_row, guess.header)
    screen_headers(guess.header, guess.last_row)
    if doubled := doubled_name(guess.header):
        raise FileRefused(f"Line {guess.last_row}, the header, {doubled}")
    named = tuple(name for name in guess.header if name)
    table = without_blank_lines(opened.sheet(guess).read(layout, named), guess.delimiter)
    cells: dict[str, Sequence[str]] = {
        name: hidden(name, table.columns[name].slice(0, LOOKED_AT).to_pylist()) for name in named
    }
    last_line = max([*table.lines[-1:].tolist(), *(misfit.line for misfit in table.misfits[-1:])], default=0)
    last = _fields(table.raw(last_line), guess.delimiter) if last_line else ()
    lines = tuple(table.lines[:LOOKED_AT].tolist())
    return FileSample(guess, facts_of(cells), lines, len(table) + len(table.misfits), last)


def _fields(text: str, delimiter: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in next(csv.reader([text.replace("\n", " ")], delimiter=delimiter), []))


def _utf16_without_mark(data: bytes) -> str | None:
    """Return the UTF-16 that a file without a byte order mark is in, told by where its zero bytes stand."""
    head = data[:2_000]
    if any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS) or len(head) < 4:
        return None
    odd, even = head[1::2].count(0) / len(head[1::2]), head[0::2].count(0) / len(head[0::2])
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None
