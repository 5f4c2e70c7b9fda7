"""Unpack a gzip file piece by piece, and stop where no export would go on."""

import zlib

from surveillance.errors import FileRefused

GZIP = b"\x1f\x8b"
PIECE = 1 << 20
FREE = 20_000_000  # below this many bytes any ratio is harmless
RATIO = 200  # a log of one repeated row packs about 100 to 1


def unpack(data: bytes, most: int) -> bytes:
    """Return what a gzip file holds; several members one after the other are one file.

    Raises
    ------
    FileRefused
        If it is damaged, or unpacks to more than `most` bytes or to 200 times its size.

    Examples
    --------
    >>> import gzip
    >>> unpack(gzip.compress(b"Study;Flag"), 1000)
    b'Study;Flag'
    """
    pieces: list[bytes] = []
    size, rest = 0, data
    while rest:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            try:
                piece = member.decompress(rest, PIECE)
            except zlib.error as error:
                raise FileRefused(f"The gzip file is damaged ({error}). Export or pack it again.") from error
            rest = member.unconsumed_tail
            pieces.append(piece)
            size += len(piece)
            if size > most or size > max(FREE, RATIO * len(data)):
                raise FileRefused(
                    f"The gzip file unpacks to more than {size // 1_000_000:,} MB from {len(data):,} bytes, more than "
                    "is read. Split the export by month and load the parts."
                )
            if not piece and not rest and not member.eof:
                raise FileRefused("The gzip file ends too early, so part of it is missing. Export or pack it again.")
        rest = member.unused_data.lstrip(b"\x00")
        if rest and not rest.startswith(GZIP):
            raise FileRefused("The gzip file is damaged: other bytes follow its end. Export or pack it again.")
    return b"".join(pieces)
