"""Scores turned into probabilities: against scikit-learn and statsmodels, and laws."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.special import expit, logit
from sklearn.isotonic import IsotonicRegression

from surveillance.errors import NotEstimable
from surveillance.metrics import calibrate_scores, calibration_intercept, calibration_slope


def reference_period(n=4000, seed=7):
    rng = np.random.default_rng(seed)
    score = expit(rng.normal(0.0, 2.0, n))
    return rng.random(n) < expit(-1.5 + 0.6 * logit(score)), score


def test_the_logistic_rule_is_the_regression_of_statsmodels():
    truth, score = reference_period()
    fit = sm.GLM(truth.astype(float), sm.add_constant(logit(score)), family=sm.families.Binomial()).fit(tol=1e-12)

    rule = calibrate_scores(truth, score)

    assert (rule.intercept, rule.slope) == pytest.approx(tuple(fit.params), abs=1e-8)
    assert rule.probability(score) == pytest.approx(fit.fittedvalues, abs=1e-9)
    assert "log-odds of the score" in rule.method


def test_a_score_on_another_scale_enters_as_it_is():
    truth, score = reference_period()
    percent = 1000.0 * score
    fit = sm.GLM(truth.astype(float), sm.add_constant(percent), family=sm.families.Binomial()).fit(tol=1e-12)

    rule = calibrate_scores(truth, percent)

    assert rule.probability(percent) == pytest.approx(fit.fittedvalues, abs=1e-9)
    assert not rule.from_log_odds


def test_the_isotonic_rule_is_that_of_scikit_learn():
    truth, score = reference_period()
    rounded = np.round(score, 2)
    weight = np.where(rounded > 0.5, 1.0, 4.0)
    oracle = IsotonicRegression(out_of_bounds="clip").fit(rounded, truth, sample_weight=weight)
    asked = np.linspace(0.0, 1.0, 333)

    rule = calibrate_scores(truth, rounded, way="isotonic", weight=weight)

    assert rule.probability(asked) == pytest.approx(oracle.predict(asked), abs=1e-12)
    assert rule.method.startswith("isotonic calibration")


def test_the_reference_period_itself_is_then_perfectly_calibrated_in_the_weak_sense():
    truth, score = reference_period()
    probability = calibrate_scores(truth, score).probability(score)

    assert calibration_intercept(truth, probability).value == pytest.approx(0.0, abs=1e-8)
    assert calibration_slope(truth, probability).value == pytest.approx(1.0, abs=1e-8)


def test_the_order_of_scores_is_kept():
    truth, score = reference_period()
    for way in ("logistic", "isotonic"):
        rising = calibrate_scores(truth, score, way=way).probability(np.sort(score))
        assert np.all(np.diff(rising) >= 0.0)
        assert rising.min() >= 0.0
        assert rising.max() <= 1.0


@pytest.mark.parametrize(("way", "fewest"), [("logistic", 100), ("isotonic", 200)])
def test_a_handful_of_positives_is_refused(way, fewest):
    truth = np.arange(3000) < fewest - 1
    with pytest.raises(NotEstimable, match=f"needs {fewest} positives and {fewest} negatives, got {fewest - 1} and"):
        calibrate_scores(truth, np.linspace(0.0, 1.0, 3000), way=way)


@pytest.mark.parametrize("way", ["logistic", "isotonic"])
def test_scores_that_fall_with_the_finding_are_refused(way):
    truth, score = reference_period()
    falling = 1.0 - score if way == "logistic" else np.where(truth, 0.0, 1.0)
    with pytest.raises(NotEstimable, match="rise with the finding"):
        calibrate_scores(truth, falling, way=way)
