"""XmR against NHSRplotthedots 0.2.2: limits, rules, precedence and words, for every series of the reference."""

import numpy as np
import pytest

from surveillance.detectors import Word, XmR, xmr_reading
from surveillance.detectors.xmr_limits import LIMIT, SCREEN
from surveillance.detectors.xmr_rules import RUN, Rule

SERIES = ["common", "astro_high", "shift_down", "trend_up", "two_of_three", "two_opposite", "auroc_weekly"]
every_series = pytest.mark.parametrize("name", SERIES)
NAMES = {
    (Rule.BEYOND_LIMIT, 1): "Above UCL",
    (Rule.BEYOND_LIMIT, -1): "Below LCL",
    (Rule.TREND, 1): "7 Point Trend (Increasing)",
    (Rule.TREND, -1): "7 Point Trend (Decreasing)",
    (Rule.TWO_IN_THREE, 1): "2 in 3 Above CL",
    (Rule.TWO_IN_THREE, -1): "2 in 3 Below CL",
    (Rule.SHIFT, 1): "7 Points Above CL",
    (Rule.SHIFT, -1): "7 Points Below CL",
    (None, 0): "Common Cause",
}
WORDS = {
    "common_cause": Word.COMMON_CAUSE,
    "special_cause_improvement": Word.IMPROVEMENT,
    "special_cause_concern": Word.CONCERN,
    "special_cause_neutral_high": Word.HIGH,
    "special_cause_neutral_low": Word.LOW,
}


@pytest.fixture
def case(reference):
    """Return a reader of one series: its values, what is expected of it, and our reading of it."""
    whole = reference("xmr_nhs_share")

    def read(name):
        values = whole.numbers("value")[whole.columns["series"] == name]
        expected = whole.expected[name]
        assert expected["rebase_at"] is None
        reading = xmr_reading(
            values,
            improvement_direction=expected["improvement_direction"],
            fix_after=expected["fix_after_n_points"],
            screen_outliers=expected["screen_outliers"],
        )
        return values, expected, reading

    return read


def test_every_series_of_the_reference_is_tried(reference):
    assert {"rules", *SERIES} == set(reference("xmr_nhs_share").expected)


def test_constants_and_precedence_are_those_of_the_reference(reference):
    rules = reference("xmr_nhs_share").expected["rules"]

    constants = rules["constants"]
    assert constants == {"limit": LIMIT, "screen": SCREEN, "run": RUN, "trend": RUN}
    assert rules["precedence"] == ["outside limits", "trend", "2 in 3", "shift"]
    assert list(Rule) == [Rule.BEYOND_LIMIT, Rule.TREND, Rule.TWO_IN_THREE, Rule.SHIFT]


@every_series
def test_mean_and_limits(case, agrees, name):
    _, expected, reading = case(name)

    for ours, theirs in ((reading.mean, "mean"), (reading.lower, "lpl"), (reading.upper, "upl")):
        assert agrees(ours, expected[theirs])


@every_series
def test_every_point_has_the_rule_of_the_reference(case, name):
    _, expected, reading = case(name)

    ours = [NAMES[rule, way] for rule, way in zip(reading.rule, reading.way.tolist(), strict=True)]
    assert ours == expected["special_cause_type"]


@every_series
def test_every_point_has_the_word_of_the_reference(case, name):
    _, expected, reading = case(name)

    assert list(reading.word) == [WORDS[kind] for kind in expected["point_type"]]


@every_series
def test_the_running_chart_marks_the_last_point_of_each_pattern_of_the_reference(case, name):
    """What could be known at the time: a point is marked if the reference marks it when the series ends there."""
    values, expected, _ = case(name)
    chart = XmR.from_baseline(values, improvement_direction=expected["improvement_direction"])

    signals = set(chart.run(values).signals.tolist())
    marked = {i for i, kind in enumerate(expected["special_cause_type"]) if kind != "Common Cause"}

    # A point inside the outer third can close a window of three of which it is not one of the two.
    assert {i for i in signals if i not in marked} <= {i for i in range(2, len(values)) if {i - 1, i - 2} <= marked}
    assert bool(signals) == bool(marked)
    assert min(signals, default=0) >= min(marked, default=0)
    assert np.all(chart.run(values).onset < chart.run(values).signals)
