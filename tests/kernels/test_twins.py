"""Intervals, quantiles and CUSUM kernels equal the readable definitions; no cases are answered too."""

import numpy as np
import pytest

from surveillance.detectors import BernoulliCusum
from surveillance.errors import NotEstimable
from surveillance.kernels import (
    auroc_spans,
    auroc_windows,
    calibration_spans,
    cusum_events,
    ece_spans,
    poisson_interval,
    quantile_spans,
    wilson_interval,
)
from surveillance.metrics import observed_expected, quantile, wilson


def test_intervals_of_shares_and_counts_are_the_definitions():
    n = np.arange(1, 60)
    x = np.random.default_rng(0).integers(0, n + 1)

    low, high = wilson_interval(x, n)
    assert (low.tolist(), high.tolist()) == tuple(side.tolist() for side in wilson(x, n))
    assert np.isnan(wilson_interval([0], [0])).all()

    low, high = poisson_interval(np.arange(30))
    for count in range(30):
        estimate = observed_expected(np.arange(100) < count, np.full(100, 0.01))
        assert (low[count], high[count]) == pytest.approx((estimate.low, estimate.high), rel=1e-12)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_quantile_spans_are_the_definition(share, confidence):
    values = np.round(np.random.default_rng(4).lognormal(size=4000), 2)
    stop = np.array([*range(90), 123, 400, 1000, 3999])

    value, low, high = quantile_spans(values, np.zeros_like(stop), stop, share, confidence)

    assert np.isnan([value[0], low[0], high[0]]).all()
    for span, n in enumerate(stop.tolist()[1:], start=1):
        estimate = quantile(values[:n], share, confidence=confidence)
        assert value[span] == pytest.approx(estimate.value, abs=1e-12)
        if isinstance(estimate.interval, NotEstimable):
            assert np.isnan([low[span], high[span]]).all()
        else:
            assert (low[span], high[span]) == (estimate.low, estimate.high)


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.5, 1.0])
def test_cusum_events_are_the_chart(rate):
    chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=1040)
    events = np.random.default_rng(8).random(3000) < rate
    path = chart.run(events)

    statistic, signals, state = cusum_events(events, chart.steps_per_event - 1, 1, chart.limit_steps)
    first = cusum_events(events[:1234], 6, 1, chart.limit_steps)
    second = cusum_events(events[1234:], 6, 1, chart.limit_steps, start=first[2])

    assert (statistic / chart.steps_per_event).tolist() == path.statistic.tolist()
    assert signals.tolist() == path.signals.tolist()
    assert state == (0 if path.state.signal else path.state.level)
    assert np.concatenate((first[0], second[0])).tolist() == statistic.tolist()
    assert second[2] == state


def test_no_windows_and_no_cases_are_answered():
    assert [len(column) for column in auroc_windows([], [], [0])] == [0, 0, 0, 0]
    assert np.isnan(auroc_windows([], [], [0, 0])[0]).all()
    assert np.isnan(auroc_spans([], [], None, [0], [0])[0]).all()
    assert np.isnan(ece_spans([], [], [0], [0])).all()
    assert np.isnan(calibration_spans([], [], [0], [0]).slope).all()
    assert cusum_events([], 6, 1, 30, start=4)[2] == 4
