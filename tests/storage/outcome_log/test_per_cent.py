"""A score written or shown as per cent is read as what it says, once; what may mean either is held or told."""

import pytest

from surveillance.storage.outcome_log import load_profile, read_log
from tests.storage.outcome_log.small_workbook import GOOD, HEADER, PROFILE, read, workbook

TO_100 = "[score]\nto = 100"
MIXED = "a score must carry a per cent sign in every row or in none"


def scored(*scores, code="0%", tables="", plain=()):
    """Read a workbook with these scores in cells of a format, those at the places `plain` in no format."""

    def change(sheet, book):
        shown = book.add_format({"num_format": code})
        for row, score in enumerate(scores, start=1):
            sheet.write_number(row, 3, score, None if row - 1 in plain else shown)

    rows = [[f"A{n}", *GOOD[1:]] for n in range(len(scores))]
    return read(workbook(HEADER, *rows, change=change), tables=tables)


@pytest.mark.parametrize("tables", ["", TO_100, "[score]\nfrom = 0\nto = 100"], ids=["0 to 1", "0 to 100", "said"])
@pytest.mark.parametrize("code", ["0%", "0.00%", "#,##0.0 %", "0 %;[Red]-0 %", "10"], ids=str)
def test_a_cell_that_shows_87_per_cent_is_a_score_of_0_87_on_either_scale(tables, code):
    parsed = scored(0.87, 0.07, 0.0035, 1, 0, code=10 if code == "10" else code, tables=tables)

    assert parsed.held == ()
    assert parsed.cases["score"].tolist() == [0.87, 0.07, 0.0035, 1, 0]
    assert parsed.doubts == ()


def test_a_per_cent_score_on_an_inverted_scale_is_turned_round_once():
    assert scored(0.87, tables=f'{TO_100}\nhigher_means = "health"').cases["score"].tolist() == [0.13]


def test_a_sampling_fraction_shown_as_per_cent_is_that_share(read):
    columns = 'audit_selected = "Audit"\nsampling_fraction = "Share"'
    header = "Study,SW,Time,Score,Flag,Audit,Share"
    parsed = read("A1,3.2,2026-05-04T10:00:00Z,0.25,N,1,10%", columns=columns, header=header)

    assert parsed.held == ()
    assert parsed.cases["sampling_fraction"].tolist() == [0.1]


def test_on_a_scale_of_per_cent_numbers_beside_per_cent_cells_are_held():
    parsed = scored(0.87, 0.07, 0.5, 87, code="0%", tables=TO_100, plain=(2, 3))

    assert [(fault.line, fault.column, fault.rule) for fault in parsed.held] == [
        (4, "Score", MIXED),
        (5, "Score", MIXED),
    ]
    assert parsed.cases["score"].tolist() == [0.87, 0.07]


def test_on_a_scale_of_0_to_1_both_say_the_same_and_neither_is_held():
    parsed = scored(0.87, 0.5, plain=(1,))

    assert parsed.held == ()
    assert parsed.cases["score"].tolist() == [0.87, 0.5]


def test_a_cell_that_shows_8700_per_cent_is_no_score():
    parsed = scored(87, tables=TO_100)

    assert [(fault.line, fault.value) for fault in parsed.held] == [(2, "8700 %")]


def test_a_per_cent_sign_on_another_scale_is_held():
    parsed = scored(0.87, tables="[score]\nto = 10")

    assert [(fault.line, fault.rule) for fault in parsed.held] == [
        (2, "a per cent sign must fit the scale of the score")
    ]


def test_fractions_without_a_sign_on_a_scale_of_per_cent_are_a_doubt_that_is_told():
    parsed = scored(0.87, 0.07, tables=TO_100, plain=(0, 1))

    assert parsed.doubts == (
        "No score is above 1, though the profile says they go to 100: check the scale before loading.",
    )
    assert set(parsed.doubts) <= set(parsed.notes)
    assert scored(0.0087, 0.0007, tables=TO_100).doubts == ()  # 0.87 % and 0.07 %, as the cells say


def test_the_same_file_as_csv_and_as_workbook_gives_the_same_scores():
    rows = [f"A{n},3.2,2026-05-04T10:05:07,{score},TRUE,CT1" for n, score in enumerate(("87%", "7 %"))]
    text = "\n".join([",".join(HEADER), *rows])
    for tables in ("", TO_100):
        profile = load_profile(PROFILE.format(top="", tables=tables))
        assert (
            read_log(text.encode(), "x.csv", profile).cases["score"].tolist()
            == scored(0.87, 0.07, tables=tables).cases["score"].tolist()
            == [0.87, 0.07]
        )
