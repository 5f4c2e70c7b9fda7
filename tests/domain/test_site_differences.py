"""A pooled baseline says whether its sites are alike, with what SciPy makes of the same counts."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy.stats import chi2, chi2_contingency, ncx2

from surveillance.domain.evaluation import evaluate
from surveillance.domain.site_differences import SiteCounts, site_differences
from tests.domain.small_log import Study, log, plan, week

PERIOD = {"from": date(2026, 1, 5), "to": date(2026, 1, 11), "minimum_positives": 100}


def site(flagged, missed, cleared=200, false=10):
    """Return a site's verified studies of the first week, all with one score: no AUROC error."""
    kinds = [(1, 1)] * flagged + [(0, 1)] * missed + [(0, 0)] * cleared + [(1, 0)] * false
    return log([Study(i * 0.01, call, [(i * 0.01 + 1, truth, "report")], 0.5) for i, (call, truth) in enumerate(kinds)])


def baseline(*sites, pool=True, at=2):
    own = replace(sites[0], pooled=sites[1:])
    return evaluate(plan(top={"baseline": {**PERIOD, "pool_sites": pool}}), own, week(at).end("UTC")).baseline


def test_sites_with_unlike_sensitivity_are_told_apart_and_sent_to_their_own_baselines():
    state = baseline(site(90, 10), site(60, 40))
    p = chi2_contingency([[90, 10], [60, 40]], correction=False, lambda_="log-likelihood").pvalue

    assert p < 0.0005  # and so under .001 after allowing for two tests
    assert state.site_effects == "sites differ in sensitivity, p = under .001: judge each site by its own baseline"
    assert state.words.endswith(state.site_effects)


def test_alike_sites_are_said_to_show_no_difference_and_what_would_have_shown():
    state = baseline(site(90, 10), site(86, 14), site(40, 6))
    sensitivity = chi2_contingency([[90, 86, 40], [10, 14, 6]], correction=False, lambda_="log-likelihood").pvalue

    # Specificity is equal everywhere: p = 1. The smaller of two, doubled: Benjamini and Hochberg.
    expected = f"{min(1.0, 2 * sensitivity):.2f}".removeprefix("0")
    assert state.site_effects.startswith(
        f"site effects: no difference seen in sensitivity, specificity, p = {expected};"
    )
    miss, n = 30 / 246, np.array([100, 100, 46])
    rates = np.array([1 - miss, 1 - miss, 1 - 2 * miss])
    mean = np.average(rates, weights=n)
    apart = rates * np.log(rates / mean) + (1 - rates) * np.log((1 - rates) / (1 - mean))
    power = ncx2.sf(chi2.ppf(0.95, 2), 2, 2 * np.sum(n * apart))
    assert f"a doubled miss rate at the smallest would show in {100 * power:.0f} of 100" in state.site_effects


def test_nothing_is_tested_where_nothing_is_pooled_or_the_dates_are_not_over():
    longer = {**PERIOD, "to": date(2026, 2, 1), "pool_sites": True}
    own = replace(site(90, 10), pooled=(site(60, 40),))

    assert baseline(site(90, 10), site(60, 40), pool=False).site_effects == ""
    assert evaluate(plan(top={"baseline": longer}), own, week(1).end("UTC")).baseline.site_effects == ""


def test_sites_without_a_verified_study_are_too_few_to_tell():
    assert "too few studies to tell" in baseline(site(90, 10), site(0, 0, 0, 0)).site_effects


def test_aurocs_are_compared_where_each_site_has_twenty_of_each_class():
    rng, sites = np.random.default_rng(3), []
    for distance in (3.0, 3.0, 0.3):
        positive = np.arange(400) < 80
        score = rng.normal(distance * positive)
        sites.append(SiteCounts.of(score > 1.5, positive, ~positive, score))

    assert "AUROC" in site_differences(sites, plan())
    few = SiteCounts.of(np.ones(10, bool), np.arange(10) < 5, np.arange(10) >= 5, rng.random(10))
    assert few.area is None


@pytest.mark.parametrize("at", [2, 5])
def test_the_same_counts_give_the_same_words_every_week(at):
    assert baseline(site(9, 3), site(95, 5), at=at).site_effects == baseline(site(9, 3), site(95, 5)).site_effects
