"""Calibration against statsmodels, scikit-learn, hand values and laws."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit
from scipy.stats import chi2
from sklearn.metrics import brier_score_loss

from surveillance.errors import NotEstimable
from surveillance.metrics import (
    brier,
    calibration_intercept,
    calibration_slope,
    expected_calibration_error,
    observed_expected,
    reliability_curve,
    spiegelhalter,
)
from surveillance.metrics.recalibration import fit_slope

CASES = st.lists(st.tuples(st.booleans(), st.floats(0.0, 1.0)), min_size=10, max_size=60)


def sample(n=400, seed=2, shift=0.3, slope=0.7):
    rng = np.random.default_rng(seed)
    log_odds = rng.normal(-1.5, 1.0, n)
    truth = rng.random(n) < 1.0 / (1.0 + np.exp(-(shift + slope * log_odds)))
    return truth, 1.0 / (1.0 + np.exp(-log_odds))


@pytest.mark.parametrize("n", [30, 400])
def test_intercept_agrees_with_statsmodels(n):
    truth, probability = sample(n)
    fit = sm.GLM(truth.astype(float), np.ones(n), family=sm.families.Binomial(), offset=logit(probability)).fit(
        tol=1e-12
    )

    estimate = calibration_intercept(truth, probability)

    assert estimate.value == pytest.approx(fit.params[0], abs=1e-8)
    assert estimate.standard_error == pytest.approx(fit.bse[0], abs=1e-8)
    assert (estimate.low, estimate.high) == pytest.approx(tuple(fit.conf_int()[0]), abs=1e-7)


@pytest.mark.parametrize("n", [30, 400])
def test_slope_agrees_with_statsmodels(n):
    truth, probability = sample(n)
    design = sm.add_constant(logit(probability))
    fit = sm.GLM(truth.astype(float), design, family=sm.families.Binomial()).fit(tol=1e-12)

    estimate = calibration_slope(truth, probability)

    assert estimate.value == pytest.approx(fit.params[1], abs=1e-8)
    assert estimate.standard_error == pytest.approx(fit.bse[1], abs=1e-8)
    assert (estimate.low, estimate.high) == pytest.approx(tuple(fit.conf_int()[1]), abs=1e-7)


@pytest.mark.parametrize(
    ("truth", "probability", "reason"),
    [
        ([0, 0, 0], [0.1, 0.2, 0.3], "both classes, got 0 and 3"),
        ([1, 1], [0.1, 0.2], "both classes, got 2 and 0"),
        ([0, 1, 1], [0.4, 0.4, 0.4], "differ, got one value in 3 cases"),
        ([0, 0, 1, 1], [0.1, 0.2, 0.3, 0.4], "overlap, got perfect separation of 2 and 2"),
        ([0, 0, 1, 1], [0.1, 0.2, 0.2, 0.4], "overlap, got perfect separation of 2 and 2"),
        ([1, 1, 0, 0], [0.1, 0.2, 0.3, 0.4], "overlap, got perfect separation of 2 and 2"),
    ],
)
def test_a_slope_that_runs_off_to_infinity_is_not_estimable(truth, probability, reason):
    with pytest.raises(NotEstimable, match=reason):
        calibration_slope(truth, probability)


@pytest.mark.parametrize("overlap", [1e-1, 1e-4, 1e-8])
def test_nearly_separated_classes_have_a_slope_that_says_how_little_is_known(overlap):
    """The fit solves the score equations: residuals sum to 0, alone and times the log-odds."""
    truth = np.array([0, 0, 1, 0, 1, 1])
    probability = np.array([0.1, 0.2, 0.5, 0.5 + overlap, 0.85, 0.9])
    x = logit(probability)

    a, b, error = fit_slope(truth == 1, x)

    residual = truth - expit(a + b * x)
    assert (residual.sum(), residual @ x) == pytest.approx((0.0, 0.0), abs=1e-9)
    assert error > b / 2.0


def test_an_intercept_far_from_zero_is_found():
    truth = np.arange(1000) < 500
    estimate = calibration_intercept(truth, np.full(1000, 1e-6))

    assert estimate.value == pytest.approx(-logit(1e-6), abs=1e-8)


def test_brier_agrees_with_scikit_learn_and_its_error_with_the_mean_of_squares():
    truth, probability = sample()
    squares = (truth - probability) ** 2

    estimate = brier(truth, probability)

    assert estimate.value == pytest.approx(brier_score_loss(truth, probability), abs=1e-15)
    assert estimate.standard_error == pytest.approx(squares.std(ddof=1) / 20.0)


def test_brier_of_a_perfect_product_stands_without_an_interval():
    estimate = brier([1, 0, 1], [1.0, 0.0, 1.0])

    assert estimate.value == 0.0
    with pytest.raises(NotEstimable, match="needs two cases with different errors"):
        _ = estimate.high


@pytest.mark.parametrize("observed", [0, 1, 10, 400])
def test_observed_over_expected_has_the_poisson_interval_by_chi_square(observed):
    truth = np.arange(1000) < observed

    estimate = observed_expected(truth, np.full(1000, 0.05))

    low = chi2.ppf(0.025, 2 * observed) / 2.0 if observed else 0.0
    assert estimate.value == pytest.approx(observed / 50.0)
    assert estimate.low == pytest.approx(low / 50.0)
    assert estimate.high == pytest.approx(chi2.ppf(0.975, 2 * observed + 2) / 2.0 / 50.0)


def test_observed_over_an_expectation_of_nothing_has_no_answer():
    with pytest.raises(NotEstimable, match="expected count above 0"):
        observed_expected([0, 1], [0.0, 0.0])


def test_calibration_error_by_hand():
    truth, probability = [0, 1, 0, 1, 1], [0.1, 0.2, 0.3, 0.7, 0.9]
    # Ranks 0..4 times 2 over 5: bins 0 0 0 1 1; gaps |.6 - 1| and |1.6 - 2|.
    estimate = expected_calibration_error(truth, probability, bins=2)

    assert estimate.value == pytest.approx((0.4 + 0.4) / 5)
    assert "2 bins of equal count" in estimate.method
    assert isinstance(estimate.interval, NotEstimable)


@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_even_with_ties(rows, random):
    tidy = [(truth, round(probability, 1)) for truth, probability in rows]
    shuffled = tidy.copy()
    random.shuffle(shuffled)

    first, second = (expected_calibration_error(*zip(*cases, strict=True)).value for cases in (tidy, shuffled))
    assert first == pytest.approx(second, abs=1e-12)


@given(CASES)
def test_curve_and_calibration_error_are_the_same_bins(rows):
    truth, probability = zip(*rows, strict=True)
    curve = reliability_curve(truth, probability)

    gap = float(np.sum(curve.n * np.abs(curve.mean_predicted - curve.observed))) / len(rows)

    assert curve.n.sum() == len(rows)
    assert curve.positives.sum() == sum(truth)
    assert np.all((curve.low <= curve.observed) & (curve.observed <= curve.high))
    assert np.all(np.diff(curve.mean_predicted) >= -1e-12)
    assert expected_calibration_error(truth, probability).value == pytest.approx(gap, abs=1e-12)


def test_fewer_cases_than_bins_have_no_curve():
    with pytest.raises(NotEstimable, match="at least 10 cases, got 2"):
        reliability_curve([0, 1], [0.1, 0.2])


def test_spiegelhalter_accepts_well_calibrated_and_refuses_extreme_probabilities():
    rng = np.random.default_rng(8)
    probability = rng.beta(1.0, 4.0, 4000)
    truth = rng.random(4000) < probability
    extreme = probability**2 / (probability**2 + (1.0 - probability) ** 2)

    assert spiegelhalter(truth, probability).p_value > 0.05
    assert spiegelhalter(truth, extreme).statistic > 4.0


def test_spiegelhalter_needs_probabilities_that_say_something():
    with pytest.raises(NotEstimable, match="other than 0, 1/2 and 1"):
        spiegelhalter([0, 1], [0.5, 1.0])


def test_probabilities_outside_zero_to_one_are_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        brier([0, 1], [0.5, 87.0])
