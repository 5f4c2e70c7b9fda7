"""Each rule of a row holds the row that breaks it, says so, and leaves the others."""

import pytest

from surveillance.errors import FileRefused

HEADER = "Study,SW,Time,Score,Flag,Status,Truth,Known,Source,Fraction"
COLUMNS = """
status = "Status"
truth = "Truth"
truth_recorded_at = "Known"
truth_source = "Source"
sampling_fraction = "Fraction"
"""
GOOD = {
    "Study": "A1", "SW": "3.2", "Time": "2026-05-04T10:00:00Z", "Score": "0.25", "Flag": "N", "Status": "processed",
    "Truth": "0", "Known": "2026-05-06T10:00:00Z", "Source": "report", "Fraction": "0.1",
}  # fmt: skip


def row(**changed: str) -> str:
    return ",".join({**GOOD, **changed}.values())


@pytest.fixture
def held(read):
    def held_of(**changed: str) -> list[tuple[int, str, str]]:
        parsed = read(row(Study="A0"), row(**changed), row(Study="A2"), header=HEADER, columns=COLUMNS)
        assert len(parsed.cases) == (2 if parsed.held else 3)
        assert parsed.rows_accepted + parsed.rows_held == parsed.rows == 3
        return [(fault.line, fault.column, fault.rule) for fault in parsed.held]

    return held_of


def test_a_good_row_is_accepted_with_its_truth(read):
    parsed = read(row(), header=HEADER, columns=COLUMNS)

    (case,), (outcome,) = parsed.cases.to_dict("records"), parsed.outcomes.to_dict("records")
    assert (case["line"], case["status"], case["score"], case["called"]) == (2, "processed", 0.25, 0)
    assert (outcome["line"], outcome["truth"], outcome["truth_source"]) == (2, 0, "report")
    assert outcome["recorded_at"] - case["acquired_at"] == 2 * 86_400_000_000


@pytest.mark.parametrize(
    ("changed", "column", "rule"),
    [
        ({"SW": ""}, "SW", "version must be given"),
        ({"SW": "  "}, "SW", "version must be given"),
        ({"Study": ""}, "Study", "case_id must be given"),
        ({"Time": ""}, "Time", "acquired_at must be given"),
        ({"Score": "1.5"}, "Score", "a score must lie in 0 to 1 after the profile's scale"),
        ({"Fraction": "0"}, "Fraction", "a sampling fraction must be above 0 and at most 1"),
        ({"Fraction": "1.1"}, "Fraction", "a sampling fraction must be above 0 and at most 1"),
        ({"Status": "failed"}, "Status", "a study that the AI did not process has no score and no flag"),
        ({"Status": "failed", "Flag": ""}, "Status", "a study that the AI did not process has no score and no flag"),
        ({"Status": "not_sent", "Score": ""}, "Status", "a study that the AI did not process has no score and no flag"),
        ({"Known": ""}, "Known", "a truth must say when it was recorded"),
        ({"Source": ""}, "Source", "a truth must say how it was found"),
        ({"Known": "2026-05-04T09:59:59Z"}, "Known", "a truth cannot be recorded before the study"),
    ],
)  # fmt: skip
def test_a_broken_rule_holds_its_row(held, changed, column, rule):
    assert held(**changed) == [(3, column, rule)]


@pytest.mark.parametrize(
    "changed",
    [
        {"Status": "failed", "Score": "", "Flag": ""},
        {"Status": "not_sent", "Score": "", "Flag": "", "Truth": "", "Known": ""},
        {"Truth": "", "Known": ""},
        {"Truth": "indeterminate"},
        {"Known": "2026-05-04T10:00:00Z"},
        {"Status": ""},
        {"Fraction": "1"},
    ],
)
def test_what_breaks_no_rule_is_accepted(held, changed):
    assert held(**changed) == []


def test_unknown_status_truth_and_source_hold_their_row(held):
    for changed in ({"Status": "done"}, {"Truth": "positive"}, {"Source": "rumour"}):
        ((line, column, rule),) = held(**changed)
        assert (line, column) == (3, next(iter(changed)))
        assert rule.startswith("a value must be one that the profile knows")


def test_all_faults_of_a_row_are_told_and_the_row_counts_once(read):
    parsed = read(row(SW="", Score="7", Status="done"), header=HEADER, columns=COLUMNS)

    assert {fault.column for fault in parsed.held} == {"SW", "Score", "Status"}
    assert (parsed.rows, parsed.rows_held, parsed.rows_accepted) == (1, 1, 0)
    assert {fault.raw for fault in parsed.held} == {row(SW="", Score="7", Status="done")}


def test_an_empty_truth_gives_only_a_case_and_an_indeterminate_one_is_kept_as_such(read):
    parsed = read(
        row(Study="A0", Truth="", Known=""), row(Study="A1", Truth="indeterminate"), header=HEADER, columns=COLUMNS
    )

    assert parsed.cases["case_id"].tolist() == ["A0", "A1"]
    assert parsed.outcomes[["case_id", "truth"]].to_numpy().tolist() == [["A1", 2]]


def test_a_lag_dates_the_truths_of_a_file_that_has_no_date_for_them(read):
    parsed = read(
        "A1,3.2,2026-05-04T10:00:00Z,0.25,N,1,report", header="Study,SW,Time,Score,Flag,Dead,By",
        columns='truth = "Dead"\ntruth_source = "By"', tables="[outcome]\nlag_days = 30",
    )  # fmt: skip

    assert (parsed.outcomes["recorded_at"] - parsed.cases["acquired_at"]).tolist() == [30 * 86_400_000_000]
    assert any("30 days after its study" in note for note in parsed.notes)


def test_a_line_with_the_wrong_number_of_fields_is_held_and_its_neighbours_do_not_shift(read):
    parsed = read("A1,3.2,2026-05-04T10:00:00Z,0.25,N,EXTRA", "A2,3.2,2026-05-04T10:00:00Z,0.75,N", "A3,3.2")

    assert [(fault.line, fault.rule, fault.value) for fault in parsed.held] == [
        (2, "a line must have 5 fields, as the header has", "6 fields"),
        (4, "a line must have 5 fields, as the header has", "2 fields"),
    ]
    assert parsed.cases[["line", "case_id", "score"]].to_numpy().tolist() == [[3, "A2", 0.75]]


def test_blank_lines_are_no_rows(read):
    parsed = read("", "A1,3.2,2026-05-04T10:00:00Z,0.25,N", ",,,,", "  ", "")

    assert (parsed.rows, parsed.held, parsed.cases["line"].tolist()) == (1, (), [3])


def test_the_share_of_held_rows_proposes_to_hold_all(read):
    good = [row(Study=f"A{i}") for i in range(98)]

    def proposes(bad: int) -> bool:
        lines = good + [row(Study=f"B{i}", SW="") for i in range(bad)]
        return read(*lines, header=HEADER, columns=COLUMNS).propose_holding_all

    assert (proposes(2), proposes(3)) == (False, True)  # 2 of 100 is not above the default 0.02


def test_unread_columns_are_dropped_and_named_and_do_not_reach_the_held_lines(read):
    parsed = read("A1,3.2,2026-05-04T10:00:00Z,9,N,secret", header="Study,SW,Time,Score,Flag,Comment")

    assert parsed.columns_dropped == ("Comment",)
    assert parsed.held[0].raw == "A1,3.2,2026-05-04T10:00:00Z,9,N,"
    shifted = read("A1,3.2,2026-05-04T10:00:00Z,9,N,secret,x", header="Study,SW,Time,Score,Flag,Comment")
    assert shifted.held[0].raw == ""


def test_a_long_file_of_misfits_is_refused_whole(read):
    with pytest.raises(FileRefused, match="Line 2 has 6 fields and the header 5"):
        read(*["A1,3.2,2026-05-04T10:00:00Z,0,25,N"] * 1_001)


def test_a_held_record_of_several_lines_keeps_all_of_them(read):
    parsed = read('"A\n1",3.2,soon,0.25,N,"x\ny"', header="Study,SW,Time,Score,Flag,Comment")

    assert parsed.held[0].raw == '"A\n1",3.2,soon,0.25,N,'
