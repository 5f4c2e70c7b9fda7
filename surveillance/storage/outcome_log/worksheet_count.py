"""Count what a part of a workbook holds by its bytes, before it is read: that takes a tenth of the time or less."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from surveillance.errors import FileRefused

MOST_ROWS, MOST_CELLS, MOST_OTHERS = 1_048_576, 6_000_000, 1_000_000
MOST_TEXTS = 2_000_000
TAGS_A_CELL, TAGS_A_ROW, TAGS_A_TEXT = 8, 4, 100  # <c><f></f><is><t></t></is></c>; a text may change its fonts
FREE_TAGS = 600_000  # of a sheet's widths, rules, links and the like; Excel itself keeps at most 65,530 links

SPARSE = 200  # bytes a tag; a sheet of numbers has about 20


@dataclass(slots=True)
class PartCount:
    """Counts tags, and of them cells, rows and shared texts, as the pieces of a part go by.

    Examples
    --------
    >>> count = PartCount()
    >>> count.take(b'<row r="1"><c r="A1"><v>1</v></c><c')
    >>> count.take(b' r="B1"/></row>')
    >>> count.tags, count.cells, count.rows
    (7, 2, 1)
    """

    tags: int = 0
    cells: int = 0
    rows: int = 0
    texts: int = 0
    _rest: bytes = b""

    def take(self, piece: bytes) -> None:
        """Count one more piece.

        Raises
        ------
        FileRefused
            If the part holds more than is read, or so many tags beside cells and texts as no spreadsheet writes.
        """
        tags = piece.count(b"<")
        self.tags += tags
        if tags * SPARSE < len(piece):
            self._rest = b""
            return  # long texts: what few tags there are need no telling apart
        text = self._rest + piece  # what is looked for has three signs, and may stand on two pieces
        plain = text.count(b"<c ") + text.count(b"<c>") + text.count(b"<c/")
        self.cells += plain or text.count(b":c ")
        self.rows += text.count(b"<ro") or text.count(b":ro")
        self.texts += text.count(b"<si") or text.count(b":si")
        self._rest = text[-2:]
        if self.cells > MOST_CELLS:
            raise FileRefused(f"The sheet has more than {MOST_CELLS:,} cells. Save it as CSV and load that.")
        if self.texts > MOST_TEXTS:
            raise FileRefused(f"The workbook shares more than {MOST_TEXTS:,} texts. Save the sheet as CSV.")
        known = TAGS_A_CELL * self.cells + TAGS_A_ROW * self.rows + TAGS_A_TEXT * self.texts
        if self.tags > known + FREE_TAGS:
            raise FileRefused(
                f"The sheet holds more than {FREE_TAGS:,} things that are no cells. Save it as CSV and load that."
            )


def counted(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Pass the pieces of a part on, each counted before it is read."""
    count = PartCount()
    for piece in pieces:
        count.take(piece)
        yield piece


def refuse_many(pieces: Iterable[bytes]) -> None:
    """Refuse a part that holds more than is read, before any of it is.

    Raises
    ------
    FileRefused
        Saying what there is too much of.
    """
    for _ in counted(pieces):
        pass
