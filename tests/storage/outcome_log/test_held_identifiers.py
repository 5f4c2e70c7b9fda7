"""Held rows carry no identifier into the store: not from date and number columns, nor from lines that do not fit.

The number is from the 999 range, which the NHS keeps for tests.
"""

import pytest

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.cell_judgement import LOOK, UNTOLD

GOOD = [f"A{n},3.2,2026-05-04T10:0{n}:00Z,0.25,N" for n in range(1, 6)]


def row(*, time="2026-05-04T10:00:00Z", score="0.25", more=""):
    return f"B1,3.2,{time},{score},N{more}"


CELLS = ["O'Connor^Mary", "Mrs Bloggs", "999 000 0018", "9990000018", "12/03/1948", "1948-03-12T00:00:00",
         "DOB 12.3.50", "jo.bloggs@example.org", "SW1A 1AA", "call 999 000 0018", "12 Mar 1948"]  # fmt: skip


@pytest.mark.parametrize("column", ["time", "score"])
@pytest.mark.parametrize("cell", CELLS)
def test_an_identifier_in_a_date_or_number_column_refuses_the_file(read, column, cell):
    with pytest.raises(FileRefused, match="surveillance pseudonymise FILE --key KEY") as refused:
        read(*GOOD, row(**{column: cell}))

    assert "Line 7, column '" in str(refused.value)
    assert cell not in str(refused.value)


@pytest.mark.parametrize(
    "field", ["SMITH^John 12/03/1948", "999 000 0018", "Mrs Bloggs", "12/03/1948", "jo.bloggs@example.org", "LS1 3EX"]
)
def test_an_identifier_in_a_line_with_a_field_too_many_refuses_the_file(read, field):
    with pytest.raises(FileRefused, match="surveillance pseudonymise FILE --key KEY") as refused:
        read(*GOOD, row(more=f",{field}"))

    assert "Line 7: " in str(refused.value)
    assert field not in str(refused.value)


@pytest.mark.parametrize("column", ["time", "score"])
@pytest.mark.parametrize("cell", ["SMITH JOHN", "seen by Smith", "Smith", "12/03/1995", "12/03/48"])
def test_words_that_cannot_be_judged_hold_their_row_and_nothing_of_them_is_kept(read, column, cell):
    parsed = read(*GOOD, row(**{column: cell}))

    (held,) = parsed.held
    assert (held.line, held.value) == (7, UNTOLD)
    assert LOOK in held.fix
    assert cell not in held.raw
    assert UNTOLD in held.raw
    assert parsed.rows_accepted == 5


@pytest.mark.parametrize(
    ("column", "cell"),
    [("score", "n/a"), ("score", "<0.01"), ("score", "1.234.5"), ("score", "#N/A"), ("time", "31/02/2026 10:00"),
     ("time", "04/05/2026 25:00"), ("time", "4 May 2026 10:00"), ("time", "soon")],
)  # fmt: skip
def test_what_is_a_date_or_number_in_form_is_held_and_shown(read, column, cell):
    (held,) = read(*GOOD, row(**{column: cell})).held

    assert (held.value, held.raw) == (cell, row(**{column: cell}))


def test_a_masked_cell_that_comes_back_as_it_is_stays_held(read):
    (held,) = read(*GOOD, row(score="Smith")).held
    assert [fault.column for fault in read(*GOOD, held.raw).held] == ["Score"]


def test_of_a_line_that_does_not_fit_only_numbers_times_codes_and_the_files_own_words_are_kept(read):
    kept, lost = read(*GOOD, row(more=",3.2"), row(more=",SMITH, John")).held

    assert (kept.line, kept.raw) == (7, row(more=",3.2"))
    assert (lost.line, lost.raw) == (8, "")
    assert LOOK in lost.fix


def test_the_files_own_number_of_ten_digits_stands_in_a_held_row_as_it_came(read):
    """A masked identifier would come back corrected as another study; 9990000018 has a check digit by chance."""
    rows = [f"{1234567800 + n},3.2,2026-05-04T10:00:00Z,0.25,N" for n in range(30)]
    held = "9990000018,3.2,2026-05-04T10:00:00Z,9,N"
    declared = '[identifiers]\naccession_columns = ["Study"]'

    assert [one.raw for one in read(*rows, held, tables=declared).held] == [held]
    (misfit,) = read(*rows, f"{held},").held
    assert misfit.raw == ""


def test_both_parts_of_a_date_in_two_columns_are_masked_together(read):
    header = "Study,SW,Day,Clock,Score,Flag"
    good = [f"A{n},3.2,2026-05-0{n},10:00:00,0.25,N" for n in range(1, 6)]
    top = 'zone = "Europe/London"\njoined = { Time = ["Day", "Clock"] }'

    (held,) = read(*good, "B1,3.2,Smith,10:00:00,0.25,N", header=header, top=top).held
    assert (held.value, held.raw) == (UNTOLD, f"B1,3.2,{UNTOLD},{UNTOLD},0.25,N")


def test_many_numbers_of_ten_digits_in_a_date_column_are_held_and_no_identifiers(read):
    """Seconds since 1970, as some exports write a time."""
    stamps = [f"A{n},3.2,{1743408000 + n},0.25,N" for n in range(40)]
    assert read(*stamps).rows_held == 40
