"""Walk through the XML of a workbook's part without building it, and without letting it define anything."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.zip_parts import DAMAGED, ZipParts

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
SMALL = 4_000_000


class XmlWalk:
    """Feeds pieces of XML to handlers that get tag names without their prefix.

    A document type (which could define text that grows without end) is refused, and so is a text of more than a
    piece in length: no cell holds so much.
    """

    def __init__(self, start: Start, end: End, text: Callable[[str], None]) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse_definitions
        self._parser.StartElementHandler = lambda tag, marks: start(plain(tag) if ":" in tag else tag, marks)
        self._parser.EndElementHandler = lambda tag: end(plain(tag) if ":" in tag else tag)
        self._parser.CharacterDataHandler = text

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Read one more piece."""
        if len(piece) > 100_000 and b"<" not in piece:
            raise FileRefused(DAMAGED.format("a text in it is longer than any cell"))
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            raise FileRefused(DAMAGED.format(f"XML: {error}")) from error


def plain(tag: str) -> str:
    """Return a tag without its prefix."""
    return tag.rpartition(":")[2]


def walk(pieces: Iterable[bytes], start: Start, end: End, text: Callable[[str], None]) -> None:
    """Walk through a whole part."""
    reader = XmlWalk(start, end, text)
    for piece in pieces:
        reader.feed(piece)
    reader.feed(b"", last=True)


def walk_small(parts: ZipParts, name: str, start: Start, end: End = lambda _: None) -> None:
    """Walk through a small part, of which only the marks of its elements matter."""
    walk([parts.whole(name, SMALL)], start, end, lambda _: None)


def _refuse_definitions(*_: object) -> None:
    """Refuse a document type."""
    raise FileRefused("The workbook defines texts in its XML, which no spreadsheet does and which is not safe to read.")
