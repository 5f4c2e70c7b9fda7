"""Which column is which: by the names that exports use and by what stands in them; two alike are a person's choice."""

import pytest

from surveillance.storage.outcome_log.column_meanings import COLUMNS
from surveillance.storage.outcome_log.guessing.column_candidates import guess_columns
from surveillance.storage.outcome_log.guessing.column_facts import facts_of
from surveillance.storage.outcome_log.guessing.field_names import FIELD_NAMES, named_like
from surveillance.storage.outcome_log.guessing.side_by_side import side_by_side

EVERY = tuple(column.name for column in COLUMNS)
IDS = [f"S{n}" for n in range(20)]
SCORES = [f"{n / 20:.2f}" for n in range(20)]
WORDS = ["Positive", "Negative"] * 10


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("Suspicion%", "score"), ("AI score", "score"), ("Confidence", "score"), ("Flag", "called"), ("Alert", "called"),
     ("SWVersion", "version"), ("AlgorithmVersion", "version"), ("ScanTime", "acquired_at"),
     ("Exam Date", "acquired_at"),
     ("Hospital", "site"), ("Location", "site"), ("Final diagnosis", "truth"), ("Report outcome", "truth"),
     ("Diagnosis date", "truth_recorded_at"), ("Verified", "truth_recorded_at"), ("Accession", "case_id"),
     ("StudyUID", "case_id"), ("StudyRef", "case_id"), ("Exam No", "case_id")],
)  # fmt: skip
def test_a_name_of_the_trade_points_to_one_column(theirs, ours):
    assert named_like(theirs, ours) == max(named_like(theirs, other) for other in EVERY)
    assert named_like(theirs, ours) == 1.0


def test_every_column_of_the_log_has_names():
    assert set(FIELD_NAMES) == set(EVERY)


def test_two_columns_as_likely_leave_the_choice_to_a_person():
    facts = facts_of({"Study": IDS, "Score": SCORES, "AI Score": SCORES[::-1]})
    guess = guess_columns(facts, EVERY)["score"]
    assert guess.proposed is None
    assert {one.theirs for one in guess.candidates} == {"Score", "AI Score"}


def test_no_column_is_proposed_twice():
    facts = facts_of({"Study": IDS, "Result": WORDS, "Report Result": WORDS, "Score": SCORES})
    guesses = guess_columns(facts, EVERY)
    proposed = [one.proposed for one in guesses.values() if one.proposed]
    assert len(proposed) == len(set(proposed))
    assert (guesses["called"].proposed, guesses["truth"].proposed) == ("Result", "Report Result")


@pytest.mark.parametrize("cells", [["0.1", "n/a"] * 10, ["high", "low"] * 10, ["01/02/2026"] * 20])
def test_a_column_called_score_is_none_unless_numbers_stand_in_it(cells):
    guess = guess_columns(facts_of({"Study": IDS, "Score": cells}), EVERY)["score"]
    assert guess.proposed == ("Score" if cells[0] == "0.1" else "")


def test_running_text_is_no_confirmed_finding():
    texts = [f"Report number {n}: no acute bleed, follow up in {n} weeks" for n in range(60)]
    guess = guess_columns(facts_of({"Study": IDS * 3, "Report": texts}), EVERY)["truth"]
    assert guess.proposed == ""


def test_products_side_by_side_are_known_by_what_their_columns_share():
    facts = facts_of({"Study": IDS, "A1 Score": SCORES, "A1 Flag": WORDS, "B2 Score": SCORES, "B2 Flag": WORDS})
    assert side_by_side(facts) == {
        "A1": {"score": "A1 Score", "called": "A1 Flag"}, "B2": {"score": "B2 Score", "called": "B2 Flag"},
    }  # fmt: skip
    assert side_by_side(facts_of({"Study": IDS, "AI Score": SCORES, "AI Flag": WORDS})) == {}
