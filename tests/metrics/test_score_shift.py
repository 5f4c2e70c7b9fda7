"""Score shift against a reference: SciPy, values by hand, laws, and the rate of false findings by simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, ks_2samp, wasserstein_distance

from surveillance.errors import NotEstimable
from surveillance.metrics import kolmogorov_smirnov, population_stability_index, wasserstein

SCORES = st.lists(st.integers(0, 9).map(lambda x: x / 10), min_size=1, max_size=40)
EVERY = [population_stability_index, kolmogorov_smirnov, wasserstein]


def test_two_bins_worked_by_hand():
    # The median of 1 2 3 4 is 2.5: half and half. Of 1 1 1 4 three quarters lie below:
    # (.75 - .5) ln 1.5 + (.25 - .5) ln .5 = .25 ln 3.
    shift = population_stability_index([1, 2, 3, 4], [1, 1, 1, 4], bins=2)

    assert shift.value == pytest.approx(0.25 * np.log(3))
    assert shift.p_value == pytest.approx(chi2.sf(0.25 * np.log(3) * 2, 1))  # 1/4 + 1/4 = 1/2
    assert shift.limit == pytest.approx(chi2.ppf(0.95, 1) / 2)
    assert (shift.bins, shift.empty) == (2, 0)


def test_a_bin_holds_its_upper_end():
    # Reference median 2: shares 2/3 at or below it and 1/3 above; of the current scores 3/4 and 1/4.
    shift = population_stability_index([1, 2, 3], [2, 2, 2, 3], bins=2)

    assert shift.value == pytest.approx((3 / 4 - 2 / 3) * np.log(9 / 8) + (1 / 4 - 1 / 3) * np.log(3 / 4))


def test_an_empty_bin_counts_as_a_share_of_one_in_ten_thousand():
    shift = population_stability_index([1, 2, 3], [2, 2, 2], bins=2)

    assert shift.empty == 1
    assert shift.value == pytest.approx((1 - 2 / 3) * np.log(1.5) + (1e-4 - 1 / 3) * np.log(3e-4))


def test_equal_ends_are_merged_and_empty_bins_are_counted():
    reference = [0.0] * 60 + list(np.linspace(0.1, 1.0, 40))

    shift = population_stability_index(reference, [0.0] * 20)

    assert shift.bins == 5  # ends at 0 (six times), then at the 70th, 80th and 90th percentiles
    assert shift.empty == 4
    assert "4 empty" in shift.method
    assert np.isfinite(shift.value)


@given(SCORES, SCORES)
def test_distances_are_scipys_on_tied_scores(reference, current):
    gap, moved = kolmogorov_smirnov(reference, current), wasserstein(reference, current)
    with np.errstate(divide="ignore"):  # SciPy's p of samples of one
        expected = ks_2samp(reference, current, method="asymp").statistic

    assert gap.value == pytest.approx(expected, abs=1e-12)
    assert moved.value == pytest.approx(wasserstein_distance(reference, current), abs=1e-12)
    assert (gap.n_reference, gap.n_current) == (len(reference), len(current))


@pytest.mark.parametrize("measure", EVERY)
def test_a_sample_is_at_no_distance_from_itself(measure):
    scores = np.random.default_rng(2).random(50)

    assert measure(scores, scores).value == pytest.approx(0.0, abs=1e-12)


def test_a_shift_of_every_score_is_its_wasserstein_distance():
    scores = np.random.default_rng(2).random(50)

    assert wasserstein(scores, scores + 0.25).value == pytest.approx(0.25)


def test_exact_p_of_three_against_three_wholly_apart_is_two_of_twenty():
    shift = kolmogorov_smirnov([1, 2, 3], [4, 5, 6])

    assert shift.value == 1.0
    assert shift.p_value == pytest.approx(2 / 20)  # 6 choose 3 orders, two of them wholly apart
    assert "exact" in shift.method


def test_shuffled_p_of_three_against_three_is_near_the_exact_one():
    rng = np.random.default_rng(3)

    for shift in (
        kolmogorov_smirnov([1, 2, 3], [4, 5, 6], rng=rng, by="permutation"),
        wasserstein([1, 2, 3], [4, 5, 6], rng=rng),
    ):
        assert abs(shift.p_value - 0.1) < 4 * np.sqrt(0.1 * 0.9 / 999)
        assert "999 shuffles" in shift.method


def test_tied_scores_are_shuffled_where_a_generator_is_given_and_else_said_to_be_conservative():
    tied = [0.1, 0.1, 0.2, 0.3], [0.2, 0.3, 0.3, 0.4]

    assert "too large where scores are tied" in kolmogorov_smirnov(*tied).method
    assert "shuffles" in kolmogorov_smirnov(*tied, rng=np.random.default_rng(1)).method
    with pytest.raises(ValueError, match="without ties"):
        kolmogorov_smirnov(*tied, by="exact")
    with pytest.raises(ValueError, match="random generator"):
        kolmogorov_smirnov(*tied, by="permutation")


def test_without_a_generator_the_wasserstein_distance_has_no_p_and_says_so():
    assert "needs a random generator" in str(wasserstein([1, 2], [3, 4]).p_value)


@pytest.mark.parametrize("measure", EVERY)
def test_says_why_there_is_no_distance(measure):
    with pytest.raises(NotEstimable, match=r"needs reference and current scores, got 0 and 3"):
        measure([], [1, 2, 3])
    with pytest.raises(ValueError, match="missing"):
        measure([np.nan, 1], [1, 2, 3])
    with pytest.raises(ValueError, match="finite"):
        measure([np.inf, 1], [1, 2, 3])


def test_one_score_for_every_case_has_no_score_shift():
    with pytest.raises(NotEstimable, match="needs scores in two bins, got one"):
        population_stability_index([0.5] * 40, [0.5] * 20)
    with pytest.raises(ValueError, match="two bins"):
        population_stability_index([0.1, 0.2], [0.1], bins=1)


def test_unchanged_scores_stay_below_the_limit_in_nineteen_of_twenty_samples():
    """Simulation: 1 000 current scores against 2 000, decile bins; |z| < 3.3."""
    rng, runs = np.random.default_rng(7), 600
    over = 0
    for _ in range(runs):
        shift = population_stability_index(rng.random(2000), rng.random(1000))
        over += shift.value > shift.limit
        assert (shift.value > shift.limit) == (shift.p_value < 0.05)

    assert abs(over / runs - 0.05) < 3.3 * np.sqrt(0.05 * 0.95 / runs)


def test_a_limit_of_no_confidence_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        population_stability_index(np.arange(50.0), np.arange(50.0), confidence=1.5)
