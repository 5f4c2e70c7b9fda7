"""An export before pseudonyms are put into it: where its columns stand, its cells, and its text as it came."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.containers import MAXIMUM_BYTES, open_container
from surveillance.storage.outcome_log.guessing.field_names import named_like
from surveillance.storage.outcome_log.guessing.sample import NO_HEADER, open_file
from surveillance.storage.outcome_log.gzip_file import unpack
from surveillance.storage.outcome_log.identifiers import Screened, Suspicion, suspicion
from surveillance.storage.outcome_log.layout import Layout, find_layout
from surveillance.storage.outcome_log.masking import masked
from surveillance.storage.outcome_log.misfits import without_blank_lines
from surveillance.storage.outcome_log.raw_records import raw_text
from surveillance.storage.outcome_log.text_table import TextTable

TOTAL = re.compile(
    r"(?i)(?:grand )?(?:total|sum|count|rows|records|studies|number of \w+|end of \w+)"
    r"(?: (?:rows|records|studies|of \w+))?\s*[:=]?\s*[\d., ]{0,9}|[\d.,]{1,9} (?:rows|records|studies)"
)
NO_ROW = "(above or below the rows)"
KINDS = {"workbook": "workbook", "parquet": "Parquet file"}


@dataclass(frozen=True, slots=True)
class Source:
    """An export with its header found.

    Attributes
    ----------
    layout, first_row : the header, and the line it begins on
    columns : column name -> its cells as they stand, shape (rows,)
    lines : int64, shape (rows,); the line of each row
    last : the last line that says anything
    outside : the lines that are no rows, above the header and a total at the end: (line, text)
    mark, text, encoding : the file as it came, line ends and quotes included
    """

    layout: Layout
    first_row: int
    columns: dict[str, pa.Array]
    lines: NDArray[np.int64]
    last: int
    outside: tuple[tuple[int, str], ...]
    mark: bytes
    text: str
    encoding: str

    def line(self, row: int) -> int:
        """Return the line of a row."""
        return int(self.lines[row])

    def outside_findings(self, numbered: Iterable[str], tells: Callable[[str], bool]) -> tuple[Suspicion, ...]:
        """Return what would tell of somebody in the lines that are no rows, which stay as they are.

        `numbered` are the columns that become pseudonyms: a line with a number in one of them may be a row above a
        header that was taken for a later one; `tells` says whether a text holds one of the numbers.
        """
        texts = pa.array([text.strip() or None for _, text in self.outside], pa.string())
        screened = Screened(NO_ROW, texts, lambda row: self.outside[row][0], may_be_date=True, may_be_place=True)
        found = suspicion(screened)
        places = [self.layout.header.index(name) for name in numbered]
        width, mark = len(self.layout.header), self.layout.delimiter
        rows = [
            (line, text)
            for line, text in self.outside
            if tells(text)
            or (
                len(cells := text.split(mark)) == width
                and any(sign.isdigit() for place in places for sign in cells[place])
            )
        ]
        told = (
            Suspicion(NO_ROW, "a row of studies", tuple(line for line, _ in rows), masked(rows[0][1])) if rows else None
        )
        return tuple(one for one in (found, told) if one is not None)


def open_source(data: bytes, file_name: str, named: tuple[str, ...]) -> Source:
    """Return an export with its header found; `named` are columns that it must have.

    Raises
    ------
    FileRefused
        If it is no text, has no header, or has lines of another width than the header.
    """
    layout, first, declared = _header(data, file_name, named)
    container = open_container(data, file_name, declared)
    sheet = container.sheets[0]
    columns = tuple(name for name in layout.header if name)
    table = without_blank_lines(sheet.read(layout, columns), layout.delimiter)
    last = max([*table.lines[-1:].tolist(), *(misfit.line for misfit in table.misfits[-1:])], default=0)
    _refuse_misfits(table, layout, last)
    inside = unpack(data, MAXIMUM_BYTES) if container.packed else data
    mark, text = raw_text(inside, container.encoding)
    outside = (*enumerate(sheet.lines[: first - 1], start=1), *((one.line, one.text) for one in table.misfits))
    return Source(layout, first, table.columns, table.lines, last, outside, mark, text, container.encoding)


def is_total(text: str) -> bool:
    """Return whether a text is the name of a total, with or without a count, and nothing else.

    Examples
    --------
    >>> [is_total(text) for text in ("Total", "Rows: 61", "61 studies", "Total RX000123")]
    [True, True, True, False]
    """
    return TOTAL.fullmatch(" ".join(text.replace('"', " ").split())) is not None


def _header(data: bytes, file_name: str, named: tuple[str, ...]) -> tuple[Layout, int, str | None]:
    """Return the header, the line it begins on, and an encoding that the file itself does not tell."""
    try:
        opened = open_file(data, file_name)
    except FileRefused as refused:
        if str(refused) != NO_HEADER or not named:
            raise
        container = open_container(data, file_name)
        layout = find_layout(list(container.sheets[0].lines), frozenset(named), None, None)
        return layout, layout.header_row, None
    if opened.container.kind != "text":
        raise FileRefused(
            f"This is a {KINDS[opened.container.kind]}, and pseudonyms are put into text files only. Save the sheet as "
            "CSV (CSV UTF-8) and give that file."
        )
    fitting = [guess for guess in opened.guesses if set(named) <= set(guess.header)]
    if not fitting:
        try:
            layout = find_layout(list(opened.container.sheets[0].lines), frozenset(named), None, None)
        except FileRefused as refused:
            header = opened.guesses[0].header
            absent = next((name for name in named if name not in header), named[0])
            raise FileRefused(
                f"There is no column '{absent[:60]}' in this file. It has: {', '.join(name[:60] for name in header)}."
            ) from refused
        return layout, layout.header_row, opened.declared
    # Rows whose texts run over lines look like lines of another width: a name of the study's number tells more.
    guess = max(fitting, key=lambda one: any(named_like(name, "case_id") for name in one.header))
    return Layout(guess.delimiter, guess.last_row, guess.header), guess.first_row, opened.declared


def _refuse_misfits(table: TextTable, layout: Layout, last: int) -> None:
    """Refuse lines of another width, but for a last one that is a total."""
    for misfit in table.misfits:
        if misfit.line != last or not is_total(misfit.text.replace(layout.delimiter, " ")):
            raise FileRefused(
                f"Line {misfit.line} has {misfit.fields} fields and the header {len(layout.header)}, so it cannot be "
                "told which of them is the accession number. Put quotes around a text that holds the delimiter, or "
                "complete the line."
            )
