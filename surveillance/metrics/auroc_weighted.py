"""AUROC when only a known share of some cases has a confirmed finding."""

from math import sqrt

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_scores, require_same_length
from surveillance.metrics.auroc import logit_interval, why_no_interval
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.placements import placements

METHOD = (
    "AUROC with each case weighted by one over its sampling fraction (Begg & Greenes), linearised variance; "
    "interval symmetric on the logit scale"
)


def auroc_weighted(truth: Flags, score: Scores, weight: Scores, *, confidence: float = 0.95) -> Estimate:
    """Estimate the AUROC of all cases from those whose truth was looked up, undoing the sampling.

    Each verified case stands for `weight` cases like it: one over the sampling fraction. Cases of
    weight zero stand for nobody and are left out. The variance is that of the linearised
    (influence-function) estimator; at equal weights value and variance are those of `auroc`.

    Parameters
    ----------
    truth : bool array of shape (n,)
        Confirmed findings of the verified cases.
    score : float array of shape (n,)
        On any scale where higher means disease.
    weight : float array of shape (n,)
        One over the sampling fraction; 1 for a stratum that is verified completely.

    Raises
    ------
    NotEstimable
        If a class is absent.
    ValueError
        If a weight is negative or infinite.

    Examples
    --------
    >>> truth, score = np.array([0, 0, 1, 1, 1]), np.array([0.1, 0.6, 0.2, 0.7, 0.9])
    >>> round(auroc_weighted(truth, score, np.array([10, 1, 10, 1, 1])).value, 3)
    0.924

    References
    ----------
    Begg & Greenes (1983) Assessment of diagnostic tests when disease verification is subject to
    selection bias. Biometrics 39, 207-215.
    Binder (1983) On the variances of asymptotically normal estimators from complex surveys.
    International Statistical Review 51, 279-292.
    """
    flags, scores, weights = as_flags(truth, "truth"), as_scores(score, "score"), as_scores(weight, "weight")
    require_same_length(flags, scores)
    require_same_length(flags, weights)
    if weights.size and (weights.min() < 0.0 or not np.isfinite(weights.max())):
        raise ValueError("weight must be finite and not negative: it is one over the sampling fraction")
    stands_for_some = weights > 0.0
    flags, scores, weights = flags[stands_for_some], scores[stands_for_some], weights[stands_for_some]
    m, n = int(flags.sum()), int((~flags).sum())
    if min(m, n) < 1:
        raise NotEstimable(f"Weighted AUROC needs verified cases of both classes, got {m} and {n}")
    v10, v01 = placements(flags, scores, weights)
    w1, w0 = weights[flags], weights[~flags]
    value = float((w1 * v10).sum() / w1.sum())
    missing = why_no_interval(value, m, n, scores)
    if missing is not None:
        return Estimate(value, missing, None, m + n, m, METHOD)
    s10 = float(((w1 * (v10 - value)) ** 2).sum()) / w1.sum() ** 2 * m / (m - 1)
    s01 = float(((w0 * (v01 - value)) ** 2).sum()) / w0.sum() ** 2 * n / (n - 1)
    standard_error = sqrt(s10 + s01)
    return Estimate(value, logit_interval(value, standard_error, confidence), standard_error, m + n, m, METHOD)


AUROC_WEIGHTED = Metric(
    "auroc_weighted",
    "AUROC (weighted)",
    Better.HIGHER,
    (0.0, 1.0),
    auroc_weighted,
    takes=("truth", "score", "weight"),
)
