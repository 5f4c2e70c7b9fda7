"""Small files that would unpack to gigabytes, and other traps, are refused in words before they take memory.

Each is read in a process of its own, whose peak memory is measured.
"""

import gzip
import io
import random
import re
import subprocess
import sys
import zipfile
import zlib

import pyarrow as pa
import pytest
from pyarrow import parquet

MOST_MB = 500  # of the whole process, of which the libraries are about 200
CHILD = """
import sys, time
from surveillance.errors import FileRefused
from surveillance.storage.outcome_log import load_profile, read_log, ready_profile
profile = load_profile(ready_profile("canonical"))
data = sys.stdin.buffer.read()
began = time.perf_counter()
try:
    read_log(data, "bomb", profile)
    print("READ")
except FileRefused as refused:
    print(refused)
print(round(time.perf_counter() - began, 2))
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) // 1024 - len(data) // (1 << 20))
"""
HEADER = b"case_id,model,version,site,acquired_at\n"
SHEET = "xl/worksheets/sheet1.xml"
PARTS = {
    "xl/workbook.xml": '<workbook xmlns="s" xmlns:r="r"><sheets><sheet name="Log" r:id="a"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": (
        '<Relationships><Relationship Id="a" Type="t/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="b" Type="t/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
    "xl/sharedStrings.xml": "<sst/>",
    SHEET: "<worksheet><sheetData/></worksheet>",
}


def book(ballast: int = 0, **parts: bytes | str) -> bytes:
    """Make a workbook of raw parts; `sheet` and `strings` are the two that bombs are put into."""
    named = {"sheet": SHEET, "strings": "xl/sharedStrings.xml"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=2) as archive:
        for name, text in {**PARTS, **{named[key]: text for key, text in parts.items()}}.items():
            archive.writestr(name, text)
        if ballast:  # an archive may unpack to 200 times its size, so that a larger one goes further
            archive.writestr("xl/media/image1.png", random.Random(5).randbytes(ballast))
    return out.getvalue()


def stored(table: pa.Table, **options: object) -> bytes:
    out = io.BytesIO()
    parquet.write_table(table, out, **options)
    return out.getvalue()


def rle() -> bytes:
    """50 million rows of one word in a few kilobytes."""
    zeros = pa.Array.from_buffers(pa.int32(), 10_000_000, [None, pa.py_buffer(bytes(40_000_000))])
    word = pa.DictionaryArray.from_arrays(zeros, pa.array(["A1"]))
    out = io.BytesIO()
    with parquet.ParquetWriter(out, pa.schema([("case_id", word.type)])) as writer:
        for _ in range(5):
            writer.write_table(pa.table({"case_id": word}))
    return out.getvalue()


def dictionary() -> bytes:
    """One text of 9,000 characters in each of two million rows."""
    zeros = pa.Array.from_buffers(pa.int32(), 2_000_000, [None, pa.py_buffer(bytes(8_000_000))])
    text = pa.DictionaryArray.from_arrays(zeros, pa.array(["x" * 9_000]))
    columns = ("case_id", "model", "version", "site", "acquired_at")
    return stored(pa.table(dict.fromkeys(columns, text)))


def lying_footer() -> bytes:
    """A footer that says ten rows, before pages of a million."""
    small, large = (stored(pa.table({"case_id": ["A1"] * size}), compression="none") for size in (10, 1_000_000))
    footer = small[-8 - int.from_bytes(small[-8:-4], "little") :]
    body = large[: -8 - int.from_bytes(large[-8:-4], "little")]
    return body + footer


def large_page() -> bytes:
    """A page that unpacks to 120 MB of nothing."""
    return stored(pa.table({"case_id": ["x" * 60_000_000] * 2}), compression="zstd", use_dictionary=False)


def gzip_bomb(size: int) -> bytes:
    """Zeros, packed a thousand to one."""
    packer, out = zlib.compressobj(6, zlib.DEFLATED, 31), []
    for _ in range(size // 10_000_000):
        out.append(packer.compress(b"0" * 10_000_000))
    return b"".join([*out, packer.flush()])


def laughs() -> str:
    """A billion laughs."""
    lines = ['<!DOCTYPE sst [<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    return "".join(lines) + "]><sst><si><t>&a9;</t></si></sst>"


def cells(rows: int, columns: int) -> str:
    """Rows of cells that have a style and nothing in them."""
    row = "<row>" + '<c s="1"/>' * columns + "</row>"
    return "<worksheet><sheetData>" + row * rows + "</sheetData></worksheet>"


def headed(rest: str, text: str = "") -> str:
    """A worksheet whose first row is an honest header, and what follows it."""
    names = HEADER.decode().strip().split(",")
    row = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in names)
    return f"<worksheet>{text}<sheetData><row>{row}</row>{rest}</sheetData></worksheet>"


def long_texts(size: int, many: int) -> str:
    """Cells of long texts: half a gigabyte."""
    return headed((f"<row><c t='inlineStr'><is><t>{'x' * size}</t></is></c></row>") * many)


def one_text_many_times() -> bytes:
    """A text of 9,000 characters that a hundred thousand cells share."""
    return book(
        sheet=headed('<row><c t="s"><v>0</v></c></row>' * 100_000), strings=f"<sst><si><t>{'x' * 9_000}</t></si></sst>"
    )


def far_away() -> str:
    """Two cells at the ends of the sheet: as a grid, seventeen thousand million cells."""
    ends = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return f"<worksheet><sheetData>{ends}</sheetData></worksheet>"


BOMBS = {
    "parquet run length": (rle, "50,000,000 rows, more than"),
    "parquet dictionary": (dictionary, "unpacks to more than"),
    "parquet nested": (lambda: stored(pa.table({"case_id": [[["x"]] * 10] * 10})), "of type list"),
    "parquet footer": (lying_footer, "damaged|Line 1, the header"),
    "parquet page": (large_page, "unpacks to more than is read"),
    "gzip": (lambda: gzip_bomb(300_000_000), "gzip file unpacks to more than"),
    "gzip in gzip": (lambda: gzip.compress(gzip_bomb(300_000_000)), "another gzip"),
    "workbook zip": (lambda: book(200_000, sheet="<worksheet>" + " " * 90_000_000), "longer than any cell"),
    "workbook tags": (lambda: book(sheet="<worksheet>" + "<a/>" * 5_000_000 + "</worksheet>"), "are no cells"),
    "workbook laughs": (lambda: book(strings=laughs()), "defines texts in its XML"),
    "workbook texts": (lambda: book(strings="<sst>" + "<si/>" * 4_000_000 + "</sst>"), "shares more than"),
    "workbook styled": (lambda: book(sheet=cells(301_000, 20)), "does not name the column"),
    "workbook styled below": (
        lambda: book(sheet=headed(("<row>" + '<c s="1"/>' * 20 + "</row>") * 301_000)), "more than 6,000,000 cells"
    ),
    "workbook empty values": (lambda: book(200_000, sheet=headed("<row><c>" + "<v/>" * 15_000_000)), "are no cells"),
    "workbook values first": (lambda: book(200_000, sheet="<worksheet>" + "<v/>" * 15_000_000), "are no cells"),
    "workbook empty texts": (lambda: book(200_000, strings="<sst><si>" + "<t/>" * 15_000_000), "are no cells"),
    "workbook large": (lambda: book(sheet=long_texts(90_000, 6_000)), "unpacks to more than"),
    "workbook long texts": (lambda: book(3_000_000, sheet=long_texts(90_000, 6_000)), "more than 250 MB of text"),
    "workbook texts at their limit": (lambda: book(3_000_000, sheet=long_texts(9_900, 55_000)), "more than 250 MB"),
    "workbook one text": (one_text_many_times, "more than 250 MB of text"),
    "workbook wide": (lambda: book(sheet=far_away()), "does not name the column"),
    "workbook rows": (lambda: book(sheet='<sheet><sheetData><row r="99999999999"/></sheetData></sheet>'), "row 99"),
    "one line": (lambda: b"a" * 100_000_000, "Line 1 is longer"),
    "one long row": (lambda: HEADER + b"a" * 100_000_000, "Line 2 is longer"),
    "many columns": (lambda: b",".join(b"c%d" % n for n in range(100_000)), "more than 500 columns"),
    "one name a million times": (lambda: b"case_id," * 1_000_000, "Line 1 is longer"),
    "open quote": (lambda: HEADER + b'"A1,m,1,s,2026-05-04T10:00:00Z\n' * 1_000_001, "quote is not closed"),
    "nul": (lambda: HEADER + b"\0" * 100_000_000, "NUL"),
    "lines": (lambda: HEADER + b"\n" * 100_000_000, "more than 2,500,000 lines"),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from /proc")
def test_a_bomb_is_refused_in_words_and_little_memory(name, record_property):
    make, said = BOMBS[name]
    data = make()

    done = subprocess.run([sys.executable, "-c", CHILD], input=data, capture_output=True, check=False, timeout=300)

    assert done.returncode == 0, done.stderr.decode()[-2000:]
    refusal, seconds, peak = done.stdout.decode().splitlines()
    record_property("figures", f"{len(data):,} bytes, refused in {seconds} s, peak {peak} MB beside them: {refusal}")
    assert re.search(said, refusal)
    assert refusal.endswith(".")
    assert int(peak) < MOST_MB
