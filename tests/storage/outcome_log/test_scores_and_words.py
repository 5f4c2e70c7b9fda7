"""Numbers and words become the log's own, or hold their row; nothing is rescaled unasked."""

import json

import pytest


def scored(score: str, flag: str = "N") -> str:
    return f'A1,3.2,2026-05-04T10:00:00Z,"{score}",{flag}'


@pytest.mark.parametrize("score", ["0", "1", "0.5", "1.0", "5e-1", ".25"])
def test_a_score_from_zero_to_one_is_kept_exactly(read, score):
    assert read(scored(score)).cases["score"].tolist() == [float(score)]


@pytest.mark.parametrize(
    ("score", "rule", "fix"),
    [
        ("NaN", "finite", "leave the cell empty"),
        ("inf", "finite", "leave the cell empty"),
        ("-Infinity", "finite", "leave the cell empty"),
        ("1.0000001", "0 to 1", "looks like per cent"),
        ("85", "0 to 1", "looks like per cent"),
        ("-0.1", "0 to 1", "correct the score"),
        ("850", "0 to 1", "correct the score"),
        ("1e999", "0 to 1|digits|finite", ""),
        ("0x1", "digits", "correct the number"),
        ("high", "digits", "correct the number"),
        ("٠.٥", "digits", "correct the number"),
        ("1 000", "digits", "correct the number"),
    ],
)
def test_a_score_that_is_none_holds_its_row_and_is_never_rescaled(read, score, rule, fix):
    parsed = read(scored(score), scored("0.5").replace("A1", "A2"))

    assert parsed.cases["score"].tolist() == [0.5]
    (held,) = parsed.held
    assert (held.line, held.column, held.value) == (2, "Score", score)
    assert any(one in held.rule for one in rule.split("|"))
    assert fix in held.fix


def test_an_empty_score_is_no_score(read):
    assert read(scored("")).cases["score"].isna().tolist() == [True]


@pytest.mark.parametrize(
    ("tables", "score", "expected"),
    [
        ("[score]\nto = 100", "85", 0.85),
        ("[score]\nto = 100", "85 %", 0.85),
        ("[score]\nfrom = 1\nto = 5", "2", 0.25),
        ('[score]\nhigher_means = "health"', "0.9", 0.1),
        ('[score]\nto = 100\nhigher_means = "health"', "35", 0.65),
    ],
)
def test_a_declared_scale_is_applied(read, tables, score, expected):
    assert read(scored(score), tables=tables).cases["score"].tolist() == [expected]


def test_a_decimal_comma_is_found_where_it_can_be_nothing_else_and_shown(read):
    parsed = read(scored("0,85"), scored("1").replace("A1", "A2"))

    assert (parsed.understood.decimal, parsed.cases["score"].tolist()) == (",", [0.85, 1.0])


def test_a_comma_that_may_be_thousands_is_held(read):
    parsed = read(scored("1,234"), tables="[score]\nto = 5000")

    assert (parsed.understood.decimal, parsed.held[0].rule) == ("in doubt", "a number must have one meaning")


def test_points_and_commas_in_one_column_are_held(read):
    assert read(scored("0,85"), scored("0.85").replace("A1", "A2")).rows_held == 2


def test_a_point_is_no_thousands_sign_under_a_decimal_comma(read):
    parsed = read(scored("1.234"), top='decimal = ","', tables="[score]\nto = 5000")

    assert parsed.rows_held == 1


@pytest.mark.parametrize(("flag", "called"), [("Y", 1), ("N", 0)])
def test_a_value_map_is_applied(read, flag, called):
    assert read(scored("0.5", flag)).cases["called"].tolist() == [called]


@pytest.mark.parametrize("flag", ["y", "maybe", "1", "YY"])
def test_a_value_that_the_map_does_not_know_holds_its_row(read, flag):
    (held,) = read(scored("0.5", flag)).held

    assert (held.column, held.value) == ("Flag", flag)
    assert "add this value to the profile" in held.fix


@pytest.mark.parametrize(
    ("rule", "score", "called"), [(">=", "0.5", 1), (">", "0.5", 0), (">=", "0.4999", 0), (">", "0.51", 1)]
)
def test_the_flag_is_derived_from_the_threshold_where_the_file_has_none(read, rule, score, called):
    from surveillance.storage.outcome_log import load_profile, read_log

    profile = load_profile(
        'profile="p"\nversion=1\nfile="results"\n[constants]\nmodel="m"\nsite="s"\nversion="1"\n'
        '[columns]\ncase_id="Study"\nacquired_at="Time"\nscore="Score"\n'
        f'[threshold]\nvalue=0.5\nrule="{rule}"'
    )
    data = f"Study,Time,Score\nA1,2026-05-04T10:00:00Z,{score}\nA2,2026-05-04T10:00:00Z,".encode()
    called_column = read_log(data, "f.csv", profile).cases["called"]

    assert called_column[0] == called
    assert called_column.isna().tolist() == [False, True]


def test_numbers_become_bands_and_one_outside_holds_its_row(read):
    header, row = "Study,SW,Time,Score,Flag,Age", "A{0},3.2,2026-05-04T10:00:00Z,0.5,N,{1}"
    ages = ["0", "39", "40", "74.5", "120", "121", "-1", "old", ""]
    parsed = read(
        *[row.format(i, age) for i, age in enumerate(ages)],
        header=header, columns='age_band = "Age"', tables="[bands]\nage_band = [0, 40, 75, 120]",
    )  # fmt: skip

    assert parsed.cases["age_band"].tolist() == ["0-39", "0-39", "40-74", "40-74", "75+", None]
    assert [held.value for held in parsed.held] == ["121", "-1", "old"]


def test_aliases_prefix_missing_texts_and_further_groups(read):
    parsed = read(
        "A1,v3,2026-05-04T10:00:00Z,NA,N,7,8ch,-", "NA,4,2026-05-04T10:00:00Z,0.5,Y,-,,-",
        header="Study,SW,Time,Score,Flag,Room,Coil,Bolus", columns='scanner = "Room"', top='missing = ["NA", "-"]',
        tables='[aliases.version]\nv3 = "3.0"\n[prefix]\nscanner = "Room "\n[groups]\ncoil = "Coil"\nbolus = "Bolus"',
    )  # fmt: skip

    assert parsed.held == ()
    assert parsed.cases["case_id"].tolist() == ["A1", "NA"]  # an identifier is never taken for "not given"
    assert parsed.cases["version"].tolist() == ["3.0", "4"]
    assert parsed.cases["scanner"].tolist() == ["Room 7", None]
    assert json.loads(parsed.cases["groups"][0]) == {"coil": "8ch"}
    assert parsed.cases["groups"][1] is None


def test_fractions_under_a_scale_to_a_hundred_are_read_as_said_and_doubted_aloud(read):
    parsed = read(scored("0.9"), scored("0.2").replace("A1", "A2"), tables="[score]\nto = 100")

    assert parsed.cases["score"].tolist() == [0.009, 0.002]
    assert "check the scale" in parsed.notes[0]
