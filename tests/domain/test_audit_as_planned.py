"""Charts are designed for the plan's audit: a log audited otherwise is a fact, not a silent bias."""

import pytest

from surveillance.domain.evaluation import evaluate_weeks
from tests.domain.small_log import Study, log, plan, week

AUDITED = {"audit_fraction_unflagged": 0.10}


def quarter(every):
    """Return 13 weeks of 100 unflagged studies, of which every n-th was drawn for audit."""
    return [Study(i * 0.07, 0, audited=i % every == 0, fraction=1 / every) for i in range(1300)]


def told(every):
    made = plan(truth=AUDITED, top={"expected_per_week": {"studies": 100, "prevalence": 0.08}})
    course = evaluate_weeks(made, log(quarter(every)), [week(i) for i in range(13)])
    return [fact for evaluation in course for fact in evaluation.facts if fact.condition == "audit differs"]


def test_an_audit_as_planned_is_no_fact():
    assert told(10) == []


@pytest.mark.parametrize(("every", "share"), [(5, "20\u00a0%"), (20, "5\u00a0%")])
def test_twice_or_half_the_planned_audit_is_a_fact_once_a_quarter(every, share):
    (fact,) = told(every)

    assert f"were drawn for audit, {share}; the plan says 10\u00a0%" in fact.text
    assert fact.week == week(12)
