"""Bytes become text in the right encoding, or the file is refused."""

import pytest

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.containers import open_container
from surveillance.storage.outcome_log.decoding import decode
from surveillance.storage.outcome_log.layout import Layout

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
    text, encoding = decode(data, declared)

    assert (text.removeprefix(b"\xef\xbb\xbf"), encoding) == (TEXT.encode(), expected)
    assert open_container(data, "x", declared).sheets[0].lines == tuple(TEXT.split("\n"))


@pytest.mark.parametrize("quoted", [False, True], ids=["plain", "a quoted line break"])
@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_every_kind_of_line_end_is_one_line_end(line_end, quoted):
    lines = ["Study;Site", 'A1;"a\nb"' if quoted else "A1;ab", "A2;x;y", '"A3";"c"', "A4", ""]
    sheet = open_container("\n".join(lines).replace("\n", line_end).encode(), "x").sheets[0]

    table = sheet.read(Layout(";", 1, ("Study", "Site")), ("Study", "Site"))
    later = 1 if quoted else 0
    assert table.columns["Study"].to_pylist() == ["A1", "A3"]
    assert table.columns["Site"].to_pylist() == ["a\nb" if quoted else "ab", "c"]
    assert [(m.line, m.fields, m.text) for m in table.misfits] == [(3 + later, 3, "A2;x;y"), (5 + later, 1, "A4")]
    assert [table.raw(int(line)) for line in table.lines] == [lines[1], lines[3]]


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


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"BZh9" + bytes(20), "bzip2"),
        (b"PARE" + bytes(20), "encrypted Parquet"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0" + bytes(8), "old Excel workbook"),
        (b"", "empty"),
        (b" \r\n ", "empty"),
        (b"a,b\n1,2\x00\n", "Line 2 holds a NUL"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"),
    ],
    ids=["bzip2", "encrypted", "pdf", "xls", "nothing", "blanks", "nul", "utf-32"],  # bytes would carry a clock
)
def test_what_is_no_csv_text_is_refused_by_its_name(data, said):
    with pytest.raises(FileRefused, match=said):
        decode(data, None)
