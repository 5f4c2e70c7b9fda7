"""A workbook's sheets and rows are read as the lines of a CSV would be, and go back as they came."""

import io

import openpyxl
import pytest

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log import held_as_it_came
from tests.storage.outcome_log.small_workbook import GOOD, HEADER, MICROS, WHEN, read, workbook


def test_the_line_is_the_row_of_the_sheet():
    rows = [["Report of May"], [], HEADER, GOOD, [], ["A2", "3.2", "soon", 0.5, False, "CT1"]]
    parsed = read(workbook(*rows))

    assert parsed.understood.header_row == 3
    assert [(fault.line, fault.column, fault.value) for fault in parsed.held] == [(6, "Time", "soon")]


def test_hidden_rows_are_read_and_told():
    parsed = read(
        workbook(HEADER, GOOD, ["A2", *GOOD[1:]], change=lambda s, b: s.set_row(1, None, None, {"hidden": True}))
    )

    assert len(parsed.cases) == 2
    assert parsed.notes == ("Sheet 'Results' has 1 hidden rows; they are read as all others.",)


def test_empty_styled_rows_and_columns_are_no_rows():
    def change(sheet, book):
        bold = book.add_format({"bold": True})
        for row in range(2, 500):
            for column in range(40):
                sheet.write_blank(row, column, None, bold)

    parsed = read(workbook(HEADER, GOOD, change=change))
    assert (parsed.rows, parsed.held) == (1, ())


def test_a_cell_right_of_the_header_holds_its_row():
    parsed = read(workbook(HEADER, GOOD, [*GOOD, None, "see note"]))
    assert [(f.line, f.rule, f.value) for f in parsed.held] == [
        (3, "a line must have 6 fields, as the header has", "8 fields")
    ]


def test_the_one_sheet_that_fits_is_read_and_two_are_in_doubt():
    def notes(sheet, book):
        book.add_worksheet("Notes").write_row(0, 0, ["Made by", "nobody"])

    def twice(sheet, book):
        book.add_worksheet("Copy").write_row(0, 0, HEADER)

    assert read(workbook(HEADER, GOOD, change=notes)).rows == 1
    with pytest.raises(FileRefused, match="Sheets 'Results', 'Copy' all name the columns"):
        read(workbook(HEADER, GOOD, change=twice))
    with pytest.raises(
        FileRefused, match=r"None of the sheets 'Results', 'Notes' .* Sheet 'Results': Line 1, .*'Score'"
    ):
        read(workbook([*HEADER[:3], "x", *HEADER[4:]], GOOD, change=notes))


def test_a_refusal_names_the_sheet():
    with pytest.raises(FileRefused, match=r"^Sheet 'Results': Line 2, column 'Scanner'"):
        read(workbook(HEADER, [*GOOD[:5], "999 000 0018"]))


def test_held_rows_come_back_as_a_workbook_that_can_be_corrected_and_loaded():
    parsed = read(workbook(HEADER, GOOD, ["A2", "3.2", "soon", 0.5, False, "=1+1"], ["A3", "3.2", WHEN, 7, True, "CT"]))

    book = openpyxl.load_workbook(io.BytesIO(held_as_it_came(parsed)))
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert rows[0] == ["line", "column", "rule", "value", "fix", *HEADER]
    assert [row[:2] for row in rows[1:]] == [["3", "Time"], ["4", "Score"]]
    assert book.active["K2"].data_type == "s"  # "=1+1" is a text there, no formula
    book.active["H2"], book.active["I3"] = "2026-05-04T10:00:00", "0.7"
    out = io.BytesIO()
    book.save(out)
    mended = read(out.getvalue())
    assert mended.held == ()
    assert mended.cases["scanner"].tolist() == ["=1+1", "CT"]
    assert mended.cases["score"].tolist() == [0.5, 0.7]
    assert mended.cases["acquired_at"].tolist()[1] == MICROS
