"""Intervals of many figures at once; nan where a figure has none."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, gammainccinv, gammaincinv, logit, ndtri

FloatArray = NDArray[np.float64]


def wilson_interval(successes: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Return Wilson's interval of each proportion, equal to `metrics.wilson`; nan where n is 0.

    Parameters
    ----------
    successes, n : arrays of one shape

    Examples
    --------
    >>> low, high = wilson_interval([45, 0], [50, 0])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.786, nan], [0.957, nan])
    """
    x, cases = np.asarray(successes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    z2 = ndtri(0.5 + confidence / 2.0) ** 2
    some = cases > 0
    safe = np.where(some, cases, 1.0)
    middle = (x + z2 / 2.0) / (safe + z2)
    half = np.sqrt(z2) / (safe + z2) * np.sqrt(np.maximum(x * (safe - x), 0.0) / safe + z2 / 4.0)
    low = np.where(some, np.where(x == 0, 0.0, middle - half), np.nan)
    high = np.where(some, np.where(x == cases, 1.0, middle + half), np.nan)
    return low, high


def logit_interval(value: ArrayLike, variance: ArrayLike, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Return the logit-scale interval of each AUROC; nan where the AUROC is 0 or 1 or has no variance.

    Parameters
    ----------
    value, variance : float arrays of one shape

    Examples
    --------
    >>> low, high = logit_interval([0.75, 1.0], [0.125, 0.0])
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.07, nan], [0.99, nan])
    """
    area, spread = np.asarray(value, dtype=np.float64), np.asarray(variance, dtype=np.float64)
    able = (area > 0.0) & (area < 1.0) & (spread > 0.0)
    safe = np.where(able, area, 0.5)
    half = ndtri(0.5 + confidence / 2.0) * np.sqrt(np.where(able, spread, 0.0)) / (safe * (1.0 - safe))
    low = np.where(able, expit(logit(safe) - half), np.nan)
    high = np.where(able, expit(logit(safe) + half), np.nan)
    return low, high


def poisson_interval(count: ArrayLike, confidence: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Return the exact interval for the mean of each Poisson count, equal to `metrics.observed_expected`'s.

    Examples
    --------
    >>> low, high = poisson_interval([0, 10])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 4.795], [3.689, 18.39])
    """
    counts = np.asarray(count, dtype=np.float64)
    tail = (1.0 - confidence) / 2.0
    low = np.where(counts > 0, gammaincinv(np.maximum(counts, 1.0), tail), 0.0)
    return low, np.asarray(gammainccinv(counts + 1.0, tail), dtype=np.float64)


def weighted_poisson_interval(
    total: ArrayLike, squares: ArrayLike, heaviest: ArrayLike, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Return Fay and Feuer's interval of each weighted count, equal to `metrics.observed_expected`'s.

    Parameters
    ----------
    total, squares, heaviest : float arrays of one shape
        Sum of the events' weights, of their squares, and the largest weight an event could have had.

    Examples
    --------
    >>> low, high = weighted_poisson_interval([0, 10], [0, 10], [1, 1])
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.0, 4.795], [3.689, 18.39])
    """
    sums, spread = np.asarray(total, dtype=np.float64), np.asarray(squares, dtype=np.float64)
    largest = np.asarray(heaviest, dtype=np.float64)
    tail, some = (1.0 - confidence) / 2.0, sums > 0.0
    safe, safe_spread = np.where(some, sums, 1.0), np.where(some, spread, 1.0)
    low = np.where(some, gammaincinv(safe**2 / safe_spread, tail) * safe_spread / safe, 0.0)
    more, more_spread = sums + largest, spread + largest**2
    any_case = more > 0.0
    more, more_spread = np.where(any_case, more, 1.0), np.where(any_case, more_spread, 1.0)
    high = np.where(any_case, gammainccinv(more**2 / more_spread, tail) * more_spread / more, np.nan)
    return low, high
