"""Differences of two AUROCs: by hand, by DeLong's definition over all pairs, by laws and by simulation."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from surveillance.errors import NotEstimable
from surveillance.metrics import auroc, auroc_difference, auroc_unpaired_difference

CASES = st.lists(st.tuples(st.booleans(), st.integers(-4, 4), st.integers(-4, 4)), min_size=6, max_size=40).filter(
    lambda rows: 2 <= sum(truth for truth, _, _ in rows) <= len(rows) - 2
)


def columns(rows):
    truth, a, b = zip(*rows, strict=True)
    return np.array(truth), np.array(a, dtype=float), np.array(b, dtype=float)


def kernel_of_pairs(truth, score):
    return (score[truth][:, None] > score[~truth]) + 0.5 * (score[truth][:, None] == score[~truth])


def covariance_over_all_pairs(truth, a, b):
    """Return DeLong's covariance from the m x n table of comparisons, element by element."""
    one, other = kernel_of_pairs(truth, a), kernel_of_pairs(truth, b)
    s10 = np.cov(one.mean(axis=1), other.mean(axis=1), ddof=1)
    s01 = np.cov(one.mean(axis=0), other.mean(axis=0), ddof=1)
    return s10 / one.shape[0] + s01 / one.shape[1]


def test_three_against_three_worked_by_hand():
    # Positives 3 5 6 against 1 2 4: placements 2/3 1 1 and 1 1 2/3. Positives 2 4 6 against 1 3 5: 1/3 2/3 1 and
    # 1 2/3 1/3. Case-by-case differences 1/3 1/3 0 and 0 1/3 1/3: variances 1/27 each, so Var = 2/81.
    result = auroc_difference([0, 0, 0, 1, 1, 1], [1, 2, 4, 3, 5, 6], [1, 3, 5, 2, 4, 6])

    assert result.difference == pytest.approx(8 / 9 - 6 / 9, abs=1e-12)
    assert result.standard_error == pytest.approx(np.sqrt(2 / 81), abs=1e-12)
    assert result.p_value == pytest.approx(0.15729920705, abs=1e-9)  # z = sqrt 2
    assert result.low == pytest.approx(2 / 9 - 1.959963984540054 * np.sqrt(2 / 81), abs=1e-12)


@given(CASES)
def test_variance_is_delongs_with_the_covariance_taken_off_twice(rows):
    truth, a, b = columns(rows)
    try:
        result = auroc_difference(truth, a, b)
    except NotEstimable:
        assume(False)
    table = covariance_over_all_pairs(truth, a, b)

    assert result.difference == pytest.approx(roc_auc_score(truth, a) - roc_auc_score(truth, b), abs=1e-12)
    assert result.standard_error**2 == pytest.approx(table[0, 0] + table[1, 1] - 2 * table[0, 1], abs=1e-12)


@given(CASES)
def test_turning_the_pair_round_turns_the_difference_round(rows):
    truth, a, b = columns(rows)
    try:
        there, back = auroc_difference(truth, a, b), auroc_difference(truth, b, a)
    except NotEstimable:
        assume(False)

    assert there.difference == pytest.approx(-back.difference, abs=1e-12)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-12)
    assert there.p_value == pytest.approx(back.p_value, abs=1e-12)


def test_two_windows_add_their_variances():
    rng = np.random.default_rng(8)
    before, after = np.arange(300) < 40, np.arange(200) < 30
    a, b = np.round(rng.normal(1.5 * before), 1), np.round(rng.normal(after), 1)

    result = auroc_unpaired_difference(before, a, after, b)

    table_a, table_b = covariance_over_all_pairs(before, a, a), covariance_over_all_pairs(after, b, b)
    assert result.difference == pytest.approx(roc_auc_score(before, a) - roc_auc_score(after, b), abs=1e-12)
    assert result.standard_error**2 == pytest.approx(table_a[0, 0] + table_b[0, 0], abs=1e-12)
    assert result.n == 500


def test_the_t_reference_is_wider_than_the_normal_one():
    truth, a, b = [0, 0, 0, 1, 1, 1], [1, 2, 4, 3, 5, 6], [1, 3, 5, 2, 4, 6]
    normal, t = (auroc_unpaired_difference(truth, a, truth, b, reference=name) for name in ("normal", "t"))

    assert t.p_value > normal.p_value
    assert t.low < normal.low < normal.high < t.high
    assert "Satterthwaite" in t.method
    with pytest.raises(ValueError, match="normal or t"):
        auroc_unpaired_difference(truth, a, truth, b, reference="F")


@pytest.mark.parametrize(
    ("truth", "a", "b", "reason"),
    [
        ([1, 0, 0], [3, 1, 2], [1, 2, 3], "needs two cases of each class in the first score, got 1 and 2"),
        ([1, 1, 0, 0], [3, 4, 1, 2], [1, 3, 2, 4], "needs a variance of the first score, got none"),
        ([1, 1, 0, 0], [1, 3, 2, 4], [5, 5, 5, 5], "needs a variance of the second score, got none"),
        ([1, 1, 0, 0], [1, 3, 2, 4], [10, 30, 20, 40], "needs scores that order the cases differently, got"),
        ([], [], [], "got 0 and 0"),
    ],
)
def test_says_why_two_scores_cannot_be_compared(truth, a, b, reason):
    with pytest.raises(NotEstimable, match=reason):
        auroc_difference(truth, a, b)


def test_a_window_of_positives_only_cannot_be_compared():
    with pytest.raises(NotEstimable, match="needs two cases of each class in the second set, got 3 and 0"):
        auroc_unpaired_difference([1, 1, 0, 0], [1, 3, 2, 4], [1, 1, 1], [1, 2, 3])


def test_scores_of_different_cases_are_refused():
    with pytest.raises(ValueError, match="same cases"):
        auroc_difference([1, 0, 1, 0], [1, 2, 3, 4], [1, 2, 3])


def test_two_scores_of_equal_worth_differ_in_one_of_twenty_samples():
    """Simulation: binormal, 50 positives of 500, the scores sharing two thirds of their noise; |z| < 3.3."""
    rng, runs = np.random.default_rng(12), 600
    truth, found = np.arange(500) < 50, 0
    for _ in range(runs):
        shared = 1.5 * truth + 0.8 * rng.normal(size=500)
        found += auroc_difference(truth, *(shared + 0.6 * rng.normal(size=(2, 500)))).p_value < 0.05

    assert abs(found / runs - 0.05) < 3.3 * np.sqrt(0.05 * 0.95 / runs)


def test_the_value_is_that_of_the_two_aurocs():
    rng = np.random.default_rng(1)
    truth = np.arange(80) < 20
    a, b = rng.normal(truth), rng.normal(truth)

    assert auroc_difference(truth, a, b).difference == pytest.approx(
        auroc(truth, a).value - auroc(truth, b).value, abs=1e-12
    )


@pytest.mark.parametrize("reference", ["normal", "t"])
def test_a_confidence_above_one_is_refused(reference):
    truth, score = np.array([0, 0, 0, 1, 1, 1]), np.array([1.0, 2, 4, 3, 5, 6])
    with pytest.raises(ValueError, match="between 0 and 1"):
        auroc_unpaired_difference(truth, score, truth, score, confidence=1.5, reference=reference)
