"""Which line of a file is its header: names in every field, rows of the same width below."""

import csv
from collections import Counter
from dataclasses import dataclass, replace

from surveillance.storage.outcome_log.guessing.column_facts import number_of
from surveillance.storage.outcome_log.guessing.field_names import FIELD_NAMES, named_like
from surveillance.storage.outcome_log.layout import DELIMITERS, header_fields
from surveillance.storage.outcome_log.masking import masked

FEWEST_COLUMNS = 3
ROWS_BELOW = 12


@dataclass(frozen=True, slots=True)
class HeaderGuess:
    """A header that a file may have.

    Attributes
    ----------
    first_row, last_row : the lines it stands on, the same where it is one line
    known : how many of its names are like a column of the log
    width : share of the lines below that have as many fields
    """

    delimiter: str
    first_row: int
    last_row: int
    header: tuple[str, ...]
    known: int
    width: float
    sheet: str = ""

    @property
    def weight(self) -> float:
        """Return what speaks for it: names that are known, and rows below that are as wide."""
        return self.known + 4 * self.width

    @property
    def rank(self) -> tuple[float, ...]:
        """Return by what headers are put in order: names once, known ones, rows that fit, one line before two."""
        return (self.twice != "", -self.weight, -self.known, self.last_row - self.first_row)

    @property
    def twice(self) -> str:
        """Return a name that stands twice, "" where none does."""
        counts = Counter(name for name in self.header if name)
        return next((name for name, count in counts.items() if count > 1), "")

    @property
    def key(self) -> str:
        """Return what an answer holds for this header."""
        name = {"\t": "tab"}.get(self.delimiter, self.delimiter)
        return f"{name} {self.first_row} {self.last_row}" + (f" {self.sheet}" if self.sheet else "")

    @property
    def words(self) -> str:
        """Return in words where it stands."""
        lines = (
            f"line {self.first_row}"
            if self.first_row == self.last_row
            else f"lines {self.first_row} and {self.last_row}"
        )
        # A line with no known name in it may be a row, whose cells are not to be read on a screen.
        names = self.header[:6] if self.known else [masked(name) if name else "" for name in self.header[:6]]
        shown = ", ".join(names) + (" ..." if len(self.header) > 6 else "")
        sheet = f"sheet '{self.sheet}', " if self.sheet else ""
        return f"{sheet}{lines}, columns separated by {DELIMITERS[self.delimiter]}: {shown}"


def header_guesses(lines: list[str], delimiter: str | None = None, sheet: str = "") -> tuple[HeaderGuess, ...]:
    """Return the headers that the first lines of a file may hold, the likeliest first.

    Examples
    --------
    >>> header_guesses(["Export of May", "Study;Score;Flag", "a1;0,5;Y"])[0].words
    'line 2, columns separated by semicolon: Study, Score, Flag'
    """
    found = []
    for row in range(1, len(lines) + 1):
        for mark in DELIMITERS if delimiter is None else (delimiter,):
            for height in (1, 2):
                if row + height <= len(lines) + 1 and (one := _guess(lines, row, height, mark)) is not None:
                    found.append(replace(one, sheet=sheet))
    return in_order(found)


def in_order(found: list[HeaderGuess]) -> tuple[HeaderGuess, ...]:
    """Return the likeliest headers first; one that names a column twice only where it stands for the file's own.

    It does above a line that is no likelier: that line is then the first row of data that reads like names, and to
    take it for the header would lose it and every name. The reader refuses such a file and says which column.
    """
    ordered = sorted(found, key=lambda one: one.rank)
    if not ordered or ordered[0].twice:
        return tuple(ordered[:4])
    best = ordered[0]
    doubled = [
        one
        for one in ordered
        if one.twice and one.sheet == best.sheet and one.last_row < best.first_row and one.weight >= best.weight
    ][:1]
    return (*doubled, *(one for one in ordered if one not in doubled))[:4]


def _guess(lines: list[str], row: int, height: int, mark: str) -> HeaderGuess | None:
    """Return the header that starts on a line, or None where that is none."""
    own = lines[row - 1 : row + height - 1]
    header = header_fields(own, mark, row)
    named = [name for name in header if name]
    if len(named) < FEWEST_COLUMNS or any(number_of(name) is not None for name in named):
        return None
    if height == 2 and not _two_lines_needed(own, mark, row):
        return None
    if height == 2 and max(Counter(named).values()) > 1:
        return None
    below = [line for line in lines[row + height - 1 : row + height - 1 + ROWS_BELOW] if line.strip()]
    same = [sum(1 for _ in _split(line, mark)) == len(header) for line in below]
    known = sum(1 for name in named if any(named_like(name, ours) for ours in FIELD_NAMES))
    return HeaderGuess(mark, row, row + height - 1, header, known, sum(same) / len(same) if same else 0.0)


def _two_lines_needed(own: list[str], mark: str, row: int) -> bool:
    """Return whether the second line holds names or units under the first, not a row of data."""
    above, below = (header_fields([line], mark, row) for line in own)
    filled = [cell for cell in below if cell]
    if len(above) != len(below) or not filled or any(any(sign.isdigit() for sign in cell) for cell in filled):
        return False
    grouped = any(not name for name in above[:-1]) or len(set(below)) < len(filled) or len(set(above)) < len(above)
    units = all(len(cell) <= 20 for cell in filled) and any(not cell or cell[0] in "(%[" for cell in below)
    return grouped or units


def _split(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return []
