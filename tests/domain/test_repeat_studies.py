"""Ranges of windows in which patients repeat, against the readable definitions on the log as it was known."""

import numpy as np
import pytest

from surveillance import metrics
from surveillance.domain.evaluation import evaluate, evaluate_weeks
from surveillance.domain.repeat_studies import pairs_in_windows
from surveillance.errors import NotEstimable
from tests.domain.plain_window import ORDER, Window
from tests.domain.small_log import Study, log, plan, week

LAST = 15


def repeated_log(seed, fraction, patients=70):
    """Return 16 weeks of studies of few patients, whose truths and scores go together; some patients unknown."""
    rng = np.random.default_rng(seed)
    leaning = rng.normal(size=patients)
    studies = []
    for day in np.sort(rng.uniform(0, 7 * (LAST + 1), 500)):
        patient = int(rng.integers(-10, patients))
        own = leaning[patient] if patient >= 0 else rng.normal()
        truth = bool(rng.normal() + own > 0.9)
        score = float(np.clip(np.round(1 / (1 + np.exp(-(3 * truth - 1.5 + own + rng.normal()))), 2), 0.01, 0.99))
        called = int(score >= 0.5)
        audited = bool(called or rng.random() < fraction)
        truths = [(float(day + rng.exponential(8)), int(truth), "report")] if audited and rng.random() < 0.9 else []
        status = "processed" if rng.random() < 0.9 else "failed"
        studies.append(Study(float(day), called, truths, score, status, audited, patient=max(patient, -1)))
    return studies


def judged(fraction=1.0):
    truth = {"flagged": ORDER[1], "unflagged": ORDER[0], "audit_fraction_unflagged": fraction}
    made = plan(truth=truth)
    return plan(truth=truth, top={"baseline": made.baseline.model_dump(by_alias=True) | {"minimum_positives": 10_000}})


def patients_of(studies):
    """Number the patients; a study without a pseudonym is a patient of its own."""
    return np.array([s.patient if s.patient >= 0 else 10_000 + place for place, s in enumerate(studies)])


def definition(there, name):
    """Return a measure by its definition over one window, clustered by patient."""
    settled = patients_of([s for s, _ in there.settled])
    if name == "auroc":
        return metrics.auroc_clustered(there.truth, there.score, settled)
    if name == "flag_rate":
        called = [s.called == 1 for s in there.processed]
        return metrics.clustered_proportion(called, patients_of(there.processed))
    if name in ("failed_share", "processed_share"):
        wanted = name == "processed_share"
        done = [(s.status == "processed") == wanted for s in there.studies]
        return metrics.clustered_proportion(done, patients_of(there.studies))
    rows, success = {
        "sensitivity": (there.truth, there.called),
        "specificity": (~there.truth, ~there.called),
        "positive_predictive_value": (there.called, there.truth),
        "negative_predictive_value": (~there.called, ~there.truth),
        "prevalence": (np.ones(len(there.truth), dtype=bool), there.truth),
    }[name]
    return metrics.clustered_proportion(success[rows], settled[rows])


NAMES = (
    "auroc", "sensitivity", "specificity", "positive_predictive_value", "negative_predictive_value", "prevalence",
    "flag_rate", "failed_share", "processed_share",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_every_range_is_its_clustered_definition_on_the_log_as_it_was_known(seed):
    studies, made = repeated_log(seed, 1.0), judged()
    checked, wider = dict.fromkeys(NAMES, 0), 0
    for evaluation in evaluate_weeks(made, log(studies), [week(i) for i in (2, 3, 9, LAST)]):
        now = evaluation.week.number - week(0).number
        for window in made.weeks:
            for last in range(now + 1):
                there = Window(studies, max(0, last + 1 - window), last, now, 1.0)
                for name in NAMES:
                    point = evaluation.points.at(name, window, last)
                    try:
                        estimate = definition(there, name)
                    except NotEstimable:
                        assert isinstance(point.estimate, NotEstimable)
                        continue
                    if isinstance(estimate.interval, NotEstimable):
                        assert name == "auroc"
                        assert point.low is None
                        continue
                    assert (point.low, point.high) == pytest.approx((estimate.low, estimate.high), abs=1e-9), name
                    assert point.value == pytest.approx(estimate.value, abs=1e-12)
                    checked[name] += 1
                    plain = metrics.wilson(point.events, point.n) if name != "auroc" else (0.0, 1.0)
                    wider += bool(point.high - point.low > plain[1] - plain[0] + 1e-6)
    assert min(checked.values()) > 40
    assert wider > 300


@pytest.mark.parametrize("fraction", [1.0, 0.3])
def test_week_by_week_gives_what_each_week_alone_gives(fraction):
    studies, made = repeated_log(5, fraction), judged(fraction)

    for evaluation in evaluate_weeks(made, log(studies), [week(i) for i in range(1, LAST + 1, 2)]):
        alone = evaluate(made, log(studies), evaluation.week.end("UTC"))
        for name in ("low", "high"):
            carried, fresh = getattr(evaluation.points, name), getattr(alone.points, name)
            np.testing.assert_allclose(carried, fresh, rtol=0, atol=1e-12)
        assert np.array_equal(evaluation.points.verdict, alone.points.verdict)


@pytest.mark.parametrize("fraction", [1.0, 0.3])
def test_only_ranges_move_and_only_where_a_patient_repeats(fraction):
    studies, made = repeated_log(7, fraction), judged(fraction)
    names = [Study(s.day, s.called, s.truths, s.score, s.status, s.audited, patient=-1) for s in studies]
    once = [Study(s.day, s.called, s.truths, s.score, s.status, s.audited, patient=i) for i, s in enumerate(studies)]
    repeated, nameless, single = (
        evaluate(made, log(one), week(LAST).end("UTC")).points for one in (studies, names, once)
    )

    for name in ("value", "n", "events", "low", "high", "verdict"):
        assert np.array_equal(
            getattr(nameless, name), getattr(single, name), equal_nan=name in ("value", "low", "high")
        )
    assert np.array_equal(repeated.value, nameless.value, equal_nan=True)
    assert np.array_equal(repeated.events, nameless.events)
    moved = {name for name in made_names() if not same_range(repeated, nameless, name)}
    assert moved >= {"auroc", "sensitivity", "specificity", "flag_rate", "negative_predictive_value"}
    assert not moved & {"brier", "turnaround_median", "eligible", "missing_truths"}


def made_names():
    from surveillance.domain.points import NAMES as ALL

    return ALL


def same_range(one, other, name):
    row = made_names().index(name)
    return all(
        np.array_equal(getattr(one, end)[row], getattr(other, end)[row], equal_nan=True) for end in ("low", "high")
    )


def test_pairs_are_counted_in_every_window_that_holds_both():
    # One patient in weeks 0, 1 and 3 with successes 1 0 1; another in weeks 2 and 2 with 1 1. Windows of two weeks.
    week_of, patient = np.array([0, 1, 3, 2, 2]), np.array([0, 0, 0, 1, 1])
    success = np.array([True, False, True, True, True])

    neighbours, together, either, both = pairs_in_windows(week_of, patient, success, 2, 5)

    assert together.tolist() == [0, 1, 1, 1, 0]  # (0, 1) in the window ending in week 1; (2, 2) in weeks 2 and 3
    assert either.tolist() == [0, 1, 2, 2, 0]
    assert both.tolist() == [0, 0, 1, 1, 0]
    assert neighbours.tolist() == together.tolist()


def test_weeks_before_the_first_end_count_in_the_windows_that_reach_back_to_them():
    pairs = pairs_in_windows(np.array([-2, -1, 0]), np.array([4, 4, 4]), np.array([True, True, True]), 3, 3)

    assert pairs[1].tolist() == [3, 1, 0]


def test_three_studies_of_a_patient_are_three_pairs_and_two_neighbours():
    pairs = pairs_in_windows(np.array([0, 0, 0]), np.array([4, 4, 4]), np.array([True, True, False]), 1, 1)

    assert pairs[:, 0].tolist() == [2, 3, 4, 1]
