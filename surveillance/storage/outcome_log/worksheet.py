"""Read a worksheet row by row as text, noting every cell whose value cannot be known."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.cell_texts import date_text, is_too_long, number_text
from surveillance.storage.outcome_log.number_formats import NumberForm, as_shown, per_cent_text
from surveillance.storage.outcome_log.shared_texts import unescaped
from surveillance.storage.outcome_log.workbook_index import WorkbookIndex
from surveillance.storage.outcome_log.workbook_xml import XmlWalk
from surveillance.storage.outcome_log.worksheet_count import MOST_CELLS, MOST_OTHERS, MOST_ROWS
from surveillance.storage.outcome_log.zip_parts import DAMAGED

MOST_COLUMNS, MOST_MERGES, MOST_BROKEN = 16_384, 10_000, 100_000
PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class RowReader:
    """Takes the tags of a worksheet and gives its rows that hold anything: (row number, column -> text).

    Rows count from 1, columns from 0. `uncalculated` and `too_long` are cells as (row, column); `merges` are areas as
    (first row, first column, last row, last column). Number cells in the columns `commas` get a decimal comma; in
    `numbers` what they hold counts, elsewhere what they show; `unshown` are `identifiers` of which that cannot be told.
    """

    index: WorkbookIndex
    commas: frozenset[int] = frozenset()
    numbers: frozenset[int] = frozenset()
    identifiers: frozenset[int] = frozenset()
    rows: list[tuple[int, dict[int, str]]] = field(default_factory=list)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    too_long: list[tuple[int, int]] = field(default_factory=list)
    unshown: list[tuple[int, int]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: int = 0
    others: int = 0
    row: int = 0
    _letters: dict[str, int] = field(default_factory=dict)
    _column: int = -1
    _cells: dict[int, str] = field(default_factory=dict)
    _kind: str = "n"
    _style: int = 0
    _formula: bool = False
    _collects: bool = False
    _phonetic: bool = False
    _pieces: list[str] = field(default_factory=list)
    _count: int = 0

    def start(self, tag: str, marks: dict[str, str]) -> None:
        """Take an opening tag."""
        if tag in ("v", "t"):
            self._collects = not self._phonetic
        elif tag == "c":
            self._start_cell(marks)
        elif tag == "row":
            row = int(marks.get("r", self.row + 1))
            if not self.row < row <= MOST_ROWS:
                raise FileRefused(DAMAGED.format(f"row {row} follows row {self.row}"))
            self.row, self._column, self._cells = row, -1, {}
            self.hidden += marks.get("hidden", "0") in ("1", "true")
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._phonetic = True
        elif tag == "mergeCell":
            self.merges.append(_area(marks.get("ref", "")))
            if len(self.merges) > MOST_MERGES:
                raise FileRefused(
                    f"The sheet has more than {MOST_MERGES:,} merged areas. Unmerge them, or save as CSV."
                )
        elif tag not in ("is", "r"):
            self.others += 1
            if self.others > MOST_OTHERS:
                raise FileRefused(
                    f"The sheet holds more than {MOST_OTHERS:,} things that are no cells. Save it as CSV."
                )

    def _start_cell(self, marks: dict[str, str]) -> None:
        """Note where a cell stands and of which kind it is."""
        column = self._column + 1
        if "r" in marks:
            place = marks["r"]
            letters = place.rstrip("0123456789")
            if letters not in self._letters:
                self._letters[letters] = _place(f"{letters}1")[1]
            column = self._letters[letters]
            if int(place[len(letters) :] or 0) != self.row or not self._column < column < MOST_COLUMNS:
                raise FileRefused(DAMAGED.format(f"cell {place[:20]} is out of its place"))
        self._column, self._kind, self._style = column, marks.get("t", "n"), int(marks.get("s", 0))
        self._formula = False
        self._pieces.clear()
        self._count += 1
        if self._count > MOST_CELLS:
            raise FileRefused(f"The sheet has more than {MOST_CELLS:,} cells. Save it as CSV and load that.")

    def text(self, said: str) -> None:
        """Take text between tags."""
        if self._collects:
            self._pieces.append(said)

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if tag in ("v", "t"):
            self._collects = False
        elif tag == "c":
            raw = "".join(self._pieces)
            if raw:
                self._cells[self._column] = self._as_text(raw)
            elif self._formula and self._kind != "str":
                self._note(self.uncalculated)
                self._cells[self._column] = "="
        elif tag == "row" and self._cells:
            self.rows.append((self.row, self._cells))
        elif tag == "rPh":
            self._phonetic = False

    def _as_text(self, raw: str) -> str:
        """Return a cell's value as text."""
        if self._kind == "s":
            number = int(raw) if raw.isascii() and raw.isdigit() else len(self.index.texts)
            if number >= len(self.index.texts):
                raise FileRefused(DAMAGED.format(f"row {self.row} names a text that is not there"))
            return self.index.texts[number]
        if self._kind in ("str", "inlineStr"):
            return unescaped(raw)
        if self._kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(raw, raw)
        if self._kind != "n":  # an error keeps its sign (#N/A), an ISO date is its own text
            return raw
        shown = self.index.shown[self._style] if 0 <= self._style < len(self.index.shown) else "number"
        if shown != "number" and not isinstance(shown, NumberForm):
            return date_text(raw, shown, self.index.since_1904)
        text = number_text(raw)
        if is_too_long(text):
            self._note(self.too_long)
        elif isinstance(shown, NumberForm):
            text = self._in_form(text, shown)
        return text.replace(".", ",") if self._column in self.commas else text

    def _in_form(self, text: str, form: NumberForm) -> str:
        """Return a number as its cell shows it, where that is what counts."""
        if form.per_cent:
            return per_cent_text(text)
        said = None if self._column in self.numbers else as_shown(text, form)
        if said is None and self._column in self.identifiers:
            self._note(self.unshown)
        return text if said is None else said

    def _note(self, cells: list[tuple[int, int]]) -> None:
        """Note a cell whose value cannot be known."""
        cells.append((self.row, self._column))
        if len(cells) > MOST_BROKEN:
            raise FileRefused(
                f"More than {MOST_BROKEN:,} cells hold formulas without a value, or numbers too long for one; "
                f"the last in row {self.row}. Open the workbook, let it calculate, and save the sheet as CSV."
            )


def read_rows(
    pieces: Iterable[bytes], reader: RowReader, first: int = MOST_ROWS
) -> Iterator[tuple[int, dict[int, str]]]:
    """Give a worksheet's rows that hold anything, in order, as they are unpacked; with `first`, not those below.

    Raises
    ------
    FileRefused
        If the sheet is damaged or holds more than is read.
    """
    xml = XmlWalk(reader.start, reader.end, reader.text)
    try:
        for piece in pieces:
            xml.feed(piece)
            yield from (row for row in reader.rows if row[0] <= first)
            reader.rows.clear()
            if reader.row > first:
                return  # empty rows are not given, and a sheet of nothing else would be read to its end
        xml.feed(b"", last=True)
    except (ValueError, OverflowError) as error:
        raise FileRefused(DAMAGED.format(f"near row {reader.row}: {error}")) from error
    yield from reader.rows


def _place(reference: str) -> tuple[int, int]:
    """Return the row, from 1, and the column, from 0, of a cell's name."""
    found = PLACE.fullmatch(reference)
    if found is None:
        raise FileRefused(DAMAGED.format(f"'{reference[:20]}' is no cell"))
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


def _area(reference: str) -> tuple[int, int, int, int]:
    """Return the first row and column and the last row and column of a merged area."""
    first, _, last = reference.partition(":")
    return (*_place(first), *_place(last or first))
