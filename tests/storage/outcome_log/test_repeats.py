"""What a file says twice counts once; what it says twice and differently is told."""


def case(study: str = "A1", score: str = "0.25", version: str = "3.2") -> str:
    return f"{study},{version},2026-05-04T10:00:00Z,{score},N"


def known(study: str, truth: str, at: str = "2026-05-06", source: str = "report") -> str:
    return f"{study},3.2,2026-05-04T10:00:00Z,0.25,N,{truth},{at}T10:00:00Z,{source}"


TRUTHS = {
    "header": "Study,SW,Time,Score,Flag,Truth,Known,Source",
    "columns": 'truth = "Truth"\ntruth_recorded_at = "Known"\ntruth_source = "Source"',
}


def test_a_row_that_stands_twice_counts_once_and_is_counted(read):
    parsed = read(case(), case("A2"), case())

    assert parsed.cases["line"].tolist() == [2, 3]
    assert (parsed.merged, parsed.rows_accepted) == (1, 3)
    assert "left out: 1" in parsed.notes[0]


def test_a_second_read_by_the_same_version_is_noted_and_both_reads_are_kept(read):
    parsed = read(case(score="0.2"), case(score="0.3"), case("A2"))

    assert parsed.cases["score"].tolist() == [0.2, 0.3, 0.25]
    assert parsed.held == ()
    assert parsed.notes == (
        "Rows that read a study again with the same version (it counts once, by its first result): 2.",
    )


def test_two_versions_reading_one_study_are_no_repeat(read):
    parsed = read(case(), case(version="3.3"))

    assert (len(parsed.cases), parsed.merged, parsed.notes) == (2, 0, ())


def test_truths_that_contradict_each_other_are_both_kept_and_told_with_their_lines(read):
    parsed = read(known("A1", "1"), known("A2", "0"), known("A1", "0"), **TRUTHS)

    assert parsed.held == ()
    assert parsed.outcomes[["line", "truth"]].to_numpy().tolist() == [[2, 1], [3, 0], [4, 0]]
    (note,) = (said for said in parsed.notes if "contradict" in said)
    assert "2 (2, 4). None of them counts" in note
    assert parsed.cases["case_id"].tolist() == ["A1", "A2"]


def test_a_later_truth_or_one_from_another_source_is_no_contradiction(read):
    parsed = read(
        known("A1", "1"), known("A1", "0", at="2026-05-09"), known("A1", "0", source="adjudication"), **TRUTHS
    )

    assert parsed.held == ()
    assert parsed.outcomes["truth"].tolist() == [1, 0, 0]
    assert len(parsed.cases) == 1


def test_a_truth_told_twice_counts_once(read):
    parsed = read(known("A1", "1"), known("A1", "1").replace("3.2", "3.3"), **TRUTHS)

    assert (len(parsed.cases), len(parsed.outcomes)) == (2, 1)


def test_the_same_bytes_give_the_same_hash_and_the_same_rows(read):
    first, second = read(case(), case("A2")), read(case(), case("A2"))

    assert first.sha256 == second.sha256
    assert first.cases.equals(second.cases)
    assert first.sha256 != read(case(), case("A3")).sha256


def test_truths_without_a_source_contradict_each_other_too(read):
    parsed = read(known("A1", "1", source=""), known("A1", "0", source=""), **TRUTHS)

    assert (parsed.rows_held, len(parsed.outcomes)) == (2, 0)
