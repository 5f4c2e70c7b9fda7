"""Sensitivity, specificity, predictive values and flag rate against scikit-learn, statsmodels and hand values."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_score, recall_score
from statsmodels.stats.proportion import proportion_confint

from surveillance.errors import NotEstimable
from surveillance.metrics import (
    expected_positive_predictive_value,
    flag_rate,
    negative_predictive_value,
    positive_predictive_value,
    proportion_estimate,
    sensitivity,
    specificity,
    wilson,
)

RNG = np.random.default_rng(1)
TRUTH = RNG.random(500) < 0.1
CALLED = np.where(TRUTH, RNG.random(500) < 0.9, RNG.random(500) < 0.05)


def test_the_four_shares_agree_with_scikit_learn():
    assert sensitivity(TRUTH, CALLED).value == recall_score(TRUTH, CALLED)
    assert specificity(TRUTH, CALLED).value == recall_score(~TRUTH, ~CALLED)
    assert positive_predictive_value(TRUTH, CALLED).value == precision_score(TRUTH, CALLED)
    assert negative_predictive_value(TRUTH, CALLED).value == precision_score(~TRUTH, ~CALLED)
    assert flag_rate(CALLED).value == CALLED.mean()


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.998])
def test_wilson_agrees_with_statsmodels(confidence):
    successes, n = np.array([0, 1, 7, 45, 50, 300]), np.array([20, 50, 7, 50, 50, 4000])

    low, high = wilson(successes, n, confidence)

    expected_low, expected_high = proportion_confint(successes, n, 1.0 - confidence, method="wilson")
    assert low == pytest.approx(expected_low, abs=1e-12)
    assert high == pytest.approx(expected_high, abs=1e-12)


def test_each_share_counts_its_own_denominator():
    positives, flagged = int(TRUTH.sum()), int(CALLED.sum())

    assert sensitivity(TRUTH, CALLED).n == positives
    assert sensitivity(TRUTH, CALLED).positives == positives
    assert specificity(TRUTH, CALLED).n == 500 - positives
    assert specificity(TRUTH, CALLED).positives == 0
    assert positive_predictive_value(TRUTH, CALLED).n == flagged
    assert negative_predictive_value(TRUTH, CALLED).n == 500 - flagged


@pytest.mark.parametrize(
    ("share", "truth", "called"),
    [
        (sensitivity, [0, 0], [1, 0]),
        (specificity, [1, 1], [1, 0]),
        (positive_predictive_value, [1, 0], [0, 0]),
        (negative_predictive_value, [1, 0], [1, 1]),
    ],
)
def test_without_a_denominator_there_is_no_answer(share, truth, called):
    with pytest.raises(NotEstimable, match=r"needs .+, got 0 among 2 cases"):
        share(truth, called)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_contains_its_value_and_stays_between_0_and_1(counts):
    estimate = proportion_estimate(*counts, positives=counts[1])

    assert 0.0 <= estimate.low <= estimate.value <= estimate.high <= 1.0
    assert (estimate.standard_error is None) == (counts[0] in (0, counts[1]))


def test_expected_ppv_follows_bayes():
    # 1000 studies: 80 positive of which 72 flagged, 920 negative of which 46 flagged.
    assert expected_positive_predictive_value(0.90, 0.95, 0.08) == pytest.approx(72 / 118)


def test_expected_ppv_of_an_ai_that_flags_nothing_has_no_answer():
    with pytest.raises(NotEstimable, match="would flag none"):
        expected_positive_predictive_value(0.9, 1.0, 0.0)


def test_shares_outside_zero_to_one_are_refused():
    with pytest.raises(ValueError, match="are shares"):
        expected_positive_predictive_value(90.0, 0.95, 0.08)
    with pytest.raises(ValueError, match="between 0 and their denominator"):
        wilson(5, 4)
    with pytest.raises(NotEstimable, match="at least one case, got 0"):
        wilson(0, 0)
