"""Quantiles of turnaround against scipy's order-statistic interval and the binomial."""

import numpy as np
import pytest
from scipy.stats import binom, quantile_test

from surveillance.errors import NotEstimable
from surveillance.metrics import quantile, turnaround_95th, turnaround_median


@pytest.mark.parametrize("share", [0.5, 0.9, 0.95])
@pytest.mark.parametrize("n", [100, 333])
def test_interval_agrees_with_scipy(share, n):
    values = np.random.default_rng(n).lognormal(size=n)

    estimate = quantile(values, share)

    expected = quantile_test(values, p=share).confidence_interval(0.95)
    assert (estimate.low, estimate.high) == (expected.low, expected.high)
    assert estimate.value == np.quantile(values, share)


@pytest.mark.parametrize("n", [6, 10, 57, 400])
def test_interval_covers_at_least_its_confidence_and_would_not_if_narrower(n):
    estimate = quantile(np.arange(1.0, n + 1.0), 0.5)
    low, high = int(estimate.low), int(estimate.high)

    # P(X(low) <= median < X(high)) = P(low <= B <= high - 1).
    assert binom.cdf(high - 1, n, 0.5) - binom.cdf(low - 1, n, 0.5) >= 0.95
    assert binom.cdf(low, n, 0.5) > 0.025


def test_too_few_cases_keep_the_value_and_say_why_there_is_no_interval():
    estimate = turnaround_95th(np.arange(20.0))

    assert estimate.value == pytest.approx(18.05)
    with pytest.raises(NotEstimable, match="interval of the 95th percentile of turnaround needs more cases, got 20"):
        _ = estimate.low


def test_no_case_has_no_turnaround():
    with pytest.raises(NotEstimable, match="median turnaround needs at least one case, got 0"):
        turnaround_median([])


def test_a_share_outside_zero_to_one_is_refused():
    with pytest.raises(ValueError, match="share must lie between"):
        quantile([1.0], 95.0)
