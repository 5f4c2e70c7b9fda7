"""What a perfect product's calibration error would be: exact sums of yes-or-noes, and simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from surveillance.errors import NotEstimable
from surveillance.metrics import chance_calibration_error, expected_calibration_error


def exact(probability):
    """Return E|X - E X| of a sum of independent yes-or-noes, by its whole distribution."""
    chance = np.array([1.0])
    for p in probability:
        chance = np.convolve(chance, [1.0 - p, p])
    return float(chance @ np.abs(np.arange(len(chance)) - np.sum(probability)))


@given(st.integers(1, 200), st.floats(1e-4, 1.0 - 1e-4))
def test_equal_probabilities_give_the_binomials_mean_deviation(n, p):
    count = np.arange(n + 1)
    deviation = float(binom.pmf(count, n, p) @ np.abs(count - n * p)) / n

    assert chance_calibration_error(np.full(n, p), bins=1).mean == pytest.approx(deviation, rel=1e-9)


@pytest.mark.parametrize(("a", "b", "n"), [(0.3, 30, 300), (2, 5, 30), (8, 1, 40), (0.5, 0.5, 60), (0.3, 3, 500)])
def test_unequal_probabilities_are_within_a_hundredth_of_the_exact_sum(a, b, n):
    probability = np.random.default_rng(n).beta(a, b, n)

    assert chance_calibration_error(probability, bins=1).mean * n == pytest.approx(exact(probability), rel=0.01)


@pytest.mark.parametrize("n", [100, 1000])
def test_mean_and_usual_highest_are_those_of_simulated_perfect_products(n):
    """2000 draws: the mean within four standard errors; 93.5 to 96.5 % below the usual highest (|z| < 3)."""
    rng = np.random.default_rng(n)
    probability = rng.beta(0.4, 3.0, n)
    drawn = np.array([expected_calibration_error(rng.random(n) < probability, probability).value for _ in range(2000)])

    chance = chance_calibration_error(probability)

    assert chance.mean == pytest.approx(drawn.mean(), abs=4 * drawn.std() / np.sqrt(2000) + 0.01 * drawn.mean())
    assert 0.93 < (drawn < chance.usual_highest).mean() < 0.97
    assert chance.expected_positives == pytest.approx(probability.sum())


def test_a_sample_with_weights_is_that_of_simulated_perfect_products():
    rng = np.random.default_rng(8)
    probability = rng.beta(0.4, 3.0, 800)
    weight = np.where(probability > 0.3, 1.0, 10.0)
    drawn = [
        expected_calibration_error(rng.random(800) < probability, probability, weight=weight).value for _ in range(1500)
    ]

    assert chance_calibration_error(probability, weight=weight).mean == pytest.approx(np.mean(drawn), rel=0.03)


def test_sure_probabilities_leave_nothing_to_chance_and_no_cases_no_answer():
    assert chance_calibration_error([0.0, 1.0, 1.0], bins=1).mean == 0.0
    with pytest.raises(NotEstimable, match="needs at least 10 cases, got 0"):
        chance_calibration_error([])
