"""Funnel limits, overdispersion and false discovery: binomial sums, SciPy, values by hand and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, chi2
from scipy.stats.mstats import winsorize
from statsmodels.stats.multitest import multipletests

from surveillance.errors import NotEstimable
from surveillance.metrics import benjamini_hochberg, funnel_limits, overdispersion


def test_limits_of_two_cases_worked_by_hand():
    # R ~ binomial(2, .5): P(R <= 1) = .75, P(R <= 2) = 1. Upper 95 % limit: r = 2, a = (1 - .975) / .25 = .1,
    # (2 - .1) / 2 = .95. Lower: r = 0, a = (.25 - .025) / .25 = .9, (0 - .9) / 2 below 0.
    limits = funnel_limits(0.5, [2])

    assert limits.high.tolist() == pytest.approx([0.95])
    assert limits.low.tolist() == [0.0]


@given(st.floats(0.02, 0.98), st.integers(20, 2000))
def test_the_upper_limit_lies_just_under_the_first_count_that_holds_97_and_a_half_per_cent(target, n):
    limit = float(funnel_limits(target, [n]).high[0]) * n
    first = int(np.ceil(limit - 1e-6))

    assert binom.cdf(first, n, target) >= 0.975 - 1e-6
    assert binom.cdf(first - 1, n, target) <= 0.975 + 1e-6


@given(st.floats(0.05, 0.5), st.integers(5, 500))
def test_a_sterner_limit_lies_farther_out_and_a_mirrored_target_gives_mirrored_limits(target, n):
    usual, stern = funnel_limits(target, [n]), funnel_limits(target, [n], 0.998)

    assert stern.low[0] <= usual.low[0] <= target <= usual.high[0] <= stern.high[0]
    assert usual.high[0] <= 1.0


def test_overdispersion_moves_limits_out_by_its_square_root():
    plain, wide = funnel_limits(0.2, [400]), funnel_limits(0.2, [400], overdispersion=4.0)

    assert wide.high[0] - 0.2 == pytest.approx(2 * (plain.high[0] - 0.2))
    assert 0.2 - wide.low[0] == pytest.approx(2 * (0.2 - plain.low[0]))
    assert "square root of 4" in wide.method


def test_overdispersion_of_eleven_sites_worked_by_hand():
    # target .5, n = 100: z = (x - 50) / 5. z = -9 -2 -1 -1 0 0 1 1 2 2 7; pulled in at the second from each end
    # (the 10th and 90th percentiles of eleven): -2 ... 2. Squares 4 4 1 1 0 0 1 1 4 4 4 = 24; factor 24 / 11.
    z = np.array([-9, -2, -1, -1, 0, 0, 1, 1, 2, 2, 7])

    found = overdispersion(50 + 5 * z, [100] * 11, 0.5)

    assert found.factor == pytest.approx(24 / 11)
    assert found.widening == pytest.approx(24 / 11)  # 1 + 2 sqrt(2 / 11) = 1.853 is exceeded
    assert found.p_value == pytest.approx(chi2.sf(24, 11))


def test_overdispersion_pulls_in_as_scipy_winsorizes():
    rng = np.random.default_rng(4)
    n, x = np.full(41, 200), rng.binomial(200, rng.beta(20, 80, 41))
    z = (x / n - 0.2) / np.sqrt(0.2 * 0.8 / n)

    expected = float(np.mean(np.asarray(winsorize(z, limits=(0.1, 0.1))) ** 2))  # 4 of 41 on each side

    assert overdispersion(x, n, 0.2).factor == pytest.approx(expected)


def test_sites_that_differ_by_chance_only_rarely_widen_the_limits():
    """Simulation: 20 sites of 150; the factor stays under its bar in nearly all of 400 samples."""
    rng = np.random.default_rng(6)
    widened = sum(overdispersion(rng.binomial(150, 0.12, 20), [150] * 20, 0.12).widening > 1.0 for _ in range(400))

    assert widened <= 12  # the bar is two standard errors above 1, and pulling in lowers the factor


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=30), st.booleans())
def test_adjusted_values_are_those_of_statsmodels(p_values, any_dependence):
    _, expected, _, _ = multipletests(p_values, method="fdr_by" if any_dependence else "fdr_bh")

    result = benjamini_hochberg(p_values, any_dependence=any_dependence)

    assert result.adjusted == pytest.approx(expected, abs=1e-12)
    assert result.found.tolist() == (result.adjusted <= 0.05).tolist()


def test_sites_and_tests_that_say_nothing_are_refused():
    with pytest.raises(NotEstimable, match="needs tests, got 0"):
        benjamini_hochberg([])
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([0.2, 1.2])
    with pytest.raises(ValueError, match="missing"):
        benjamini_hochberg([0.2, np.nan])
    with pytest.raises(ValueError, match="rate"):
        benjamini_hochberg([0.2], rate=1.0)
    with pytest.raises(NotEstimable, match="need at least one case"):
        funnel_limits(0.1, [0])
    with pytest.raises(ValueError, match="target"):
        funnel_limits(1.0, [5])
    with pytest.raises(ValueError, match="overdispersion"):
        funnel_limits(0.1, [5], overdispersion=0.5)
    with pytest.raises(NotEstimable, match="needs two sites with cases, got 1"):
        overdispersion([1], [5], 0.1)
    with pytest.raises(ValueError, match="denominator"):
        overdispersion([6, 1], [5, 5], 0.1)
