"""Tests of equal rates and AUROCs over sites: SciPy, exact tables by hand, size and power by simulation."""

import numpy as np
import pytest
from scipy.stats import chi2, chi2_contingency, fisher_exact

from surveillance.errors import NotEstimable
from surveillance.metrics import auroc, site_auroc_effects, site_effects, site_effects_power


def rng():
    return np.random.default_rng(1)


def test_large_sites_agree_with_scipys_likelihood_ratio():
    x, n = np.array([90, 75, 160]), np.array([100, 100, 200])
    expected = chi2_contingency([x, n - x], correction=False, lambda_="log-likelihood")

    result = site_effects(x, n, rng=rng())

    assert result.statistic == pytest.approx(expected.statistic)
    assert result.p_value == pytest.approx(expected.pvalue)
    assert (result.n, result.positives) == (400, 325)


@pytest.mark.parametrize(("x", "n"), [((9, 3), (10, 8)), ((2, 7), (12, 9)), ((0, 4), (5, 6))])
def test_two_small_sites_agree_with_the_listing_of_all_tables(x, n):
    """The exact p: the hypergeometric chance of every table whose G is at least the one seen."""
    from scipy.stats import hypergeom

    law = hypergeom(sum(n), n[0], sum(x))
    ways = np.arange(max(0, sum(x) - n[1]), min(n[0], sum(x)) + 1)

    def g(first):
        table = [[first, sum(x) - first], [n[0] - first, n[1] - sum(x) + first]]
        return chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic

    exact = sum(law.pmf(way) for way in ways if g(way) >= g(x[0]) - 1e-9)

    result = site_effects(x, n, rng=rng())

    assert abs(result.p_value - exact) < 4 * np.sqrt(exact * (1 - exact) / 1999) + 1 / 2000
    assert "1999 tables" in result.method


def test_two_even_small_sites_agree_with_fishers_exact_test():
    p = fisher_exact([[9, 4], [1, 6]]).pvalue  # equal sites: the order by G is Fisher's order by chance

    assert abs(site_effects([9, 4], [10, 10], rng=rng()).p_value - p) < 4 * np.sqrt(p * (1 - p) / 1999) + 1 / 2000


def test_the_same_generator_gives_the_same_p():
    assert site_effects([9, 3], [10, 8], rng=rng()) == site_effects([9, 3], [10, 8], rng=rng())


@pytest.mark.parametrize("n", [[210, 210], [300, 600, 900], [5, 10]])
def test_sites_of_one_and_the_same_rate_have_a_p_of_one(n):
    x = [size * 20 // 21 if sum(n) == 420 else size * 3 // 5 for size in n]

    assert site_effects(x, n, rng=rng()).p_value == pytest.approx(1.0, abs=1e-6)


def test_a_site_without_studies_is_left_out():
    with_empty, without = (site_effects(x, n, rng=rng()) for x, n in (([9, 0, 3], [10, 0, 8]), ([9, 3], [10, 8])))

    assert with_empty == without


def test_the_test_calls_a_difference_between_small_alike_sites_in_at_most_one_of_twenty_samples():
    """Simulation: sites of 30 15 10 8 with a rate of .9, where chi-squared is not to be trusted; z < 3.3."""
    draw, n, runs = np.random.default_rng(3), np.array([30, 15, 10, 8]), 600
    found = tried = 0
    for _ in range(runs):
        x = draw.binomial(n, 0.9)
        if 0 < x.sum() < n.sum():
            tried += 1
            found += site_effects(x, n, rng=draw).p_value <= 0.05

    assert found / tried < 0.05 + 3.3 * np.sqrt(0.05 * 0.95 / tried)


def test_power_is_what_simulation_finds():
    """Simulation: four sites of 60, one with .7 in place of .9; |z| < 3.3 beside the noncentral law's own error."""
    draw, n, rates, runs = np.random.default_rng(4), np.full(4, 60), [0.9, 0.9, 0.9, 0.7], 400
    found = sum(site_effects(draw.binomial(n, rates), n, rng=draw).p_value <= 0.05 for _ in range(runs)) / runs

    power = site_effects_power(n, rates).power

    assert abs(found - power) < 3.3 * np.sqrt(power * (1 - power) / runs) + 0.02


def test_power_against_no_difference_is_the_size_of_the_test():
    assert site_effects_power([40, 60], [0.9, 0.9], level=0.1).power == pytest.approx(0.1)


def test_equal_aurocs_over_two_sites_are_a_squared_normal():
    draw, truth = np.random.default_rng(6), np.arange(300) < 60
    areas = [auroc(truth, draw.normal(shift * truth)) for shift in (1.0, 1.6)]
    a, b = areas
    errors = [one.standard_error / (one.value * (1 - one.value)) for one in areas]
    z = (np.log(a.value / (1 - a.value)) - np.log(b.value / (1 - b.value))) / np.hypot(*errors)

    result = site_auroc_effects(areas)

    assert result.statistic == pytest.approx(z**2)
    assert result.p_value == pytest.approx(chi2.sf(z**2, 1))
    assert (result.n, result.positives) == (600, 120)


def test_a_site_with_perfect_separation_is_left_out_and_said_so():
    draw, truth = np.random.default_rng(6), np.arange(300) < 60
    areas = [auroc(truth, draw.normal(truth)) for _ in range(2)]

    result = site_auroc_effects([*areas, auroc([1, 1, 0, 0], [3, 4, 1, 2])])

    assert "sites without a standard error left out: 1" in result.method
    assert result.statistic == site_auroc_effects(areas).statistic


def test_says_why_sites_cannot_be_compared():
    with pytest.raises(NotEstimable, match="needs two sites with studies, got 1"):
        site_effects([3, 0], [5, 0], rng=rng())
    with pytest.raises(NotEstimable, match="needs studies that went both ways, got 9 of 9"):
        site_effects([5, 4], [5, 4], rng=rng())
    with pytest.raises(ValueError, match="denominator"):
        site_effects([6, 4], [5, 4], rng=rng())
    with pytest.raises(NotEstimable, match="needs two sites with an AUROC and its error, got 0"):
        site_auroc_effects([])
    with pytest.raises(NotEstimable, match="needs two sites with studies, got 1"):
        site_effects_power([5, 0], [0.5, 0.5])
    with pytest.raises(ValueError, match="rates"):
        site_effects_power([5, 4], [0.5, 1.0])
