"""Are sites alike enough to share one baseline? Tests of equal rates and of equal AUROCs over sites."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincc, logit, xlogy

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.test_result import TestResult
from surveillance.metrics.topic import Topic

TOPIC = Topic.COMPARISON

TABLES = 1999
FEWEST_EXPECTED = 5.0
METHOD = "likelihood ratio of one rate for all sites against a rate for each"


def site_effects(successes: ArrayLike, n: ArrayLike, *, rng: np.random.Generator) -> TestResult:
    """Test whether sites share one rate, so that small ones may share one baseline.

    G = 2 sum observed ln(observed / expected) over successes and failures of every site. Where every expected
    count is at least 5, p is that of chi-squared on sites - 1; below that it is exact but for simulation: the
    successes are dealt out over the sites' studies anew, 1999 times, both totals kept (Freeman & Halton).

    Parameters
    ----------
    successes, n : int arrays of shape (k,)
        One entry a site; sites without a study are left out.
    rng : numpy Generator
        For the dealing out.

    Raises
    ------
    NotEstimable
        If fewer than two sites have studies, or all studies of all sites went one way.
    ValueError
        If successes exceed their denominator.

    Examples
    --------
    >>> result = site_effects([45, 18, 27], [50, 20, 40], rng=np.random.default_rng(1))
    >>> round(result.statistic, 2), result.p_value, result.n
    (8.35, 0.0245, 110)

    References
    ----------
    Freeman & Halton (1951) Note on an exact treatment of contingency, goodness of fit and other problems of
    significance. Biometrika 38, 141-149. Agresti (2013) Categorical Data Analysis, 3rd ed., sections 3.2, 3.5.

    Notes
    -----
    Assumes: independent studies within a site. Measured with the rate .9 at 5 % nominal: size .02 to .05 on four
    sites of 10 to 50, where chi-squared alone gives .04 to .07; power against one site of four at .7 is .53
    with 30 studies a site and .85 with 60.
    Not for: showing that sites are alike; without a difference seen, small sites may still differ
    (`site_effects_power` says how much would be seen).
    Departs from the published rule: tables are drawn, not listed, and ordered by G because that is the statistic of
    the larger samples too.
    """
    x, cases = np.asarray(successes, dtype=np.int64), np.asarray(n, dtype=np.int64)
    if x.ndim != 1 or x.shape != cases.shape:
        raise ValueError(f"successes and n must be one column of sites, got shapes {x.shape} and {cases.shape}")
    if np.any((x < 0) | (x > cases)):
        raise ValueError("successes must lie between 0 and their denominator")
    x, cases = x[cases > 0], cases[cases > 0]
    hits, total = int(x.sum()), int(cases.sum())
    if len(cases) < 2:
        raise NotEstimable(f"A test of site effects needs two sites with studies, got {len(cases)}")
    if hits in (0, total):
        raise NotEstimable(f"A test of site effects needs studies that went both ways, got {hits} of {total}")
    statistic = float(_likelihood_ratio(x, cases, hits / total))
    if cases.min() * min(hits, total - hits) / total >= FEWEST_EXPECTED:
        p_value = float(gammaincc((len(cases) - 1) / 2.0, statistic / 2.0))
        return TestResult(statistic, p_value, total, hits, f"{METHOD}, chi-squared on {len(cases) - 1}")
    tables = rng.multivariate_hypergeometric(cases, hits, size=TABLES, method="marginals")
    drawn = _likelihood_ratio(tables, cases, hits / total)
    p_value = (1 + int(np.sum(drawn >= statistic - 1e-9))) / (1 + TABLES)
    return TestResult(statistic, p_value, total, hits, f"{METHOD}, {TABLES} tables with the same totals")


def site_auroc_effects(areas: Sequence[Estimate]) -> TestResult:
    """Test whether sites share one AUROC.

    Q = sum w (L - mean L)^2 with L the logit of each site's AUROC, w one over its variance there (DeLong's,
    carried by the delta method) and the mean weighted by w; chi-squared on sites - 1.

    Parameters
    ----------
    areas : sequence of Estimate
        Of `auroc`, one for each site; no case in two of them.

    Raises
    ------
    NotEstimable
        If fewer than two sites have an AUROC with a standard error.

    Examples
    --------
    >>> from surveillance.metrics import auroc
    >>> one = auroc(np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8]))
    >>> site_auroc_effects([one, one]).p_value
    1.0

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988) Biometrics 44, 837-845. Cochran (1954) The combination of estimates
    from different experiments. Biometrics 10, 101-129.

    Notes
    -----
    Assumes: independent sites. Measured on four sites at AUROC .86 and 10 % prevalence, 5 % nominal: size .12 with 10
    positives a site, .07 with 20 and with 50; power .60 against one site at .76 with 50 positives a site.
    Not for: sites with perfect separation, which have no variance and are left out.
    Departs from the published rule: compared on the logit scale because a small site's variance hangs less on
    its value there.
    """
    usable = [one for one in areas if one.standard_error is not None]
    if len(usable) < 2:
        raise NotEstimable(f"A test of site effects needs two sites with an AUROC and its error, got {len(usable)}")
    value = np.array([one.value for one in usable])
    error = np.array([one.standard_error or 0.0 for one in usable]) / (value * (1.0 - value))
    precision = error**-2.0
    distance = logit(value) - np.sum(precision * logit(value)) / np.sum(precision)
    statistic = float(np.sum(precision * distance**2))
    p_value = float(gammaincc((len(usable) - 1) / 2.0, statistic / 2.0))
    left_out = (
        f"; sites without a standard error left out: {len(areas) - len(usable)}" if len(areas) > len(usable) else ""
    )
    method = f"chi-squared on {len(usable) - 1} for equal AUROCs, DeLong's variances on the logit scale{left_out}"
    return TestResult(statistic, p_value, sum(one.n for one in usable), sum(one.positives for one in usable), method)


def _likelihood_ratio(x: np.ndarray, n: np.ndarray, rate: float) -> FloatArray:
    """Return G of one table, or of many in rows."""
    terms = xlogy(x, x / (n * rate)) + xlogy(n - x, (n - x) / (n * (1.0 - rate)))
    # Equal rates give 0 in algebra; rounding must not make it negative, which has no p.
    return np.asarray(np.maximum(0.0, 2.0 * terms.sum(axis=-1)), dtype=np.float64)
