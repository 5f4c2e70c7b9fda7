"""From the bytes of an upload to text, refusing what is no text."""

import re

from surveillance.errors import FileRefused

HEAD, PIECE, LARGE = 4_096, 1 << 22, 120_000_000
NEWLINE = b"\n"
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
OTHER_FORMATS = (
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive"),
    (b"PARE", "an encrypted Parquet file"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"SQLite format 3", "a database"),
)
# Bytes above 127 that UK exports in cp1252 use: dashes, quotes, pound, degree, powers, accented letters.
CP1252_PLAIN = bytes(range(0x80)) + b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa3\xb0\xb1\xb2\xb3\xb5\xb7\xbd"
CP1252_PLAIN += bytes(range(0xC0, 0x100))
# An accented letter of UTF-8, which in Windows-1252 would be a capital A with a tilde and a sign: one wrong byte
# elsewhere must not turn every such letter into two.
UTF8_LETTER = re.compile(rb"[\xc2\xc3][\x80-\xbf]|[\xe2][\x80-\x84][\x80-\xbf]")


def decode(data: bytes, declared: str | None) -> tuple[bytes, str]:
    """Return the file as UTF-8, its lines ended by LF or CR LF, and the encoding it was read in.

    A byte order mark decides; without one the declared encoding; without either, UTF-8 if the
    bytes are valid UTF-8, and Windows-1252 only if they hold nothing but its everyday signs. A UTF-8 file comes back
    as it is, its mark and line ends included: a second copy of a large file would not fit.

    Raises
    ------
    FileRefused
        If the file is empty, another format, in doubt about its encoding, or holds NUL.

    Examples
    --------
    >>> decode(b"caf\\xe9\\r\\n", None)
    (b'caf\\xc3\\xa9\\r\\n', 'cp1252')
    """
    if not data[:HEAD].strip() and not data[HEAD:].strip():
        raise FileRefused("The file is empty. Export it again and check that it holds rows.")
    for magic, name in OTHER_FORMATS:
        if data.startswith(magic):
            raise FileRefused(f"This is {name}, not a CSV text file. Unpack it or save it as CSV first.")
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise FileRefused("The file is in UTF-32. Save it as CSV UTF-8.")
    text, encoding = _text(data, declared)
    if b"\x00" in text:
        line = text.count(b"\n", 0, text.index(b"\x00")) + 1
        raise FileRefused(f"Line {line} holds a NUL character, so the file is damaged or not text. Export it again.")
    if text.count(b"\r") != text.count(b"\r\n"):
        _refuse_large(data, "has line ends of an old kind")
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.rstrip(b"\x1a"), encoding


def _text(data: bytes, declared: str | None) -> tuple[bytes, str]:
    """Return the bytes as UTF-8 and the encoding."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return (_as_it_is(data), encoding) if encoding == "utf-8" else (_transcode(data, mark, encoding), encoding)
    if declared == "utf-16":
        raise FileRefused(
            "The profile says UTF-16 but the file has no byte order mark, so the order of its bytes is in "
            "doubt. Declare utf-16-le or utf-16-be, or save it as CSV UTF-8."
        )
    if declared == "utf-8":
        return _as_it_is(data), declared
    if declared is not None:
        return _transcode(data, b"", declared), declared
    wrong = first_not_utf8(data)
    if wrong is None:
        return data, "utf-8"
    odd = any(data[at : at + PIECE].translate(None, CP1252_PLAIN) for at in range(0, len(data), PIECE))
    if odd or UTF8_LETTER.search(data):
        raise FileRefused(
            f"Line {data.count(NEWLINE, 0, wrong) + 1} holds a character that is not UTF-8, and which encoding it is "
            "cannot be told. Declare the encoding in the profile, or save the file as CSV UTF-8."
        )
    return _transcode(data, b"", "cp1252"), "cp1252"


def first_not_utf8(data: bytes) -> int | None:
    """Return where the bytes stop being UTF-8, None where they are; a piece at a time, so that no text is built.

    Examples
    --------
    >>> first_not_utf8("é".encode()), first_not_utf8(b"abc\\xe9")
    (None, 3)
    """
    if data.isascii():
        return None
    at = 0
    while at < len(data):
        try:
            data[at : at + PIECE].decode("utf-8")
        except UnicodeDecodeError as error:
            if error.start < PIECE - 4 or at + PIECE >= len(data):
                return at + error.start
            at += error.start  # the piece cut a character in two
        else:
            at += PIECE
    return None


def _as_it_is(data: bytes) -> bytes:
    """Return UTF-8 bytes, refusing what is not."""
    wrong = first_not_utf8(data)
    if wrong is not None:
        raise _not_in(data, wrong, "utf-8")
    return data


def _transcode(data: bytes, mark: bytes, encoding: str) -> bytes:
    """Return bytes of another encoding, after the mark, as UTF-8."""
    _refuse_large(data, f"is in {encoding}")
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_in(data[len(mark) :], error.start, encoding) from error
    return re.sub("[\ud800-\udfff]", "\ufffd", text).encode("utf-8")


def _not_in(data: bytes, wrong: int, encoding: str) -> FileRefused:
    """Return the refusal of bytes that are not of an encoding."""
    return FileRefused(
        f"Line {data.count(NEWLINE, 0, wrong) + 1} holds bytes that are not {encoding}. Declare the right encoding in "
        "the profile, or save the file as CSV UTF-8."
    )


def _refuse_large(data: bytes, what: str) -> None:
    """Refuse a file that has to be written anew to be read, where both would take too much memory."""
    if len(data) > LARGE:
        raise FileRefused(
            f"The file {what} and is larger than {LARGE // 1_000_000} MB. Save it as CSV UTF-8, or split it by month."
        )
