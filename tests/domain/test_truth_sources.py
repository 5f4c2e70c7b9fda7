"""Each reference standard by itself: counted on the complete window, apart where the plan leaves it out."""

import numpy as np
import pytest

from surveillance.domain.evaluation import evaluate_weeks
from surveillance.errors import NotEstimable
from tests.domain.small_log import Study, log, plan, week

TRUTH = {"flagged": ["adjudication", "report"], "unflagged": ["audit"], "audit_fraction_unflagged": 0.5}


def studies():
    """Return four weeks: adjudicated flags, an audit of every second unflagged study, and a report for each."""
    made = []
    for number in range(80):
        day, called, truth = number * 0.35, int(number % 4 == 0), int(number % 8 == 0 or number % 16 == 1)
        audited = bool(called or number % 2)
        truths = [(day + 1, truth, "report")]
        if called and number % 8 == 4:
            truths.append((day + 2, 1 - truth, "adjudication"))  # the adjudication overrules the report
        if not called and audited:
            truths.append((day + 3, truth, "audit"))
        if number == 17:
            truths.append((day + 4, 0, "audit"))
        made.append(Study(day, called, truths, 0.9 if called else 0.1, audited=audited, fraction=0.5))
    return made


def sources(weeks=9, **truth):
    made = plan(truth=TRUTH | truth)
    (evaluation,) = evaluate_weeks(made, log(studies()), [week(weeks)])
    return {counts.source: counts for counts in evaluation.sources}


def by_hand(source, called, value):
    """Count one cell from the studies, read aloud: the newest truth of that source."""
    newest = [(s.called, [v for _, v, by in s.truths if by == source]) for s in studies()]
    return sum(flag == called and bool(values) and values[-1] == value for flag, values in newest)


@pytest.mark.parametrize("source", ["report", "adjudication", "audit"])
def test_the_counts_of_each_source_are_those_of_its_own_newest_truths(source):
    counts = sources()[source]

    assert (counts.true_flags, counts.false_flags) == (by_hand(source, 1, 1), by_hand(source, 1, 0))
    assert (counts.missed, counts.true_negatives) == (by_hand(source, 0, 1), by_hand(source, 0, 0))
    assert (counts.flagged, counts.unflagged) == (20, 60)
    assert (counts.first_week, counts.last_week) == (week(0).number, week(9).number)


def test_sources_say_what_the_plan_takes_from_them_and_which_decided():
    found = sources()

    assert {name: counts.counts_for for name, counts in found.items()} == {
        "report": ("flagged",),
        "adjudication": ("flagged",),
        "audit": ("unflagged",),
    }
    assert (found["adjudication"].deciding, found["report"].deciding) == (10, 10)
    assert found["audit"].deciding == 40


def test_a_source_outside_the_composition_is_counted_apart_and_decides_nothing():
    outside = sources(flagged=["adjudication"])["report"]

    assert outside.counts_for == ()
    assert outside.deciding == 0
    assert outside.true_flags + outside.false_flags == outside.flagged > 0


def test_a_source_that_saw_flagged_studies_only_gives_no_sensitivity():
    with pytest.raises(NotEstimable, match="got 0 unflagged"):
        _ = sources()["adjudication"].figures


def test_a_report_for_every_study_needs_no_correction():
    figures = sources()["report"].figures

    assert figures.sensitivity.value == pytest.approx(figures.naive_sensitivity.value)
    assert figures.specificity.value == pytest.approx(figures.naive_specificity.value)


def test_what_was_recorded_later_is_not_in_an_earlier_evaluation():
    made, studied = plan(truth=TRUTH), log(studies())
    course = list(evaluate_weeks(made, studied, [week(i) for i in range(10)]))

    for evaluation in course:
        (alone,) = evaluate_weeks(made, studied, [evaluation.week])
        assert alone.sources == evaluation.sources
    seen = [sum(c.missed + c.true_negatives for c in e.sources if c.source == "audit") for e in course]
    assert np.all(np.diff(seen) >= 0)
    assert seen[0] < seen[-1]
