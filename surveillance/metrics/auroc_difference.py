"""The difference between the AUROCs of two scores on the same cases."""

from math import sqrt

import numpy as np
from scipy.special import ndtr

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import BoolArray, Flags, FloatArray, Scores, as_flags, as_scores, require_same_length
from surveillance.metrics.auroc import why_no_interval
from surveillance.metrics.comparison import Comparison
from surveillance.metrics.estimate import Interval, wald_interval
from surveillance.metrics.placements import placements
from surveillance.metrics.topic import Topic

TOPIC = Topic.COMPARISON

METHOD = "paired difference of AUROCs with DeLong's covariance; two-sided normal"
ROUNDING = 1e-12  # placements are shares of at most some million cases: no real spread is smaller


def auroc_difference(truth: Flags, score_a: Scores, score_b: Scores, *, confidence: float = 0.95) -> Comparison:
    """Compare how well two scores of the same cases tell disease from health.

    A - B, where each AUROC is the mean placement of the positives among the negatives. Both come from the
    same cases, so their covariance is taken off: Var = S10/m + S01/n of the case-by-case differences of
    placements, which is VarA + VarB - 2 Cov of DeLong. z = (A - B) / sqrt(Var).

    Parameters
    ----------
    truth : bool array of shape (n,)
    score_a, score_b : float arrays of shape (n,)
        Two readings of every case, each on its own scale where higher means disease.

    Raises
    ------
    NotEstimable
        If a class has fewer than two cases, a score separates the classes perfectly or is constant, or both
        scores place every case alike.

    Examples
    --------
    >>> truth = np.array([0, 0, 0, 1, 1, 1])
    >>> old, new = np.array([1.0, 2, 4, 3, 5, 6]), np.array([1.0, 3, 5, 2, 4, 6])
    >>> result = auroc_difference(truth, old, new)
    >>> round(result.difference, 3), round(result.standard_error, 3)
    (0.222, 0.157)

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988) Comparing the areas under two or more correlated receiver
    operating characteristic curves. Biometrics 44, 837-845.
    Sun & Xu (2014) Fast implementation of DeLong's algorithm. IEEE SPL 21(11), 1389-1393.

    Notes
    -----
    Assumes: independent cases; the same cases under both scores. Measured at AUROC .86 and 10 % prevalence, 5 %
    nominal: size .04 with 5 positives, .05 with 10, 20 and 50.
    Not for: two windows or two sites (use `auroc_unpaired_difference`), or a score compared with one it was
    built from (nested models: the test is then conservative).
    Departs from the published rule: no result where one score separates perfectly, because its variance is
    then estimated as 0.
    """
    flags, a, b = as_flags(truth, "truth"), as_scores(score_a, "score_a"), as_scores(score_b, "score_b")
    require_same_length(flags, a)
    require_same_length(flags, b)
    v10_a, v01_a = compared_placements(flags, a, "the first score")
    v10_b, v01_b = compared_placements(flags, b, "the second score")
    d10, d01 = v10_a - v10_b, v01_a - v01_b
    if max(np.ptp(d10), np.ptp(d01)) < ROUNDING:
        raise NotEstimable("AUROC difference needs scores that order the cases differently, got the same order")
    difference = float(d10.mean())
    standard_error = sqrt(d10.var(ddof=1) / len(d10) + d01.var(ddof=1) / len(d01))
    wide = wald_interval(difference, standard_error, confidence)
    interval = Interval(max(-1.0, wide.low), min(1.0, wide.high), confidence)
    p_value = 2.0 * float(ndtr(-abs(difference) / standard_error))
    return Comparison(difference, interval, standard_error, p_value, len(flags), METHOD)


def compared_placements(truth: BoolArray, score: FloatArray, which: str) -> tuple[FloatArray, FloatArray]:
    """Return the placements of a score whose AUROC has a variance, or raise the reason why it has none."""
    m, n = int(truth.sum()), int((~truth).sum())
    if min(m, n) < 2:
        raise NotEstimable(f"AUROC difference needs two cases of each class in {which}, got {m} and {n}")
    v10, v01 = placements(truth, score, np.ones(len(score)))
    missing = why_no_interval(float(v10.mean()), m, n, score)
    if missing is not None:
        raise NotEstimable(f"AUROC difference needs a variance of {which}, got none. {missing}")
    return v10, v01
