"""A text file gone through a piece at a time and as often as asked, so that it is never whole in memory."""

import codecs
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.containers import MAXIMUM_BYTES
from surveillance.storage.outcome_log.decoding import BYTE_ORDER_MARKS, CP1252_PLAIN, UTF8_LETTER
from surveillance.storage.outcome_log.field_limits import MAXIMUM_LINE
from surveillance.storage.outcome_log.gzip_file import FREE, GZIP, RATIO

PIECE = 1 << 20
END_OF_FILE = "\x1a"


@dataclass(frozen=True, slots=True)
class ByteStream:
    """Bytes that are read from their start each time; `packed` where they lie in a gzip.

    Examples
    --------
    >>> stream = ByteStream(lambda: io.BytesIO(gzip.compress(b"Study;Flag")))
    >>> stream.packed, b"".join(stream.pieces())
    (True, b'Study;Flag')
    """

    opened: Callable[[], BinaryIO]

    @property
    def packed(self) -> bool:
        """Return whether the bytes lie in a gzip."""
        with self.opened() as file:
            return file.read(2) == GZIP

    def pieces(self) -> Iterator[bytes]:
        """Give the bytes, unpacked.

        Raises
        ------
        FileRefused
            If a gzip is damaged, or the bytes are more than is read.
        """
        packed, size = self.packed, 0
        with self.opened() as file:
            most = min(MAXIMUM_BYTES, max(FREE, RATIO * file.seek(0, io.SEEK_END))) if packed else MAXIMUM_BYTES
            file.seek(0)
            source = gzip.GzipFile(fileobj=file) if packed else file
            try:
                while piece := source.read(PIECE):
                    size += len(piece)
                    if size > most:
                        raise FileRefused(
                            f"The file holds more than {most // 1_000_000:,} MB. Split it by month and give the parts."
                        )
                    yield piece
            except (zlib.error, EOFError, gzip.BadGzipFile) as error:
                raise FileRefused(f"The gzip file is damaged ({error}). Export or pack it again.") from error

    def head(self, size: int) -> bytes:
        """Return the first bytes, and a few more."""
        found = b""
        for piece in self.pieces():
            found += piece
            if len(found) >= size:
                break
        return found


def encoding_of(stream: ByteStream, declared: str | None) -> tuple[bytes, str]:
    """Return a text's byte order mark and encoding, as `decode` finds them; `declared` where the head has told it.

    Raises
    ------
    FileRefused
        If its bytes are of no one encoding.
    """
    head = stream.head(4)
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            declared, head = encoding, mark
            break
    else:
        head = b""
    if declared is not None or _wrong(stream, "utf-8") is None:
        encoding = declared or "utf-8"
        if (line := _wrong(stream, encoding)) is not None:
            raise FileRefused(f"Line {line} holds bytes that are not {encoding}. Save the file as CSV UTF-8.")
        return head, encoding
    if any(piece.translate(None, CP1252_PLAIN) or UTF8_LETTER.search(piece) for piece in stream.pieces()):
        raise FileRefused(
            f"Line {_wrong(stream, 'utf-8')} holds a character that is not UTF-8, and which encoding it is cannot be "
            "told. Save the file as CSV UTF-8."
        )
    return b"", "cp1252"


def _wrong(stream: ByteStream, encoding: str) -> int | None:
    """Return the line on which the bytes stop being of an encoding, None where they are; NUL is of none."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    try:
        for piece in stream.pieces():
            text = decoder.decode(piece)
            if "\x00" in text:
                line += text.count("\n", 0, text.index("\x00"))
                raise FileRefused(
                    f"Line {line} holds a NUL character, so the file is damaged or not text. Export it again."
                )
            line += text.count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line + error.object.count(b"\n", 0, error.start)
    return None


def text_lines(stream: ByteStream, mark: bytes, encoding: str) -> Iterator[str]:
    """Give the lines of a text with their ends as they are, without the mark of old systems after the last.

    Examples
    --------
    >>> list(text_lines(ByteStream(lambda: io.BytesIO(b"a\\r\\nb\\x1a")), b"", "utf-8"))
    ['a\\r\\n', 'b']
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    rest, first = "", True
    for piece in stream.pieces():
        text = rest + decoder.decode(piece[len(mark) :] if first else piece)
        first = False
        lines = list(io.StringIO(text, newline=""))
        rest = lines.pop() if lines else ""
        yield from lines
        if len(rest) > MAXIMUM_LINE:
            raise FileRefused(f"A line is longer than {MAXIMUM_LINE:,} characters. Export the file again as CSV.")
    rest = (rest + decoder.decode(b"", final=True)).rstrip(END_OF_FILE)
    yield from io.StringIO(rest, newline="")
