"""Every figure of every window against the readable definitions, on the log as it was known."""

import numpy as np
import pytest

from surveillance.domain.evaluation import evaluate_weeks
from surveillance.domain.measures import MEASURES
from surveillance.errors import NotEstimable
from tests.domain.plain_window import ORDER, Window
from tests.domain.small_log import Study, log, plan, week

LAST = 17


def random_log(seed, fraction):
    """Return 18 weeks of studies with doubtful, late, missing and corrected truths, failures and a partial audit."""
    rng = np.random.default_rng(seed)
    studies = []
    for day in np.sort(rng.uniform(0, 7 * (LAST + 1), 900)):
        truth = bool(rng.random() < 0.2)
        score = float(np.clip(np.round(1 / (1 + np.exp(-rng.normal(2.0 if truth else -2.0, 1.5))), 2), 0.01, 0.99))
        called = int(score >= 0.5)
        audited = bool(called or rng.random() < fraction)
        truths = []
        if audited and rng.random() < 0.9:
            value = int(rng.choice([truth, 2], p=[0.96, 0.04]))
            truths.append((float(day + rng.exponential(5 if called else 20)), value, "report"))
            if rng.random() < 0.2:
                source = "adjudication" if called else "audit"
                truths.append((truths[0][0] + rng.exponential(20), int(rng.random() < 0.3), source))
        status = "processed" if rng.random() < 0.95 else str(rng.choice(["failed", "not_sent"]))
        minutes = float(np.round(rng.lognormal(1.5, 0.7), 1))
        known = fraction if rng.random() < 0.5 else float("nan")
        studies.append(Study(float(day), called, truths, score, status, audited, known, minutes=minutes))
    return studies


def audited_plan(fraction):
    """Return the bleed plan for a log with that audit fraction, provisional throughout."""
    truth = {"flagged": ORDER[1], "unflagged": ORDER[0], "audit_fraction_unflagged": fraction}
    made = plan(truth=truth)
    never = made.baseline.model_dump(by_alias=True) | {"minimum_positives": 10_000}
    return plan(truth=truth, top={"baseline": never})


@pytest.mark.parametrize("fraction", [1.0, 0.3], ids=["fully verified", "audited"])
@pytest.mark.parametrize("seed", range(2))
def test_every_measure_on_every_window_is_its_definition_on_the_log_as_it_was_known(seed, fraction):
    studies = random_log(seed, fraction)
    made = audited_plan(fraction)
    checked, without = {name: 0 for name, measure in MEASURES.items() if measure.available(made)}, 0
    for evaluation in evaluate_weeks(made, log(studies), [week(i) for i in (3, 4, 11, LAST)]):
        now = evaluation.week.number - week(0).number
        for window in made.weeks:
            for last in range(now + 1):
                there = Window(studies, max(0, last + 1 - window), last, now, fraction)
                for name in MEASURES:
                    point = evaluation.points.at(name, window, last)
                    try:
                        value, low, high = there.definition(name)
                    except NotEstimable:
                        assert isinstance(point.estimate, NotEstimable)
                        without += 1
                        continue
                    assert point.value == pytest.approx(value, rel=1e-9, abs=1e-9), (name, window, last)
                    assert (point.low, point.high) == (
                        (None, None) if low is None else pytest.approx((low, high), rel=1e-9, abs=1e-9)
                    ), (name, window, last)
                    checked[name] += 1
    assert min(checked.values()) > 40


def test_every_figure_gives_its_own_counts():
    studies = random_log(0, 1.0)
    (evaluation,) = evaluate_weeks(audited_plan(1.0), log(studies), [week(LAST)])
    there = Window(studies, LAST - 12, LAST, LAST, 1.0)

    def counts(name):
        point = evaluation.points.at(name, 13, LAST)
        return point.events, point.n

    positives = int(there.truth.sum())
    assert counts("sensitivity") == (there.cell(True, True), positives)
    assert counts("specificity") == (there.cell(False, False), len(there.truth) - positives)
    assert counts("auroc") == counts("calibration_slope") == (positives, len(there.truth))
    assert counts("failed_share") == (len(there.studies) - len(there.processed), len(there.studies))
    assert counts("turnaround_median")[1] == len(there.processed)


def test_a_window_without_studies_says_so_and_the_next_one_goes_on():
    studies = [Study(day, 1, [(day + 1, 1, "report")], 0.9) for day in (0, 1, 21)]
    (evaluation,) = evaluate_weeks(audited_plan(1.0), log(studies), [week(3)])

    empty, full = evaluation.points.at("sensitivity", 1, 1), evaluation.points.at("sensitivity", 1, 3)
    assert isinstance(empty.estimate, NotEstimable)
    assert "needs confirmed positives, got 0" in str(empty.estimate)
    assert full.value == 1.0


def test_a_late_truth_that_counts_restates_its_week_and_one_that_no_figure_uses_does_not():
    known = [Study(0.5 + i * 0.1, 1, [(1, 1, "report")], 0.9) for i in range(9)]
    counts = Study(2, 1, [(9, 1, "report")], 0.9)
    failed = Study(2, 1, [(9, 1, "report")], 0.9, status="failed")
    unsampled = Study(2, 0, [(9, 1, "report")], 0.1, audited=False)
    made = audited_plan(0.3)

    def restated(study):
        (evaluation,) = evaluate_weeks(made, log([*known, study]), [week(1)])
        return evaluation.points.at("auroc", 1, 0).restated, bool(evaluation.touched[0, 0])

    assert restated(counts) == (True, True)
    assert restated(failed) == restated(unsampled) == (False, False)
