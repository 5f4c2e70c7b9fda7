"""The parts of the Brier score: by hand, and the law that they add up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.errors import NotEstimable
from surveillance.metrics import brier_decomposition, expected_calibration_error
from surveillance.metrics.equal_count_bins import equal_count_bins

CASES = st.lists(st.tuples(st.booleans(), st.floats(0.0, 1.0), st.floats(0.5, 20.0)), min_size=10, max_size=60)


def total(parts):
    within = parts.within_bin_variance - parts.within_bin_covariance
    return parts.reliability - parts.resolution + parts.uncertainty + within


def test_murphys_parts_by_hand_where_each_bin_has_one_probability():
    """Ten cases at .2 with 3 found, ten at .6 with 5: Murphy (1973) without any within-bin term."""
    truth = np.array([1] * 3 + [0] * 7 + [1] * 5 + [0] * 5)
    probability = np.repeat([0.2, 0.6], 10)

    parts = brier_decomposition(truth, probability, bins=2)

    assert parts.reliability == pytest.approx(0.5 * 0.1**2 + 0.5 * 0.1**2)
    assert parts.resolution == pytest.approx(0.5 * 0.1**2 + 0.5 * 0.1**2)
    assert parts.uncertainty == pytest.approx(0.24)
    assert (parts.within_bin_variance, parts.within_bin_covariance) == pytest.approx((0.0, 0.0), abs=1e-15)
    assert parts.brier == pytest.approx(0.24)
    assert parts.skill == pytest.approx(0.0)
    assert parts.reliability_by_chance == pytest.approx((0.16 + 0.24) / 20)


def test_stephensons_terms_by_hand():
    """One bin of .1 (no) and .5 (yes): variance .04, twice the covariance 2 * .2 * .5 = .2."""
    parts = brier_decomposition([0, 1], [0.1, 0.5], bins=1)

    assert (parts.within_bin_variance, parts.within_bin_covariance) == pytest.approx((0.04, 0.2))
    assert parts.brier == pytest.approx((0.01 + 0.25) / 2)
    assert total(parts) == pytest.approx(parts.brier)


@given(CASES, st.sampled_from([2, 5, 10]))
def test_the_parts_add_up_to_the_score_with_and_without_weights(rows, bins):
    truth, probability, weight = (np.array(column) for column in zip(*rows, strict=True))
    for given_weight in (None, weight):
        parts = brier_decomposition(truth, probability, bins=bins, weight=given_weight)

        assert total(parts) == pytest.approx(parts.brier, abs=1e-12)
        assert min(parts.reliability, parts.resolution, parts.uncertainty, parts.within_bin_variance) >= 0.0


@given(CASES)
def test_reliability_is_at_least_the_square_of_the_calibration_error(rows):
    """By Cauchy and Schwarz over the same bins."""
    truth, probability, _ = (np.array(column) for column in zip(*rows, strict=True))
    error = expected_calibration_error(truth, probability).value

    assert brier_decomposition(truth, probability).reliability >= error**2 - 1e-12


def test_a_perfect_product_shows_the_reliability_that_chance_gives():
    """Mean over 400 draws within four standard errors."""
    rng = np.random.default_rng(3)
    probability = rng.beta(0.5, 3.0, 600)
    draws = [brier_decomposition(rng.random(600) < probability, probability) for _ in range(400)]
    found = np.array([one.reliability for one in draws])

    assert np.mean(found) == pytest.approx(draws[0].reliability_by_chance, abs=4 * found.std() / 20)


def test_the_bins_are_said_and_skill_needs_both_classes():
    assert "5 bins of equal count" in brier_decomposition([0, 1] * 5, np.linspace(0, 1, 10), bins=5).method
    assert equal_count_bins(np.linspace(0, 1, 10), 5).tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    with pytest.raises(NotEstimable, match="both classes, got 0 and 2"):
        _ = brier_decomposition([0, 0], [0.1, 0.2], bins=1).skill
