"""Every line of a file is a row, a blank line or a held line, under its own number."""

import csv
import io

import pytest

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.layout import Layout
from surveillance.storage.outcome_log.strict_reader import read_table

LAYOUT = Layout(",", 1, ("a", "b"))


def rows(text: str) -> list[tuple[int, str, str]]:
    table = read_table(text.encode(), LAYOUT, ("a", "b"))
    return list(zip(table.lines.tolist(), table.columns["a"].to_pylist(), table.columns["b"].to_pylist(), strict=True))


def test_identifiers_stay_text():
    assert rows("a,b\n00123,NA\n1E5,null\n") == [(2, "00123", "NA"), (3, "1E5", "null")]


def test_lines_with_too_many_or_too_few_fields_are_told_and_the_others_keep_their_numbers():
    table = read_table(b"a,b\n1,2\n1,2,3\n4\n5,6\n", LAYOUT, ("a", "b"))

    assert table.lines.tolist() == [2, 5]
    assert [(misfit.line, misfit.fields, misfit.text) for misfit in table.misfits] == [(3, 3, "1,2,3"), (4, 1, "4")]


def test_line_numbers_count_the_lines_inside_quotes():
    table = read_table(b'a,b\n"x\ny",1\nz,2\nq\n', LAYOUT, ("a", "b"))

    assert table.lines.tolist() == [2, 4]
    assert table.columns["a"].to_pylist() == ["x\ny", "z"]
    assert [misfit.line for misfit in table.misfits] == [5]
    assert table.raw(2) == '"x\ny",1'


def test_the_fast_and_the_careful_way_read_the_same():
    body = '"x,1",2\n"say ""hi""",3\n"",4\nplain,5\n'
    careful = rows("a,b\n" + body + '"two\nlines",6\n')[:-1]

    assert rows("a,b\n" + body) == careful
    assert [list(row[1:]) for row in careful] == list(csv.reader(io.StringIO(body)))


def test_a_quote_inside_an_unquoted_field_is_part_of_it():
    assert rows('a,b\n5" slice,1\n2" slice 3",4\n') == [(2, '5" slice', "1"), (3, '2" slice 3"', "4")]


def test_a_quote_that_is_not_closed_is_refused_with_its_line():
    with pytest.raises(FileRefused, match="Line 3: a quote is not closed"):
        rows('a,b\n1,2\n"3,4\n5,6\n')


def test_text_after_a_closing_quote_is_refused_with_its_line():
    with pytest.raises(FileRefused, match="Line 2: a quote is not closed, or text follows"):
        rows('a,b\n"1" x,2\n')


def test_a_field_of_ten_thousand_and_one_characters_is_refused_with_line_and_column():
    assert rows("a,b\n1," + "x" * 10_000 + "\n")[0][0] == 2
    with pytest.raises(FileRefused, match=r"Line 3, column 'b': .* longer than 10,000"):
        rows("a,b\n1,2\n1," + "x" * 10_001 + "\n")


def test_a_file_that_is_one_endless_line_is_refused():
    with pytest.raises(FileRefused, match="Line 2 is longer than 1,000,000"):
        rows("a,b\n" + "1," * 600_000)


def test_a_header_without_rows_gives_no_rows():
    assert rows("a,b") == rows("a,b\n") == []
