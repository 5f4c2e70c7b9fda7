"""What a workbook's cells say is what is read; what a cell cannot say is held."""

import io
from datetime import datetime

import openpyxl
import pytest

from surveillance.storage.outcome_log.containers import open_container
from surveillance.storage.outcome_log.layout import find_layout
from tests.storage.outcome_log.small_workbook import GOOD, HEADER, MICROS, WHEN, read, workbook


def test_typed_cells_are_what_they_say():
    parsed = read(workbook(HEADER, GOOD))

    assert parsed.held == ()
    row = parsed.cases.iloc[0]
    assert (row["case_id"], row["version"], row["acquired_at"]) == ("A1", "3.2", MICROS)
    assert (row["score"], row["called"], row["scanner"]) == (0.25, 1, "CT1")
    assert (parsed.understood.container, parsed.understood.sheet) == ("workbook", "Results")


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize("typed", [False, True])
def test_day_numbers_count_from_where_the_workbook_says(since_1904, typed):
    first = datetime.fromisoformat("1904-01-01" if since_1904 else "1899-12-30")
    serial = (WHEN - first).total_seconds() / 86_400
    row = ["A1", "3.2", WHEN if typed else serial, 0.25, True, "CT1"]

    parsed = read(workbook(HEADER, row, date_1904=since_1904))

    assert parsed.held == ()
    assert parsed.cases["acquired_at"].tolist() == [MICROS]


def test_a_date_cell_is_a_date_whatever_form_is_declared_for_texts():
    tables = '[dates]\nacquired_at = { format = "%d/%m/%Y %H:%M:%S" }'
    parsed = read(workbook(HEADER, GOOD, ["A2", "3.2", "05/04/2026 10:05:07", 0.5, False, "CT1"]), tables=tables)

    assert parsed.held == ()
    assert (parsed.cases["acquired_at"] - MICROS).tolist() == [0, -29 * 86_400_000_000]
    assert "date cells are dates as they stand" in parsed.understood.date_formats["acquired_at"]


def test_number_cells_are_numbers_beside_texts_with_a_decimal_comma():
    parsed = read(workbook(HEADER, GOOD, ["A2", "3.2", WHEN, "0,5", False, "CT1"]), top='decimal = ","')

    assert parsed.held == ()
    assert parsed.cases["score"].tolist() == [0.25, 0.5]
    assert parsed.cases["version"].tolist() == ["3.2", "3.2"]


def test_a_spreadsheets_errors_are_held_and_told_once():
    def change(sheet, book):
        sheet.write_formula(1, 5, "=NA()", None, "#N/A")
        sheet.write_formula(2, 3, "=1/0", None, "#DIV/0!")

    parsed = read(workbook(HEADER, GOOD, GOOD, change=change))

    assert [(f.line, f.column, f.value) for f in parsed.held] == [(2, "Scanner", "#N/A"), (3, "Score", "#DIV/0!")]
    assert {f.rule for f in parsed.held} == {"a cell must hold a value and not a spreadsheet's error"}


def test_an_error_that_the_profile_calls_missing_is_not_given():
    parsed = read(workbook(HEADER, [*GOOD[:5], "#N/A"]), top='missing = ["#N/A"]')

    assert parsed.held == ()
    assert parsed.cases["scanner"].tolist() == [None]


def test_a_formula_counts_by_its_value_and_is_held_without_one():
    book = openpyxl.Workbook()  # which writes formulas and never calculates them
    book.active.append(HEADER)
    book.active.append(["A1", "3.2", WHEN, "=1/4", True, "CT1"])
    out = io.BytesIO()
    book.save(out)

    assert [(f.column, f.rule) for f in read(out.getvalue()).held] == [
        ("Score", "a formula must have its value saved with it")
    ]
    calculated = workbook(HEADER, GOOD, change=lambda sheet, book: sheet.write_formula(1, 3, "=1/4", None, 0.25))
    assert read(calculated).cases["score"].tolist() == [0.25]


def test_merged_cells_are_held_but_for_titles():
    def change(sheet, book):
        sheet.merge_range(0, 0, 0, 5, "Report of May")
        sheet.merge_range(2, 5, 3, 5, "CT1")

    parsed = read(workbook(["x"], HEADER, GOOD, ["A2", *GOOD[1:]], ["A3", *GOOD[1:]], change=change))

    assert [(fault.line, fault.column) for fault in parsed.held] == [(3, "Scanner"), (4, "Scanner")]
    assert parsed.cases["case_id"].tolist() == ["A3"]


def test_a_whole_number_that_a_spreadsheet_has_shortened_is_held():
    parsed = read(workbook(HEADER, [1234567890123456789, *GOOD[1:]], [123456789012345, *GOOD[1:]]))

    assert [(f.line, f.column, f.rule) for f in parsed.held] == [
        (2, "Study", "a number in a cell must have at most 15 digits")
    ]
    assert parsed.cases["case_id"].tolist() == ["123456789012345"]


def test_every_cell_is_what_another_reader_makes_of_it():
    cells = [0.1, 1 / 3, 1e-7, 123456.789, -5, 0, 1e14, "007", "1E5", "NA", " x ", "a\nb", 'say "x"', "é…", True, False]
    data = workbook(["Name", "Cell"], *([f"r{n}", cell] for n, cell in enumerate(cells)))

    sheet = open_container(data, "any").sheets[0]
    layout = find_layout(list(sheet.lines), frozenset(["Name", "Cell"]), sheet.delimiter, None)
    ours = sheet.read(layout, ("Cell",)).columns["Cell"].to_pylist()
    theirs = [row[1] for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True)]
    assert len(ours) == len(theirs) == len(cells)
    for text, value in zip(ours, theirs, strict=True):
        if isinstance(value, bool):
            assert text == str(value).upper()
        elif isinstance(value, int | float):
            assert float(text) == value
        else:
            assert text == value
