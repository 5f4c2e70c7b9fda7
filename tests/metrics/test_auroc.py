"""AUROC and its weighted form against scikit-learn, brute force, laws and simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from surveillance.errors import NotEstimable
from surveillance.metrics import auroc, auroc_weighted

CASES = st.lists(st.tuples(st.booleans(), st.integers(-5, 5)), min_size=4, max_size=40).filter(
    lambda rows: 2 <= sum(truth for truth, _ in rows) <= len(rows) - 2
)


def columns(rows):
    return np.array([truth for truth, _ in rows]), np.array([score for _, score in rows], dtype=float)


def test_agrees_with_scikit_learn_on_tied_scores():
    rng = np.random.default_rng(20)
    truth = rng.random(300) < 0.2
    score = np.round(rng.normal(truth.astype(float)), 1)

    assert auroc(truth, score).value == pytest.approx(roc_auc_score(truth, score), abs=1e-12)


@given(CASES)
def test_variance_is_delongs_by_brute_force(rows):
    truth, score = columns(rows)
    beats = (score[truth][:, None] > score[~truth]) + 0.5 * (score[truth][:, None] == score[~truth])
    m, n = beats.shape
    variance = beats.mean(axis=1).var(ddof=1) / m + beats.mean(axis=0).var(ddof=1) / n

    estimate = auroc(truth, score)

    assert estimate.value == pytest.approx(beats.mean(), abs=1e-12)
    if estimate.standard_error is not None:
        assert estimate.standard_error**2 == pytest.approx(variance, abs=1e-12)


@given(CASES)
def test_turning_the_scores_round_turns_the_auroc_round(rows):
    truth, score = columns(rows)

    assert auroc(truth, -score).value == pytest.approx(1.0 - auroc(truth, score).value, abs=1e-12)


@given(CASES)
def test_only_the_order_of_scores_matters(rows):
    truth, score = columns(rows)

    assert auroc(truth, np.exp(score)).value == auroc(truth, score).value


@given(CASES)
def test_the_interval_lies_inside_zero_and_one_around_the_value(rows):
    estimate = auroc(*columns(rows))

    if not isinstance(estimate.interval, NotEstimable):
        assert 0.0 <= estimate.low < estimate.value < estimate.high <= 1.0


@given(CASES, st.floats(0.5, 20.0))
def test_equal_weights_change_nothing(rows, weight):
    truth, score = columns(rows)
    plain, weighted = auroc(truth, score), auroc_weighted(truth, score, np.full(len(truth), weight))

    assert weighted.value == pytest.approx(plain.value, abs=1e-12)
    if plain.standard_error is not None:
        assert weighted.standard_error == pytest.approx(plain.standard_error, abs=1e-12)


@given(CASES, st.randoms(use_true_random=False))
def test_a_weight_of_three_is_worth_three_cases(rows, random):
    truth, score = columns(rows)
    weight = np.array([random.randint(1, 3) for _ in rows])

    weighted = auroc_weighted(truth, score, weight)

    repeated = auroc(np.repeat(truth, weight), np.repeat(score, weight))
    assert weighted.value == pytest.approx(repeated.value, abs=1e-12)


def test_weighted_value_agrees_with_scikit_learn_sample_weight():
    rng = np.random.default_rng(3)
    truth = rng.random(400) < 0.3
    score = np.round(rng.normal(truth.astype(float)), 1)
    weight = rng.choice([1.0, 4.0, 10.0], 400)

    expected = roc_auc_score(truth, score, sample_weight=weight)
    assert auroc_weighted(truth, score, weight).value == pytest.approx(expected, abs=1e-12)


def test_cases_of_weight_zero_are_left_out():
    truth, score = np.array([1, 0, 1, 0, 1, 0]), np.array([0.9, 0.1, 0.3, 0.5, 0.0, 1.0])

    estimate = auroc_weighted(truth, score, np.array([1, 1, 1, 1, 0, 0]))

    assert estimate.value == auroc(truth[:4], score[:4]).value
    assert (estimate.n, estimate.positives) == (4, 2)


def test_weighting_undoes_an_audit_of_unflagged_cases_with_the_interval_that_goes_with_it():
    """Simulation: 20 % audit of unflagged cases; naive is biased, weighted is not, and its SE is right."""
    rng, runs = np.random.default_rng(11), 300
    naive, weighted, errors = np.empty(runs), np.empty(runs), np.empty(runs)
    for run in range(runs):
        truth = rng.random(1500) < 0.15
        score = rng.normal(1.2 * truth)
        flagged = score > 1.0
        seen = flagged | (rng.random(1500) < 0.2)
        estimate = auroc_weighted(truth[seen], score[seen], np.where(flagged, 1.0, 5.0)[seen])
        naive[run] = auroc(truth[seen], score[seen]).value
        weighted[run], errors[run] = estimate.value, estimate.standard_error
    true_area = 0.8019  # Phi(1.2 / sqrt 2)

    assert abs(weighted.mean() - true_area) < 3.0 * weighted.std() / np.sqrt(runs)
    assert abs(naive.mean() - true_area) > 0.02
    assert errors.mean() == pytest.approx(weighted.std(), rel=0.12)


def test_a_negative_or_infinite_weight_is_refused():
    with pytest.raises(ValueError, match="one over the sampling fraction"):
        auroc_weighted([1, 0], [0.2, 0.1], [1.0, -1.0])
    with pytest.raises(ValueError, match="one over the sampling fraction"):
        auroc_weighted([1, 0], [0.2, 0.1], [1.0, np.inf])


def test_missing_scores_and_unknown_truths_are_refused():
    with pytest.raises(ValueError, match="missing numbers"):
        auroc([1, 0], [0.2, np.nan])
    with pytest.raises(ValueError, match="indeterminate"):
        auroc([1, 2], [0.2, 0.1])
    with pytest.raises(ValueError, match="same cases"):
        auroc([1, 0], [0.2])


def test_two_hundred_cases_are_covered_by_the_logit_interval():
    """Simulation of the sentence in the docstring: binormal, 20 positives of 200."""
    rng, covered, runs = np.random.default_rng(5), 0, 600
    truth = np.arange(200) < 40
    for _ in range(runs):
        estimate = auroc(truth, rng.normal(1.5 * truth))
        covered += estimate.low <= 0.85557 <= estimate.high  # Phi(1.5 / sqrt 2)

    assert 0.925 < covered / runs < 0.975
