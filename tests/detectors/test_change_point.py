"""The onset that a signal points back to: the last zero, and a range that covers the truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.detectors import BernoulliCusum, RiskAdjustedCusum, onset_interval
from surveillance.errors import NotEstimable

CHART = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=5000)


@given(st.integers(0, 10_000))
def test_the_estimate_is_the_last_zero_of_the_path(seed):
    events = np.random.default_rng(seed).random(400) < 0.3
    path = CHART.run(events)

    onset = onset_interval(CHART.steps(events) * CHART.evidence_per_step, int(path.signals[0]))

    assert onset.best == path.onset[0]
    assert onset.low <= onset.best <= onset.high < path.signals[0]


def test_the_estimate_of_a_later_signal_starts_at_the_restart():
    rng = np.random.default_rng(0)
    risk = rng.beta(1.0, 9.0, 4000)
    chart, truth = RiskAdjustedCusum(odds_ratio=2.0, limit=3.0), rng.random(4000) < 2.0 * risk
    path = chart.run(truth, risk)

    second = onset_interval(chart.weights(truth, risk), int(path.signals[1]), start=int(path.signals[0]))

    assert second.best == path.onset[1]
    assert second.low >= path.signals[0]


def test_the_range_covers_the_planted_onset():
    """Simulation: 500 events in control, then the rate doubles; charts that alarm before are left out."""
    rng, covered, alarms = np.random.default_rng(21), 0, 0
    for _ in range(400):
        events = rng.random(1500) < np.where(np.arange(1500) < 500, 0.10, CHART.out_of_control)
        signals = CHART.run(events).signals
        if not signals.size or signals[0] < 500:
            continue
        onset = onset_interval(CHART.steps(events) * CHART.evidence_per_step, int(signals[0]))
        alarms += 1
        covered += onset.low <= 499 <= onset.high

    assert alarms > 300
    assert covered / alarms > 0.90


def test_more_confidence_is_a_wider_range():
    events = np.random.default_rng(5).random(400) < 0.3
    evidence, signal = CHART.steps(events) * CHART.evidence_per_step, int(CHART.run(events).signals[0])

    narrow, wide = (onset_interval(evidence, signal, confidence=level) for level in (0.5, 0.99))

    assert wide.low <= narrow.low <= narrow.high <= wide.high
    assert (wide.low, wide.high) != (narrow.low, narrow.high)


def test_no_case_before_the_signal_has_no_onset():
    with pytest.raises(NotEstimable, match="needs cases between restart and signal, got 0"):
        onset_interval(np.array([0.7]), 0, start=0)
