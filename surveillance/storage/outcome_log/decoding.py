"""From the bytes of an upload to text, refusing what is no text."""

import re

from surveillance.errors import FileRefused

MAXIMUM_BYTES = 1_000_000_000
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
OTHER_FORMATS = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive"),
    (b"PAR1", "a Parquet file"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"SQLite format 3", "a database"),
)
# Bytes above 127 that UK exports in cp1252 use: dashes, quotes, pound, degree, powers, accented letters.
CP1252_PLAIN = bytes(range(0x80)) + b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa3\xb0\xb1\xb2\xb3\xb5\xb7\xbd"
CP1252_PLAIN += bytes(range(0xC0, 0x100))


def decode(data: bytes, declared: str | None) -> tuple[bytes, str]:
    """Return the file as UTF-8 with plain line ends, and the encoding it was read in.

    A byte order mark decides; without one the declared encoding; without either, UTF-8 if the
    bytes are valid UTF-8, and Windows-1252 only if they hold nothing but its everyday signs.

    Raises
    ------
    FileRefused
        If the file is empty, too large, another format, in doubt about its encoding, or holds NUL.

    Examples
    --------
    >>> decode(b"caf\\xe9\\r\\n", None)
    (b'caf\\xc3\\xa9\\n', 'cp1252')
    """
    if not data.strip():
        raise FileRefused("The file is empty. Export it again and check that it holds rows.")
    if len(data) > MAXIMUM_BYTES:
        raise FileRefused("The file is larger than 1 GB. Split it by month and load the parts.")
    for magic, name in OTHER_FORMATS:
        if data.startswith(magic):
            raise FileRefused(f"This is {name}, not a CSV text file. Unpack it or save it as CSV first.")
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise FileRefused("The file is in UTF-32. Save it as CSV UTF-8.")
    text, encoding = _text(data, declared)
    if b"\x00" in text:
        line = text[: text.index(b"\x00")].count(b"\n") + 1
        raise FileRefused(f"Line {line} holds a NUL character, so the file is damaged or not text. Export it again.")
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.rstrip(b"\x1a"), encoding


def _text(data: bytes, declared: str | None) -> tuple[bytes, str]:
    """Return the bytes as UTF-8 and the encoding."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _transcode(data[len(mark) :], encoding), encoding
    if declared == "utf-16":
        raise FileRefused(
            "The profile says UTF-16 but the file has no byte order mark, so the order of its bytes is in "
            "doubt. Declare utf-16-le or utf-16-be, or save it as CSV UTF-8."
        )
    if declared is not None:
        return _transcode(data, declared), declared
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data.translate(None, CP1252_PLAIN):
            line = data[: error.start].count(b"\n") + 1
            raise FileRefused(
                f"Line {line} holds a character that is not UTF-8, and which encoding it is cannot be told. "
                "Declare the encoding in the profile, or save the file as CSV UTF-8."
            ) from error
        return _transcode(data, "cp1252"), "cp1252"
    return data, "utf-8"


def _transcode(data: bytes, encoding: str) -> bytes:
    """Return bytes of one encoding as UTF-8."""
    try:
        text = data.decode(encoding)
        return data if encoding == "utf-8" else re.sub("[\ud800-\udfff]", "\ufffd", text).encode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileRefused(
            f"Line {line} holds bytes that are not {encoding}. Declare the right encoding in the profile, "
            "or save the file as CSV UTF-8."
        ) from error
