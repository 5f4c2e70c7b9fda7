"""Figures weighted by one over the sampling fraction: hand values, laws, coverage by simulation and exact sums."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from surveillance.errors import NotEstimable
from surveillance.metrics import (
    modified_wilson,
    negative_predictive_value_weighted,
    positive_predictive_value_weighted,
    prevalence_weighted,
    sensitivity_audited,
    sensitivity_weighted,
    specificity_audited,
    specificity_weighted,
    wilson,
)

TRUTH = np.array([1] * 9 + [0] * 6 + [1] * 2 + [0] * 13, dtype=bool)
CALLED = np.arange(30) < 15
TENTH = np.where(CALLED, 1.0, 10.0)


def test_weighted_figures_are_those_of_the_cases_stood_for_by_hand():
    # 9 true and 6 false flags; 2 audited positives and 13 negatives stand for 20 and 130: 165 cases.
    assert sensitivity_weighted(TRUTH, CALLED, TENTH).value == pytest.approx(9 / 29)
    assert specificity_weighted(TRUTH, CALLED, TENTH).value == pytest.approx(130 / 136)
    assert positive_predictive_value_weighted(TRUTH, CALLED, TENTH).value == pytest.approx(9 / 15)
    assert negative_predictive_value_weighted(TRUTH, CALLED, TENTH).value == pytest.approx(13 / 15)
    assert prevalence_weighted(TRUTH, CALLED, TENTH).value == pytest.approx(29 / 165)


def test_varying_fractions_weigh_each_case_by_its_own():
    weight = TENTH.copy()
    weight[15] = 4.0  # one of the two audited positives was drawn at 25 %
    assert sensitivity_weighted(TRUTH, CALLED, weight).value == pytest.approx(9 / (9 + 14))
    assert prevalence_weighted(TRUTH, CALLED, weight).value == pytest.approx(23 / 159)


def test_one_fraction_for_all_gives_the_figures_of_counts():
    weighted, counted = sensitivity_weighted(TRUTH, CALLED, TENTH), sensitivity_audited(9, 2, 0.1)
    assert (weighted.value, weighted.low, weighted.high) == pytest.approx((counted.value, counted.low, counted.high))
    assert weighted.standard_error == pytest.approx(counted.standard_error)
    weighted, counted = specificity_weighted(TRUTH, CALLED, TENTH), specificity_audited(6, 13, 0.1)
    assert (weighted.value, weighted.low, weighted.high) == pytest.approx((counted.value, counted.low, counted.high))


@given(st.integers(0, 40), st.integers(0, 40), st.floats(0.02, 0.99))
def test_the_modified_ends_only_ever_widen_wilson_and_meet_it_from_four_events_on(events, others, confidence):
    n = max(1, events + others)
    plain, modified = wilson(events, n, confidence), modified_wilson(events, n, confidence)

    assert modified[0] <= plain[0]
    assert modified[1] >= plain[1]
    if events > 3 and n - events > 3:
        assert modified == plain


def test_the_modified_ends_are_those_of_the_paper():
    low, high = modified_wilson([1, 2, 19], [20, 20, 20])

    # P(Poisson(lambda) = 0) = .95 gives lambda = -ln .95 for one event; the law of two is solved by .35536.
    assert low[0] == pytest.approx(-np.log(0.95) / 20)
    assert low[1] == pytest.approx(0.35536 / 20, abs=1e-6)
    assert high[2] == pytest.approx(1 + np.log(0.95) / 20)


@pytest.mark.parametrize(("fraction", "least", "mean"), [(0.5, 0.92, 0.945), (0.25, 0.92, 0.945), (0.1, 0.92, 0.955)])
def test_audited_sensitivity_covers_by_exact_sums_at_twenty_to_a_hundred_verified_positives(fraction, least, mean):
    """Given the verified positives, those not flagged are binomial; the docstring states these figures."""
    for sensitivity in (0.70, 0.80, 0.90, 0.95):
        covered = []
        for n in range(20, 101, 8):
            share = (1 - sensitivity) * fraction / ((1 - sensitivity) * fraction + sensitivity)
            found = np.arange(n + 1)
            ends = [sensitivity_audited(n - b, b, fraction) for b in found.tolist()]
            inside = np.array([e.low <= sensitivity <= e.high for e in ends])
            covered.append(binom.pmf(found, n, share)[inside].sum())
        assert min(covered) > least, sensitivity
        assert np.mean(covered) > mean, sensitivity


def draw(rng, n, fractions, sensitivity=0.9):
    """Return truth, flags and weights of the verified of n cases: prevalence 8 %, specificity 95 %."""
    truth = rng.random(n) < 0.08
    called = rng.random(n) < np.where(truth, sensitivity, 0.05)
    fraction = rng.choice(fractions, n)
    seen = called | (rng.random(n) < fraction)
    return truth[seen], called[seen], np.where(called, 1.0, 1.0 / fraction)[seen]


@pytest.mark.parametrize("fractions", [(0.5,), (0.1,), (0.1, 0.4)], ids=["half", "tenth", "varying"])
def test_every_weighted_interval_covers_in_simulation(fractions):
    rng, runs = np.random.default_rng(29), 500
    truth = {
        sensitivity_weighted: 0.9,
        specificity_weighted: 0.95,
        positive_predictive_value_weighted: 0.072 / (0.072 + 0.046),
        negative_predictive_value_weighted: 0.874 / (0.874 + 0.008),
        prevalence_weighted: 0.08,
    }
    covered = dict.fromkeys(truth, 0)
    for _ in range(runs):
        columns = draw(rng, 600, fractions)
        for metric, true in truth.items():
            estimate = metric(*columns)
            covered[metric] += estimate.low <= true <= estimate.high
    # Four standard errors of 500 runs below 95 %: |z| < 4.
    floor = 0.95 - 4 * sqrt(0.95 * 0.05 / runs)
    assert {metric.__name__: count / runs for metric, count in covered.items() if count / runs < floor} == {}


@pytest.mark.parametrize(
    ("metric", "columns", "words"),
    [
        (sensitivity_weighted, ([0, 0], [1, 0], [1, 4]), "Sensitivity needs confirmed positives, got 0"),
        (specificity_weighted, ([1, 1], [1, 0], [1, 4]), "Specificity needs confirmed negatives, got 0"),
        (positive_predictive_value_weighted, ([1, 0], [0, 0], [4, 4]), "PPV needs flagged cases, got 0"),
        (negative_predictive_value_weighted, ([1, 0], [1, 1], [1, 1]), "NPV needs unflagged cases, got 0"),
        (prevalence_weighted, ([], [], []), "Prevalence needs verified cases, got 0"),
    ],
)
def test_without_its_denominator_a_figure_says_what_is_missing(metric, columns, words):
    with pytest.raises(NotEstimable, match=words):
        metric(*(np.array(column) for column in columns))


def test_a_weight_that_is_no_weight_is_refused():
    with pytest.raises(ValueError, match="positive and finite"):
        sensitivity_weighted(TRUTH, CALLED, np.zeros(30))
