"""A proportion when some patients have several studies, which are not independent."""

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, as_flags
from surveillance.metrics.design_effect import design_effect
from surveillance.metrics.estimate import Estimate, Interval
from surveillance.metrics.proportion import METHOD as PLAIN
from surveillance.metrics.proportion import proportion_estimate, wilson
from surveillance.metrics.topic import Topic

TOPIC = Topic.OPERATING_POINT


def clustered_proportion(
    successes: Flags, cluster: ArrayLike, *, positives: int | None = None, confidence: float = 0.95
) -> Estimate:
    """Estimate a share of studies where repeat studies of a patient tell less than studies of new patients.

    The share p is that of all studies. Its variance adds up what each patient's studies bring together,
    k/(k-1) sum (x_i - p n_i)^2 / n^2 over k patients; divided by the p(1-p)/(n-1) of independent studies it is
    the design effect d, at least 1. The interval is Wilson's for n/d studies.

    Parameters
    ----------
    successes : bool array of shape (n,)
        One entry a study.
    cluster : array of shape (n,)
        The patient of each study.
    positives : int, optional
        How many of the studies have the finding; without it the successes.

    Raises
    ------
    NotEstimable
        If there is no study.

    Examples
    --------
    >>> hits, patient = np.array([1, 1, 0, 0, 1, 1, 1, 0]), np.array([1, 1, 2, 2, 3, 4, 5, 6])
    >>> estimate = clustered_proportion(hits, patient)
    >>> round(estimate.value, 3), round(estimate.low, 2), round(estimate.high, 2)
    (0.625, 0.24, 0.9)

    References
    ----------
    Rao & Scott (1992) A simple method for the analysis of clustered binary data. Biometrics 48, 577-585.
    Wilson (1927) JASA 22, 209-212. Korn & Graubard (1998) Survey Methodology 24, 193-201.

    Notes
    -----
    Assumes: patients are independent of one another. Measured with two studies a patient and correlation .25: coverage
    .94 to .95 from 50 patients on, where Wilson's own is .91 to .93; .94 to .97 with 10 to 25 patients.
    Not for: charts, which count the first study of an episode instead.
    Departs from the published rule: the design effect is taken against p(1-p)/(n-1), is never below 1, and
    takes a patient's studies as fully alike where all studies agree or all are one patient's, because it must be
    exactly 1 where nobody repeats, must not narrow an interval by chance, and needs variation to be estimated.
    """
    flags = as_flags(successes, "successes")
    patients = np.asarray(cluster)
    if patients.shape != flags.shape:
        raise ValueError(f"columns must describe the same cases, got {len(flags)} and {patients.size}")
    if len(flags) == 0:
        raise NotEstimable("A proportion needs at least one case, got 0")
    n, hits = len(flags), int(flags.sum())
    found = hits if positives is None else positives
    codes = np.unique(patients, return_inverse=True)[1]
    size = np.bincount(codes).astype(np.float64)
    if len(size) == n:
        return proportion_estimate(hits, n, positives=found, confidence=confidence)
    effect = design_effect(np.bincount(codes, flags).astype(np.float64), size)
    method = f"{PLAIN} on {n / effect:.4g} effective studies (Rao & Scott): {n} studies of {len(size)} patients"
    low, high = wilson(hits / effect, n / effect, confidence)
    value = hits / n
    error = sqrt(effect * value * (1.0 - value) / n) if 0 < hits < n else None
    return Estimate(value, Interval(float(low), float(high), confidence), error, n, found, method)
