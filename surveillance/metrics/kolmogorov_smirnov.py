"""Kolmogorov-Smirnov: the largest gap between two distributions of scores."""

from math import sqrt
from typing import Literal

import numpy as np
from scipy.special import kolmogorov

from surveillance.metrics.arrays import FloatArray, Scores
from surveillance.metrics.topic import Topic
from surveillance.metrics.two_samples import SHUFFLES, ScoreDistance, as_two_samples, shuffled_p_value

TOPIC = Topic.COMPARISON

FEW = 10_000  # pairs below which the exact p is used, as in R
By = Literal["exact", "asymptotic", "permutation"]


def kolmogorov_smirnov(
    reference: Scores, current: Scores, *, rng: np.random.Generator | None = None, by: By | None = None
) -> ScoreDistance:
    """Measure the largest gap between the reference's and the current distribution of scores.

    D = max |F_reference(x) - F_current(x)|. p is exact for untied samples of fewer than 10 000 pairs, and
    Smirnov's limiting distribution otherwise; with ties that one is too large, and a random generator gives
    the p by shuffling instead.

    Parameters
    ----------
    reference : float array of shape (n,)
    current : float array of shape (k,)
    rng : numpy Generator, optional
        For the shuffling of tied scores.
    by : {"exact", "asymptotic", "permutation"}, optional
        Ask for one way of computing p; without it the rule above holds.

    Raises
    ------
    NotEstimable
        If a sample is empty.
    ValueError
        If a score is missing, an exact p is asked for tied scores, or a permutation without `rng`.

    Examples
    --------
    >>> shift = kolmogorov_smirnov([0.1, 0.2, 0.3, 0.4], [0.35, 0.5, 0.6])
    >>> round(shift.value, 2), round(shift.p_value, 3), shift.method
    (0.75, 0.229, 'Kolmogorov-Smirnov, exact p')

    References
    ----------
    Smirnov (1948) Table for estimating the goodness of fit of empirical distributions. Annals of Mathematical
    Statistics 19, 279-281. Hodges (1958) The significance probability of the Smirnov two-sample test. Arkiv
    for Matematik 3, 469-486.

    Notes
    -----
    Assumes: independent scores within and between the samples. Measured on scores rounded to a tenth at 5 % nominal:
    size .01 by the limiting law and .04 by shuffling.
    Not for: an alarm; at 100 000 scores it flags a shift too small to matter. Read the distance, not only p.
    Departs from the published rule: tied scores are shuffled where a generator is given, because Smirnov's law
    holds for scores without ties.
    """
    first, second = as_two_samples(reference, current, "The Kolmogorov-Smirnov distance")
    value = largest_gap(first, second)
    tied = len(np.unique(np.concatenate((first, second)))) < len(first) + len(second)
    if by is None:
        by = "asymptotic"
        if tied and rng is not None:
            by = "permutation"
        elif not tied and len(first) * len(second) < FEW:
            by = "exact"
    if by == "exact":
        p_value, words = _exact(first, second, tied), "exact p"
    elif by == "permutation":
        if rng is None:
            raise ValueError("a p by shuffling needs a random generator, got none")
        p_value = shuffled_p_value(first, second, largest_gap, rng)
        words = f"p by {SHUFFLES} shuffles"
    else:
        p_value = float(kolmogorov(sqrt(len(first) * len(second) / (len(first) + len(second))) * value))
        words = "limiting p" + (", too large where scores are tied" if tied else "")
    return ScoreDistance(value, p_value, len(first), len(second), f"Kolmogorov-Smirnov, {words}")


def largest_gap(first: FloatArray, second: FloatArray) -> float:
    """Return the largest distance between two empirical distribution functions.

    >>> largest_gap(np.array([1.0, 2.0]), np.array([2.0, 3.0]))
    0.5
    """
    points = np.concatenate((first, second))
    shares = (np.searchsorted(np.sort(one), points, side="right") / len(one) for one in (first, second))
    return float(np.max(np.abs(np.subtract(*shares))))


def _exact(first: FloatArray, second: FloatArray, tied: bool) -> float:
    if tied:
        raise ValueError("an exact p needs scores without ties: give a random generator and shuffle")
    from scipy.stats import ks_2samp

    return float(ks_2samp(first, second, method="exact").pvalue)
