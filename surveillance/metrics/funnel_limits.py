"""Funnel plots: how far a site's rate may lie from the target by chance, given how many cases it has."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray, IntArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.COMPARISON

METHOD = "exact binomial limits, interpolated (Spiegelhalter 2005)"


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """The limits of a funnel plot, one pair for each number of cases, as shares.

    Attributes
    ----------
    low, high : float arrays of shape (k,)
    target : float
    confidence : float
        0.95 and 0.998 are usual: "look" and "act".
    method : str
    """

    low: FloatArray
    high: FloatArray
    target: float
    confidence: float
    method: str


def funnel_limits(
    target: float, n: ArrayLike, confidence: float = 0.95, *, overdispersion: float = 1.0
) -> FunnelLimits:
    """Return between which rates a site lies by chance if its true rate is the target.

    With r the smallest count whose binomial probability P(R <= r) reaches q, the limit is (r - a) / n, where
    a = (P(R <= r) - q) / P(R = r) makes it move smoothly with n; q is (1 - confidence) / 2 and its complement.

    Parameters
    ----------
    target : float
        The rate the sites are held against, above 0 and below 1.
    n : int array of shape (k,)
        Cases of each site; at least 1.
    confidence : float
    overdispersion : float
        From `overdispersion(...).widening`: limits stand its square root farther from the target.

    Raises
    ------
    NotEstimable
        If a site has no case.
    ValueError
        If the target or the confidence is not between 0 and 1, or the overdispersion is below 1.

    Examples
    --------
    >>> limits = funnel_limits(0.12, [40, 1000])
    >>> limits.low.round(3).tolist(), limits.high.round(3).tolist()
    ([0.014, 0.1], [0.218, 0.14])

    References
    ----------
    Spiegelhalter (2005) Funnel plots for comparing institutional performance. Statistics in Medicine 24,
    1185-1202, appendix A.1.1 and section 3.

    Notes
    -----
    Assumes: independent cases within a site; one target for all sites, fixed or estimated from many.
    Not for: a league table, or one site week after week (use a chart).
    Departs from the published rule: under overdispersion the exact limits, not the normal ones, are moved out
    by the square root of the factor, because small sites are what the plot is for.
    """
    if not 0.0 < target < 1.0 or not 0.0 < confidence < 1.0:
        raise ValueError(f"target and confidence must lie between 0 and 1, got {target:g} and {confidence:g}")
    if overdispersion < 1.0:
        raise ValueError(f"overdispersion must be at least 1, got {overdispersion:g}")
    cases = np.asarray(n, dtype=np.int64)
    if np.any(cases < 1):
        raise NotEstimable("Funnel limits need at least one case at each site, got 0")
    tail = (1.0 - confidence) / 2.0
    low, high = (_interpolated(target, cases, q) for q in (tail, 1.0 - tail))
    wider = sqrt(overdispersion)
    low, high = (np.clip(target + wider * (limit - target), 0.0, 1.0) for limit in (low, high))
    words = METHOD if overdispersion == 1.0 else f"{METHOD}, moved out by the square root of {overdispersion:.3g}"
    return FunnelLimits(low, high, target, confidence, words)


def _interpolated(target: float, n: IntArray, q: float) -> FloatArray:
    """Return the interpolated binomial quantile as a share of n."""
    from scipy.stats import binom

    count = binom.ppf(q, n, target)
    reached, at = binom.cdf(count, n, target), binom.pmf(count, n, target)
    return np.asarray((count - (reached - q) / at) / n, dtype=np.float64)
