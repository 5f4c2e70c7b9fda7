"""The parts of a workbook's zip archive, unpacked piece by piece under a limit, whatever its headers claim."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from surveillance.errors import FileRefused

DAMAGED = "The workbook is damaged ({}). Save it again as .xlsx, or as CSV."
MOST_PARTS = 2_000
FREE = 50_000_000  # below this many bytes any ratio is harmless
RATIO = 200  # a sheet of one repeated row packs about 50 to 1
PIECE = 1 << 18
LOCAL_HEADER = struct.Struct("<4sHHHHHIIIHH")


class ZipParts:
    """Named parts of an archive; together they give out `most` bytes, or 200 times the archive's size, and no more.

    Examples
    --------
    >>> out = io.BytesIO()
    >>> with zipfile.ZipFile(out, "w") as archive:
    ...     archive.writestr("a.xml", "<a/>")
    >>> ZipParts(out.getvalue(), 100).whole("a.xml", 10)
    b'<a/>'
    """

    def __init__(self, data: bytes, most: int) -> None:
        self._data, self._left = data, min(most, max(FREE, RATIO * len(data)))
        self._given: dict[str, int] = {}
        try:
            members = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as error:
            raise FileRefused(DAMAGED.format(error)) from error
        if len(members) > MOST_PARTS:
            raise FileRefused(f"The zip archive has more than {MOST_PARTS:,} parts; no workbook of a log has so many.")
        self._members = {member.filename.lower(): member for member in members}
        if len(self._members) < len(members):
            raise FileRefused(DAMAGED.format("two of its parts have one name"))

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def whole(self, name: str, most: int) -> bytes:
        """Return a part whole; one of more than `most` bytes is refused."""
        pieces, size = [], 0
        for piece in self.pieces(name):
            size += len(piece)
            if size > most:
                raise FileRefused(f"The workbook's part '{name}' is larger than {most // 1_000_000} MB unpacked. {CSV}")
            pieces.append(piece)
        return b"".join(pieces)

    def pieces(self, name: str) -> Iterator[bytes]:
        """Unpack a part; what its header says of its size is compared with what comes out, not believed."""
        member = self._members.get(name.lower())
        if member is None:
            raise FileRefused(DAMAGED.format(f"the part '{name[:60]}' is missing"))
        if member.flag_bits & 1:
            raise FileRefused("The workbook is protected by a password. Save it without one, or as CSV.")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileRefused(DAMAGED.format("it is packed in a way that no spreadsheet uses"))
        size, check = 0, 0
        if member.file_size - self._given.get(member.filename, 0) > self._left:
            raise self._too_much()
        for piece in self._unpacked(member):
            size, check = size + len(piece), zlib.crc32(piece, check)
            if size > member.file_size:
                raise FileRefused(DAMAGED.format(f"'{name[:60]}' is larger than the archive's list says"))
            if size > self._given.get(member.filename, 0):  # a part that is counted first and then read counts once
                self._left -= len(piece)
                self._given[member.filename] = size
            if self._left < 0:
                raise self._too_much()
            yield piece
        if size != member.file_size or check != member.CRC:
            raise FileRefused(DAMAGED.format(f"'{name[:60]}' is not what the archive's list says"))

    def _too_much(self) -> FileRefused:
        return FileRefused(f"The workbook unpacks to more than is read from {len(self._data):,} bytes. {CSV}")

    def _unpacked(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Unpack the bytes of one member."""
        head = self._data[member.header_offset : member.header_offset + LOCAL_HEADER.size]
        if len(head) < LOCAL_HEADER.size or not head.startswith(b"PK\x03\x04"):
            raise FileRefused(DAMAGED.format("its list of parts points nowhere"))
        *_, name_size, extra_size = LOCAL_HEADER.unpack(head)
        start = member.header_offset + LOCAL_HEADER.size + name_size + extra_size
        packed = memoryview(self._data)[start : start + member.compress_size]
        if member.compress_type == zipfile.ZIP_STORED:
            yield from (bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE))
            return
        unpacker = zlib.decompressobj(wbits=-15)
        try:
            for at in range(0, len(packed), PIECE):
                rest = bytes(packed[at : at + PIECE])
                while rest and not unpacker.eof:
                    yield unpacker.decompress(rest, PIECE)
                    rest = unpacker.unconsumed_tail
            while not unpacker.eof and (piece := unpacker.decompress(b"", PIECE)):
                yield piece
        except zlib.error as error:
            raise FileRefused(DAMAGED.format(error)) from error
        if not unpacker.eof:
            raise FileRefused(DAMAGED.format("a part ends too early"))


CSV = "Save the sheet that holds the log as CSV and load that."
