"""An evaluation depends on plan, log and moment alone: not on what was computed before, nor on the future."""

from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from surveillance.domain.evaluation import evaluate, evaluate_weeks
from surveillance.domain.points import Points
from surveillance.domain.weeks import Week
from surveillance.synthetic import SCENARIOS, case_log, generate
from tests.domain.small_log import content, plan

START = date(2026, 1, 5)
STUDY_COLUMNS = (
    *("case_id", "acquired_at", "result_at", "status", "score", "called"),
    *("audit_selected", "sampling_fraction", "patient"),
)
OUTCOME_COLUMNS = ("outcome_case", "outcome_recorded_at", "outcome_truth", "outcome_source")
SECOND = timedelta(seconds=1)
WEEKS = 40
SEEN = (1, 7, 12, 25, 33, 39)


@pytest.fixture(scope="module", params=["ich-sensitivity-decay-audit", "ich-prevalence-fall-report"])
def story(request):
    """Return a plan whose baseline is met half-way, and 40 weeks with corrections, repeats and failures."""
    scenario = SCENARIOS[request.param]
    log = case_log(generate(scenario, seed=3, weeks=WEEKS, start=START), scenario.sites[0])
    flagged, unflagged = scenario.truth_sources
    truth = {"flagged": [*flagged, "follow_up"], "unflagged": unflagged}
    truth["audit_fraction_unflagged"] = scenario.audit_fraction
    baseline = content()["baseline"] | {"from": START, "to": date(2026, 7, 5)} | {"minimum_positives": 200}
    return plan(truth=truth, top={"baseline": baseline}), corrected(log)


def corrected(log):
    """Return the log with one flagged truth in ten turned round some weeks later."""
    rng = np.random.default_rng(1)
    some = np.flatnonzero((log.called[log.outcome_case] == 1) & (rng.random(len(log.outcome_case)) < 0.1))
    later = log.outcome_recorded_at[some] + rng.integers(1, 90 * 86_400_000_000, len(some))
    return replace(
        log,
        outcome_case=np.concatenate((log.outcome_case, log.outcome_case[some])),
        outcome_recorded_at=np.concatenate((log.outcome_recorded_at, later)),
        outcome_truth=np.concatenate((log.outcome_truth, np.where(log.outcome_truth[some] == 1, 0, 1).astype(np.int8))),
        outcome_source=np.concatenate((log.outcome_source, log.outcome_source[some])),
    )


def same(one, other):
    """Compare two evaluations field by field: counts, verdicts and signals exactly, floats to 1e-12."""
    for field in fields(Points):
        a, b = getattr(one.points, field.name), getattr(other.points, field.name)
        if isinstance(a, np.ndarray) and a.dtype.kind == "f":
            np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12, equal_nan=True, err_msg=field.name)
        else:
            np.testing.assert_array_equal(a, b, err_msg=field.name)
    np.testing.assert_array_equal(one.touched, other.touched)
    for a, b in zip(one.charts, other.charts, strict=True):
        np.testing.assert_array_equal(a.statistic, b.statistic)
        np.testing.assert_array_equal(a.peak, b.peak)
        assert (a.key, a.design, a.signals, a.complete_to, a.waiting) == (
            b.key,
            b.design,
            b.signals,
            b.complete_to,
            b.waiting,
        )
    for name in ("plan", "as_of", "week", "verdicts", "facts", "coverage", "baseline"):
        assert getattr(one, name) == getattr(other, name), name
    assert (one.reliability is None) == (other.reliability is None)
    if one.reliability is not None:
        np.testing.assert_allclose(one.reliability.now.observed, other.reliability.now.observed, rtol=1e-12)


def weekly(plan, log, indices):
    """Return the evaluations of weeks counted from the start."""
    return list(evaluate_weeks(plan, log, [Week(Week.of(START).number + index) for index in indices]))


def running(before, now):
    """Yield each chart a week ago and now; one that waited then has begun under other keys."""
    earlier = {path.key: path for path in before.charts}
    return [(earlier[path.key], path) for path in now.charts if path.key in earlier]


def cut(log, as_of):
    """Return the log without anything acquired or recorded at or after a moment."""
    n = int(np.searchsorted(log.acquired_at, as_of))
    kept = (log.outcome_recorded_at < as_of) & (log.outcome_case < n)
    return replace(
        log,
        **{name: getattr(log, name)[:n] for name in STUDY_COLUMNS},
        **{name: getattr(log, name)[kept] for name in OUTCOME_COLUMNS},
        groups={name: column[:n] for name, column in log.groups.items()},
    )


def test_a_week_alone_says_what_it_says_in_the_course_of_weeks(story):
    plan, log = story
    course = weekly(plan, log, range(WEEKS))

    assert {evaluation.baseline.met for evaluation in course} == {False, True}
    assert any(path.signals for path in course[-1].charts)
    for index in SEEN:
        same(evaluate(plan, log, course[index].week.end(plan.zone)), course[index])


def test_any_moment_of_the_following_week_gives_the_same_answer(story):
    plan, log = story
    (there,) = weekly(plan, log, [20])

    same(evaluate(plan, log, Week(there.week.number + 1).end(plan.zone).replace(microsecond=0) - SECOND), there)


def test_what_happens_later_changes_nothing(story):
    plan, log = story
    for evaluation in weekly(plan, log, SEEN):
        same(evaluate(plan, cut(log, evaluation.as_of), evaluation.week.end(plan.zone)), evaluation)


def test_cells_that_are_not_touched_are_those_of_a_week_ago(story):
    plan, log = story
    course = weekly(plan, log, range(WEEKS))
    spared = 0
    for before, now in pairwise(course):
        weeks = before.points.weeks
        same_cells = ~now.touched[:, :weeks]
        spared += int(same_cells.sum())
        for name in ("value", "low", "high", "n", "events", "verdict", "mature", "restated"):
            a, b = getattr(before.points, name)[:, same_cells], getattr(now.points, name)[:, :, :weeks][:, same_cells]
            np.testing.assert_allclose(a.astype(float), b.astype(float), rtol=1e-12, equal_nan=True, err_msg=name)
    assert spared > 500


def test_a_line_differs_from_a_week_ago_only_from_the_week_it_names(story):
    plan, log = story
    course = weekly(plan, log, range(WEEKS))
    for before, now in pairwise(course):
        for a, b in running(before, now):
            upto = min(b.changed_from, len(a.statistic))
            np.testing.assert_array_equal(a.statistic[:upto], b.statistic[:upto])
            np.testing.assert_array_equal(a.peak[:upto], b.peak[:upto])


def test_a_signal_once_given_stays_unless_a_correction_or_a_new_baseline_replays_the_chart(story):
    plan, log = story
    course = weekly(plan, log, range(WEEKS))
    for before, now in pairwise(course):
        for a, b in running(before, now):
            if b.changed_from > 0:
                assert b.signals[: len(a.signals)] == a.signals


def test_the_order_of_the_outcome_rows_plays_no_part(story):
    plan, log = story
    shuffled = np.random.default_rng(2).permutation(len(log.outcome_case))
    other = replace(log, **{name: getattr(log, name)[shuffled] for name in OUTCOME_COLUMNS})
    (here,), (there,) = weekly(plan, log, [WEEKS - 1]), weekly(plan, other, [WEEKS - 1])

    same(here, there)
