"""A study number of a workbook is what its cell shows: Excel's own number formats, written out by hand."""

import pytest

from surveillance.storage.outcome_log.containers import open_container
from surveillance.storage.outcome_log.layout import find_layout
from tests.storage.outcome_log.small_workbook import GOOD, HEADER, WHEN, read, workbook


def shown(value, code, column=0, name="Study"):
    """Read one row in which one cell has a number format; return what became of it, or the rule that held it."""

    def change(sheet, book):
        sheet.write_number(1, column, value, book.add_format({"num_format": code}))

    parsed = read(workbook(HEADER, GOOD, change=change))
    if parsed.held:
        ((line, held, rule),) = {(fault.line, fault.column, fault.rule) for fault in parsed.held}
        assert (line, held) == (2, name)
        return rule
    return parsed.cases[{"Study": "case_id", "SW": "version", "Scanner": "scanner", "Score": "score"}[name]].item()


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (100, "00000000", "00000100"),
        (123456789, "00000000", "123456789"),
        (0, "000", "000"),
        (-7, "000", "-007"),
        (12345, "000-000", "012-345"),
        (1234567, "000-000", "1234-567"),
        (42, '"S"0000', "S0042"),
        (42, "\\S0000\\x", "S0042x"),
        (123456789, "000\\-00\\-0000", "123-45-6789"),
        (100, "[Red]00000;[Blue]-00000", "00100"),
        (100, "[$-409]00000", "00100"),
        (100, "General", "100"),
        (100, "@", "100"),
        (1234, "#,##0", "1234"),
        (1234, "0.00", "1234"),
        (1234, "_-* #,##0_-;-* #,##0_-", "1234"),
        (123456789012, "0", "123456789012"),
        (123456789012345, "0.00E+00", "123456789012345"),
    ],
)
def test_a_study_number_is_what_the_cell_shows(value, code, text):
    assert shown(value, code) == text


@pytest.mark.parametrize(
    ("value", "code"),
    [(100.4, "00000000"), (7, '#" of May"'), (7, "[<100]00000;000"), (7, "0,000"), (7000, "0,"), (7, "$#,##0")],
    ids=["rounded", "text beside #", "condition", "padded thousands", "divided", "currency"],
)
def test_a_study_number_that_the_format_changes_in_another_way_is_held(value, code):
    assert shown(value, code) == "a number in a cell must be shown as it is stored"


def test_a_version_is_the_text_that_the_cell_shows_and_not_another_version():
    assert shown(3.1, "0.00", 1, "SW") == "3.10"
    assert shown(3.1, "General", 1, "SW") == "3.1"
    assert shown(3.14159, "0.00", 1, "SW") == "3.14159"  # what is shown is rounded
    assert shown(7, "000", 5, "Scanner") == "007"


@pytest.mark.parametrize("code", ["0", "0.0", "00", '0.00" points"', "000-000", "#,##0.0"])
def test_a_score_is_what_the_cell_holds_however_few_places_it_shows(code):
    assert shown(0.8512, code, 3, "Score") == 0.8512


def test_a_number_too_long_for_a_spreadsheet_is_held_whatever_its_format():
    assert shown(1234567890123456, "000000000000000000") == "a number in a cell must have at most 15 digits"


def test_what_is_shown_is_seen_already_while_the_columns_are_guessed():
    def change(sheet, book):
        sheet.write_number(1, 0, 100, book.add_format({"num_format": "00000000"}))
        sheet.write_number(1, 3, 0.875, book.add_format({"num_format": "0%"}))

    sheet = open_container(
        workbook(["Study", "Version", "Time", "Score"], ["x", "1", WHEN, 0], change=change), "x"
    ).sheets[0]
    layout = find_layout(list(sheet.lines), frozenset(["Study", "Score"]), sheet.delimiter, None)
    columns = sheet.read(layout, ("Study", "Score")).columns

    assert [columns[name].to_pylist() for name in ("Study", "Score")] == [["00000100"], ["87.5 %"]]
