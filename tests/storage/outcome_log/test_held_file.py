"""Held rows come back as the file they came in, with the reason, and no cell that a spreadsheet would run."""

import csv
import io

import pytest

from surveillance.storage.outcome_log import held_csv, load_profile, read_log
from surveillance.storage.outcome_log.held_file import guarded

PROFILE = """
profile = "p"
version = 1
file = "results"
[constants]
model = "m"
site = "s"
version = "1"
[columns]
case_id = "Study"
acquired_at = "Time"
scanner = "Scanner"
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_held_file_has_the_delimiter_and_encoding_of_its_file_and_each_rows_reason(encoding, delimiter):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    rows = [["Study", "Time", "Scanner"], ["A1", "soon", "Château"], ["A2", "2026-05-04T10:00:00Z", "CT"]]
    data = mark + "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)

    out = held_csv(read_log(data, "f.csv", load_profile(PROFILE)))

    text = out.decode({"utf-16-le": "utf-16", "utf-16-be": "utf-16", "utf-8": "utf-8-sig"}.get(encoding, encoding))
    header, *held = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    assert header == ["line", "column", "rule", "value", "fix", "Study", "Time", "Scanner"]
    assert [row[:2] + row[3:4] + row[5:] for row in held] == [["2", "Time", "soon", "A1", "soon", "Château"]]


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", " =1", "\u00a0=1", "\ufeff=1", "＝1", "＋1",
     "－1", "＠A", "-1+1", "+1e5|x", "--1", "-", "=HYPERLINK(\"http://x\")"],
)  # fmt: skip
def test_a_cell_that_a_spreadsheet_would_run_is_guarded(cell):
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-0.5", "+3", "-1,5", "0.5", "A1", "", "a=b", "12-03"])
def test_other_cells_are_left_as_they_are(cell):
    assert guarded(cell) == cell


def test_no_held_cell_is_live():
    data = b'Study,Time,Scanner\n"=1+1",soon,"@x"\n+A,soon,\n'
    out = held_csv(read_log(data, "f.csv", load_profile(PROFILE))).decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert "'=1+1" in cells
