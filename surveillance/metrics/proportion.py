"""A proportion and Wilson's interval, the range of every share on the screen."""

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray
from surveillance.metrics.estimate import Estimate, Interval, normal_quantile
from surveillance.metrics.topic import Topic

TOPIC = Topic.OPERATING_POINT

METHOD = "Wilson score interval"


def wilson(successes: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Return Wilson's interval for one proportion or for many at once.

    The proportions p that a score test would not reject, those with |x - np| <= z sqrt(np (1 - p)). Unlike the
    textbook interval it is never of zero width: 0 of 20 gives 0 to 16 %.

    Parameters
    ----------
    successes, n : arrays of one shape
        Counts; `n` above 0 everywhere. Effective counts of weighted cases need not be whole.

    Returns
    -------
    tuple of float arrays of that shape, low and high

    Raises
    ------
    NotEstimable
        If a denominator is zero.
    ValueError
        If successes exceed their denominator or are negative.

    Notes
    -----
    Assumes: cases are independent, and each has the same chance of a success.

    Not for: several studies of one patient; a sample in which some cases stand for more than one other, such as
    an audit; a guarantee, since near 0 and 1 it can hold the truth a little less often than it says.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> low, high = wilson([0, 45], [20, 50])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 0.786], [0.161, 0.957])

    References
    ----------
    Wilson (1927) Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.
    """
    x, cases = np.asarray(successes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if np.any(cases <= 0):
        raise NotEstimable("A proportion needs at least one case, got 0")
    if np.any((x < 0) | (x > cases)):
        raise ValueError("successes must lie between 0 and their denominator")
    z2 = normal_quantile(confidence) ** 2
    middle = (x + z2 / 2.0) / (cases + z2)
    half = np.sqrt(z2) / (cases + z2) * np.sqrt(x * (cases - x) / cases + z2 / 4.0)
    # The ends are exactly 0 and 1 in algebra; rounding must not print a bound of -1e-17.
    low = np.where(x == 0, 0.0, middle - half)
    high = np.where(x == cases, 1.0, middle + half)
    return low, high


def proportion_estimate(
    successes: int, n: int, *, positives: int, method: str = METHOD, confidence: float = 0.95
) -> Estimate:
    """Estimate a share of cases with Wilson's interval.

    Parameters
    ----------
    successes, n : int
        Numerator and denominator.
    positives : int
        How many of the `n` have the finding.

    Raises
    ------
    NotEstimable
        If the denominator is zero.

    Notes
    -----
    Assumes: as `wilson`: cases are independent, and each has the same chance of a success.

    Not for: as `wilson`: several studies of one patient, and samples with weights.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> proportion_estimate(45, 50, positives=50)
    Estimate(value=0.90, low=0.79, high=0.96, n=50, positives=50)

    References
    ----------
    Wilson (1927) Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.
    """
    low, high = wilson(successes, n, confidence)
    value = successes / n
    standard_error = sqrt(value * (1.0 - value) / n) if 0 < successes < n else None
    return Estimate(value, Interval(float(low), float(high), confidence), standard_error, n, positives, method)
