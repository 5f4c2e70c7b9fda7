"""Cohen's kappa against R's published output, statsmodels, scikit-learn and hand-worked tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from surveillance.errors import NotEstimable
from surveillance.metrics import kappa

# Hout et al. (1987), husbands' and wives' answers: `SexualFun` of R package vcd; confint(Kappa(SexualFun)) prints
# Unweighted -0.005120399 0.2637809, and Kappa prints value 0.1293, ASE 0.0686.
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]


def answers(table):
    counts = np.asarray(table)
    rows, columns = np.indices(counts.shape)
    return np.repeat(rows.ravel(), counts.ravel()), np.repeat(columns.ravel(), counts.ravel())


def test_agrees_with_r_on_a_published_table():
    found = kappa(*answers(COUPLES))

    assert found.value == pytest.approx(0.1293, abs=5e-5)
    assert found.standard_error == pytest.approx(0.0686, abs=5e-5)
    assert (found.interval.low, found.interval.high) == pytest.approx((-0.005120399, 0.2637809), abs=5e-8)


def test_is_the_hand_worked_value_of_a_fourfold_table():
    # 45 and 25 alike of 100, margins 60/40 and 70/30: observed .7, expected .42 + .12 = .54, kappa .16 / .46.
    found = kappa(*answers([[50, 10], [20, 20]]))

    assert (found.observed, found.expected) == pytest.approx((0.7, 0.54))
    assert found.value == pytest.approx(0.16 / 0.46)


@given(st.lists(st.lists(st.integers(1, 60), min_size=3, max_size=3), min_size=3, max_size=3))
def test_agrees_with_statsmodels_and_scikit_learn(table):
    first, second = answers(table)
    found, other = kappa(first, second), cohens_kappa(np.array(table))

    assert found.value == pytest.approx(cohen_kappa_score(first, second), abs=1e-12)
    assert found.standard_error == pytest.approx(other.std_kappa, rel=1e-9)
    assert found.interval.low == pytest.approx(other.kappa_low, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=60))
def test_who_is_called_first_does_not_matter(pairs):
    first, second = zip(*pairs, strict=True)
    try:
        one = kappa(first, second)
    except NotEstimable:
        return

    assert kappa(second, first).value == pytest.approx(one.value)


def test_perfect_agreement_stands_without_an_interval():
    found = kappa([0, 1, 1], [0, 1, 1])

    assert found.value == 1.0
    assert "needs a disagreement" in str(found.interval)


@pytest.mark.parametrize("answers", [[], [1, 1, 1]])
def test_says_why_where_there_is_no_answer(answers):
    with pytest.raises(NotEstimable, match=r"needs .+, got"):
        kappa(answers, answers)


def test_readers_of_other_studies_are_refused():
    with pytest.raises(ValueError, match="same cases"):
        kappa([1, 0], [1])
