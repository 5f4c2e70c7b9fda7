"""The header and the delimiter are found by the columns that the profile expects, or the file is refused."""

import pytest

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.layout import find_layout

NEEDED = frozenset({"Study", "Flag"})


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_found(delimiter):
    layout = find_layout([delimiter.join(["Study", "Flag", "Other"]), "x"], NEEDED, None, None)

    assert (layout.delimiter, layout.header_row) == (delimiter, 1)


def test_title_lines_above_the_header_are_passed_over():
    assert find_layout(["Report", "May, 2026", "Study,Flag"], NEEDED, None, None).header_row == 3


def test_a_missing_column_is_named_with_what_was_found():
    with pytest.raises(FileRefused, match=r"Line 1, the header, does not name the column\(s\) 'Flag'.*'Flagged'"):
        find_layout(["Study,Flagged"], NEEDED, None, None)


def test_a_declared_header_row_is_obeyed():
    with pytest.raises(FileRefused, match="Line 2"):
        find_layout(["Study,Flag", "a,b"], NEEDED, None, 2)
    with pytest.raises(FileRefused, match="header is on line 9, but the file has 1 lines"):
        find_layout(["Study,Flag"], NEEDED, None, 9)


def test_a_column_that_stands_twice_is_refused():
    with pytest.raises(FileRefused, match="Line 1, the header, names column 'Score' twice"):
        find_layout(["Study,Flag,Score,Score"], NEEDED, None, None)


def test_columns_without_a_name_may_stand_more_than_once():
    assert find_layout(["Study,Flag,,"], NEEDED, None, None).header == ("Study", "Flag", "", "")


def test_a_hundred_thousand_columns_are_refused():
    with pytest.raises(FileRefused, match="more than 500 columns"):
        find_layout([",".join(f"c{i}" for i in range(100_000))], NEEDED, None, None)


def test_two_delimiters_that_both_fit_are_refused():
    with pytest.raises(FileRefused, match="More than one delimiter"):
        find_layout(["Study,x", "Study;x"], frozenset({"Study"}), None, None)
