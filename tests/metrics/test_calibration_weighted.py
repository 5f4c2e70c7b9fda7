"""Calibration of verified samples: against statsmodels, the sampling it undoes, and Fay & Feuer by chi-square."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import expit, logit
from scipy.stats import chi2

from surveillance.kernels import local_quadratic
from surveillance.metrics import (
    brier,
    brier_decomposition,
    calibration_intercept,
    calibration_slope,
    expected_calibration_error,
    integrated_calibration_index,
    observed_expected,
    reliability_curve,
    smooth_calibration,
)

EVERY = (brier, calibration_intercept, calibration_slope, expected_calibration_error, integrated_calibration_index)


def everyone(n, rng, shift=0.4):
    """Return truths of a product whose scores promise too little, its scores, and who is flagged."""
    score = expit(rng.normal(-2.0, 1.5, n))
    return rng.random(n) < expit(logit(score) + shift), score, score > 0.4


def audited(n, rng, fraction=0.1, shift=0.4):
    """Return the verified cases: all flagged, a random share of the rest, with their weights."""
    truth, score, flagged = everyone(n, rng, shift)
    verified = flagged | (rng.random(n) < fraction)
    return truth[verified], score[verified], np.where(flagged, 1.0, 1.0 / fraction)[verified]


def sandwich(truth, design, weight, offset=None):
    fit = sm.GLM(truth.astype(float), design, family=sm.families.Binomial(), var_weights=weight, offset=offset)
    found = fit.fit(tol=1e-13, cov_type="HC0")
    return found.params[-1], found.bse[-1] * np.sqrt(len(truth) / (len(truth) - 1))


def test_weighted_intercept_and_its_sandwich_error_agree_with_statsmodels():
    truth, score, weight = audited(3000, np.random.default_rng(1))
    value, error = sandwich(truth, np.ones(len(truth)), weight, offset=logit(score))

    estimate = calibration_intercept(truth, score, weight=weight)

    assert estimate.value == pytest.approx(value, abs=1e-8)
    assert estimate.standard_error == pytest.approx(error, rel=1e-6)
    assert "sandwich" in estimate.method


def test_weighted_slope_and_its_sandwich_error_agree_with_statsmodels():
    truth, score, weight = audited(3000, np.random.default_rng(2))
    value, error = sandwich(truth, sm.add_constant(logit(score)), weight)

    estimate = calibration_slope(truth, score, weight=weight)

    assert estimate.value == pytest.approx(value, abs=1e-8)
    assert estimate.standard_error == pytest.approx(error, rel=1e-6)


@pytest.mark.parametrize("weights", [[1.0, 1.0, 1.0], [1.0, 10.0, 10.0, 1.0], []])
def test_observed_over_expected_of_a_sample_has_fay_and_feuers_interval_by_chi_square(weights):
    """Fay & Feuer (1997), equations for the gamma interval, written with chi-square quantiles as they print them."""
    each = np.array(weights)
    truth = np.arange(200) < len(each)
    weight = np.concatenate((each, np.full(200 - len(each), 10.0)))

    estimate = observed_expected(truth, np.full(200, 0.02), weight=weight)

    y, v, top = each.sum(), (each**2).sum(), 10.0
    expected = 0.02 * weight.sum()
    low = v / (2 * y) * chi2.ppf(0.025, 2 * y**2 / v) if len(each) else 0.0
    more, spread = y + top, v + top**2
    high = spread / (2 * more) * chi2.ppf(0.975, 2 * more**2 / spread)
    assert estimate.value == pytest.approx(y / expected)
    assert (estimate.low, estimate.high) == pytest.approx((low / expected, high / expected))


@pytest.mark.parametrize("metric", EVERY, ids=lambda one: one.__name__)
def test_weights_of_one_change_no_value(metric):
    truth, score, _ = everyone(500, np.random.default_rng(3))

    assert metric(truth, score, weight=np.ones(500)).value == pytest.approx(metric(truth, score).value, abs=1e-10)


@pytest.mark.parametrize("metric", [brier, calibration_intercept, observed_expected], ids=lambda one: one.__name__)
def test_weights_undo_the_audit_and_leaving_them_out_does_not(metric):
    """Mean over 150 audits against the value on all cases: |z| < 4 with weights, far off without."""
    rng = np.random.default_rng(4)
    truth, score, flagged = everyone(4000, rng)
    target = metric(truth, score).value
    weighted, naive = [], []
    for _ in range(150):
        rows = flagged | (rng.random(4000) < 0.1)
        weight = np.where(flagged, 1.0, 10.0)[rows]
        weighted.append(metric(truth[rows], score[rows], weight=weight).value)
        naive.append(metric(truth[rows], score[rows]).value)
    error = np.std(weighted, ddof=1) / np.sqrt(150)

    assert abs(np.mean(weighted) - target) < max(4 * error, 0.02 * abs(target))
    if metric is brier:
        assert abs(np.mean(naive) - target) > 20 * error


@pytest.mark.parametrize(
    ("metric", "truth_value"), [(calibration_intercept, 0.4), (calibration_slope, 1.0)], ids=["intercept", "slope"]
)
def test_intervals_of_an_audited_sample_cover_the_truth(metric, truth_value):
    """500 samples: 95 % less four standard errors of a share (.91) is the bound."""
    rng = np.random.default_rng(5)
    covered = 0
    for _ in range(500):
        truth, score, weight = audited(1500, rng, fraction=0.2)
        estimate = metric(truth, score, weight=weight)
        covered += estimate.low <= truth_value <= estimate.high

    assert covered / 500 > 0.91


def test_the_interval_of_an_audited_ratio_covers_the_truth_at_least_as_often_as_it_says():
    """500 samples of some 40 weighted positives; the expected count is taken as fixed, so it may be too wide."""
    rng = np.random.default_rng(15)
    covered = 0
    for _ in range(500):
        truth, score, weight = audited(600, rng, fraction=0.2, shift=0.0)
        estimate = observed_expected(truth, score, weight=weight)
        covered += estimate.low <= 1.0 <= estimate.high

    assert covered / 500 > 0.93


def test_parts_curve_and_smooth_curve_of_a_sample_stand_for_everyone():
    rng = np.random.default_rng(6)
    truth, score, flagged = everyone(60_000, rng)
    rows = flagged | (rng.random(60_000) < 0.2)
    t, s, w = truth[rows], score[rows], np.where(flagged, 1.0, 5.0)[rows]
    edges = (0.1, 0.3, 0.5)

    whole, part = brier_decomposition(truth, score, edges=edges), brier_decomposition(t, s, edges=edges, weight=w)
    for name in ("brier", "resolution", "uncertainty"):
        assert getattr(part, name) == pytest.approx(getattr(whole, name), rel=0.05)
    curve, all_cases = reliability_curve(t, s, edges=edges, weight=w), reliability_curve(truth, score, edges=edges)
    assert curve.observed == pytest.approx(all_cases.observed, rel=0.15)
    assert np.all((curve.low <= curve.observed) & (curve.observed <= curve.high))
    smooth, target = (
        smooth_calibration(t, s, weight=w, fit=local_quadratic),
        smooth_calibration(truth, score, fit=local_quadratic),
    )
    middle = np.interp([0.05, 0.2, 0.6], smooth.probability, smooth.smoothed)
    assert middle == pytest.approx(np.interp([0.05, 0.2, 0.6], target.probability, target.smoothed), abs=0.03)


def test_a_weight_that_stands_for_nobody_is_refused():
    with pytest.raises(ValueError, match="positive and finite"):
        brier([0, 1], [0.1, 0.9], weight=[1.0, 0.0])
    with pytest.raises(ValueError, match="same cases, got 2 and 1"):
        brier([0, 1], [0.1, 0.9], weight=[1.0])
