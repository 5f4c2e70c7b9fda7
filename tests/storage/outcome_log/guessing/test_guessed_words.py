"""What words mean: proposals only where one meaning fits; denials are never taken for findings."""

import pytest

from surveillance.storage.outcome_log.guessing.proposal import NOTHING
from surveillance.storage.outcome_log.guessing.score_direction import score_direction
from surveillance.storage.outcome_log.guessing.value_words import likely_word


@pytest.mark.parametrize(
    ("word", "meant"),
    [("ICH confirmed", "1"), ("Positive", "1"), ("acute SDH", "1"), ("no bleed", "0"), ("No ICH", "0"),
     ("Negative", "0"),
     ("Normal", "0"), ("not present", "0"), ("equivocal", "indeterminate"), ("?bleed", "indeterminate"),
     ("haemorrhage cannot be excluded", "indeterminate"), ("not excluded", "indeterminate"), ("awaited", NOTHING),
     ("not yet reported", NOTHING), ("bleed, no midline shift", None), ("see report", None), ("NAD", None)],
)  # fmt: skip
def test_a_finding_in_words(word, meant):
    assert likely_word("truth", word) == meant


@pytest.mark.parametrize(
    ("column", "word", "meant"),
    [("called", "Y", "1"), ("called", "not flagged", "0"), ("called", "high", None),
     ("status", "COMPLETED", "processed"),
     ("status", "Timed out", "failed"), ("status", "not processed", "not_sent"),
     ("truth_source", "Radiology report", "report"),
     ("truth_source", "Dr Smith", None), ("truth_source", "follow-up", "follow_up")],
)  # fmt: skip
def test_flags_states_and_sources(column, word, meant):
    assert likely_word(column, word) == meant


def test_low_scores_with_disease_are_told_and_noise_is_not():
    scores = [str(n) for n in range(40)]
    low = ["1" if n < 15 else "0" for n in range(40)]
    mixed = ["1" if n % 2 else "0" for n in range(40)]
    nothing = [None] * 40
    assert score_direction(scores, nothing, low).higher_means == "health"
    assert score_direction(scores, nothing, low[::-1]).higher_means == "disease"
    assert score_direction(scores, nothing, mixed).higher_means is None
    assert score_direction(scores, low[::-1], low).higher_means is None  # flags and findings contradict each other
    assert score_direction(scores, nothing, nothing).higher_means is None
