"""Verdicts: what a figure and its range mean against the plan, and when there is too little to say."""

import numpy as np
import pytest

from surveillance.domain.evaluation import evaluate
from surveillance.domain.measures import AUROC, CALIBRATION_SLOPE, SENSITIVITY, Columns
from surveillance.domain.plan_parts import Kpi
from surveillance.domain.points import VERDICTS
from surveillance.domain.thresholds import judge, needed
from surveillance.domain.verdict import Verdict, worst
from tests.domain.small_log import Study, log, plan, week


def verdict(value, low, high, n, *, events=None, better="higher", threshold=0.85, measure=SENSITIVITY):
    """Return the verdict on one figure."""
    columns = Columns(*(np.array([float(x)]) for x in (value, low, high)), np.array([n]), np.array([events or n]))
    kpi = Kpi(metric=measure.name, window=13, threshold=threshold, better=better)
    return VERDICTS[int(judge(measure, columns, kpi)[0])]


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, "not_estimable"), (4, "not_estimable"), (5, "watch"), (19, "watch"), (20, "breach"), (50, "breach")],
)
def test_the_gate_sits_on_the_denominator_under_five_five_to_nineteen_and_twenty(n, expected):
    assert verdict(0.5, 0.4, 0.6, n) is Verdict(expected)


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (0.90, 0.86, 0.93, "within"),
        (0.90, 0.80, 0.95, "within"),
        (0.84, 0.80, 0.88, "watch"),
        (0.80, 0.75, 0.8499, "breach"),
    ],
)
def test_breach_needs_the_whole_range_beyond_and_the_value_alone_is_watch(value, low, high, expected):
    assert verdict(value, low, high, 200) is Verdict(expected)


def test_a_threshold_from_above_is_read_the_other_way():
    assert verdict(0.05, 0.03, 0.07, 300, better="lower", threshold=0.08) is Verdict.WITHIN
    assert verdict(0.09, 0.07, 0.11, 300, better="lower", threshold=0.08) is Verdict.WATCH
    assert verdict(0.12, 0.10, 0.14, 300, better="lower", threshold=0.08) is Verdict.BREACH


def test_a_value_at_the_threshold_is_within():
    assert verdict(0.85, 0.80, 0.90, 200) is Verdict.WITHIN


def test_a_value_without_its_range_is_too_little_to_say():
    assert verdict(1.0, np.nan, np.nan, 200, events=100, measure=AUROC) is Verdict.NOT_ESTIMABLE


@pytest.mark.parametrize(
    ("events", "expected"), [(4, "not_estimable"), (996, "not_estimable"), (19, "watch"), (20, "breach")]
)
def test_the_gate_of_auroc_looks_at_the_smaller_class(events, expected):
    assert verdict(0.7, 0.6, 0.8, 1000, events=events, measure=AUROC) is Verdict(expected)


def test_what_is_missing_is_said_with_both_numbers():
    assert needed(AUROC, 100, 3) == "3 positives, 5 needed"
    assert needed(AUROC, 100, 98) == "2 negatives, 5 needed"
    assert needed(SENSITIVITY, 3, 2) == "3 positives, 5 needed"


def test_grey_is_not_green():
    assert worst((Verdict.WITHIN, Verdict.NOT_ESTIMABLE)) is Verdict.NOT_ESTIMABLE
    assert worst((Verdict.NOT_ESTIMABLE, Verdict.WATCH)) is Verdict.WATCH
    assert worst((Verdict.BREACH, Verdict.WATCH, Verdict.WITHIN)) is Verdict.BREACH
    assert worst(()) is Verdict.NOT_ESTIMABLE


def positives(flagged, missed, first=0.0):
    """Return confirmed positives of one week, some not flagged."""
    calls = [1] * flagged + [0] * missed
    return [Study(first + i * 0.05, call, [(first + i * 0.05 + 1, 1, "report")], 0.9) for i, call in enumerate(calls)]


def kpi_verdict(studies, index, *, threshold=0.85):
    """Return the sensitivity KPI on one week."""
    kpi = {"metric": "sensitivity", "window": 1, "threshold": threshold, "better": "higher"}
    evaluation = evaluate(plan(top={"kpi": [kpi]}), log(studies), week(index).end("UTC"))
    return evaluation.verdicts[0], evaluation


@pytest.mark.parametrize(
    ("flagged", "missed", "expected"),
    [(4, 0, "not_estimable"), (5, 14, "watch"), (5, 15, "breach"), (40, 10, "watch"), (60, 2, "within")],
)
def test_a_kpi_is_judged_on_the_positives_of_its_window(flagged, missed, expected):
    found, _ = kpi_verdict(positives(flagged, missed), 0)

    assert found.verdict is Verdict(expected)


def test_a_kpi_is_judged_on_its_newest_complete_window_not_on_the_newest():
    late = [Study(7.5, 0, [(30, 1, "report")]) for _ in range(30)]  # missed, but not known yet
    found, _ = kpi_verdict([*positives(60, 2), *late], 1)

    assert found.week == week(0).number
    assert found.verdict is Verdict.WITHIN


def test_a_kpi_without_a_complete_window_is_too_little_to_say():
    found, _ = kpi_verdict([Study(0.5, 1, [(30, 1, "report")])], 0)

    assert (found.week, found.verdict) == (None, Verdict.NOT_ESTIMABLE)


def test_a_breach_alone_raises_no_alarm_and_no_recommendation():
    rare = plan().model_dump(by_alias=True) | {"budget": {"alarms_per_year": 1e-6, "recommendations_per_year": 1e-7}}
    rare["kpi"] = [{"metric": "sensitivity", "window": 1, "threshold": 0.95, "better": "higher"}]
    evaluation = evaluate(type(plan()).model_validate(rare), log(positives(50, 12)), week(0).end("UTC"))

    assert evaluation.verdicts[0].verdict is Verdict.BREACH
    assert all(not path.signals for path in evaluation.charts)
    assert evaluation.facts == ()


@pytest.mark.parametrize(("positives", "expected"), [(59, "not_estimable"), (99, "not_estimable"), (100, "breach")])
def test_a_calibration_slope_is_judged_from_as_many_positives_as_its_own_page_asks_for(positives, expected):
    assert verdict(0.5, 0.4, 0.6, 2143, events=positives, measure=CALIBRATION_SLOPE) is Verdict(expected)
    if positives < 100:
        assert needed(CALIBRATION_SLOPE, 2143, positives) == f"{positives} positives, 100 needed"
