"""Bytes become text in the right encoding, or the file is refused."""

import gzip
import io
import zipfile

import pytest

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.decoding import decode

TEXT = "Study;Site\nA1;Château\n"


@pytest.mark.parametrize(
    ("data", "declared", "expected"),
    [
        (TEXT.encode(), None, "utf-8"),
        (TEXT.encode("utf-8-sig"), None, "utf-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), None, "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16", "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le", "utf-16-le"),
        (TEXT.encode("cp1252"), None, "cp1252"),
        (TEXT.encode("cp1252"), "cp1252", "cp1252"),
    ],
)
def test_the_text_is_the_same_in_every_encoding(data, declared, expected):
    assert decode(data, declared) == (TEXT.encode(), expected)


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_every_kind_of_line_end_is_one_line_end(line_end):
    assert decode(TEXT.replace("\n", line_end).encode(), None)[0] == TEXT.encode()


def test_an_encoding_that_cannot_be_told_is_refused_with_its_line():
    with pytest.raises(FileRefused, match=r"Line 2 .* which encoding it is cannot be told"):
        decode("a\ncafé\n".encode("cp437"), None)


def test_bytes_that_contradict_the_declared_encoding_are_refused_with_their_line():
    with pytest.raises(FileRefused, match="Line 2 holds bytes that are not utf-8"):
        decode("a\ncafé\n".encode("cp1252"), "utf-8")


def test_utf16_without_a_byte_order_mark_is_refused():
    with pytest.raises(FileRefused, match="no byte order mark"):
        decode(TEXT.encode("utf-16-le"), "utf-16")
    with pytest.raises(FileRefused):
        decode(TEXT.encode("utf-16-le"), None)


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", TEXT)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (zipped(), "zip archive or an Excel workbook"),
        (gzip.compress(TEXT.encode(), mtime=0), "gzip"),
        (b"PAR1" + bytes(20), "Parquet"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0" + bytes(8), "old Excel workbook"),
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"a,b\n1,2\x00\n", "Line 2 holds a NUL"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"),
    ],
    ids=["zip", "gzip", "parquet", "pdf", "xls", "nothing", "blanks", "nul", "utf-32"],  # bytes would carry a clock
)
def test_what_is_no_csv_text_is_refused_by_its_name(data, said):
    with pytest.raises(FileRefused, match=said):
        decode(data, None)
