"""Quantiles of many windows that may overlap, with their order-statistic intervals."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, ndtri

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
AROUND = 12  # ranks looked at on each side of the normal approximation; skewness moves it by 2 at most


def quantile_spans(
    values: ArrayLike, start: ArrayLike, stop: ArrayLike, share: float, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return value, low and high of each span's quantile, equal to `metrics.quantile`.

    Parameters
    ----------
    values : float array of shape (n,)
        No nan.
    start, stop : int arrays of shape (k,)
        Span i holds rows start[i] to stop[i] - 1.
    share : float
        Between 0 and 1: 0.5 for the median.

    Returns
    -------
    value, low, high : float arrays of shape (k,), nan where absent
    """
    first = np.ascontiguousarray(start, dtype=np.int64)
    last = np.ascontiguousarray(stop, dtype=np.int64)
    lower, upper = _ranks(np.maximum(last - first, 0), share, (1.0 - confidence) / 2.0)
    return _spans(np.ascontiguousarray(values, dtype=np.float64), first, last, share, lower, upper)


def _ranks(n: IntArray, share: float, tail: float) -> tuple[IntArray, IntArray]:
    """Return the ranks, from 1, of the interval's ends for each count (0 or above n: there is none)."""
    spread = np.sqrt(n * share * (1.0 - share))
    ends = []
    for chance in (tail, 1.0 - tail):
        guess = np.floor(n * share + ndtri(chance) * spread).astype(np.int64)
        k = np.maximum(guess - AROUND, 0)[:, None] + np.arange(2 * AROUND)
        below = np.where(k < n[:, None], bdtr(np.minimum(k, n[:, None]), np.maximum(n, 1)[:, None], share), 1.0)
        passed = below <= tail if chance == tail else below < chance
        ends.append(k[:, 0] + passed.sum(axis=1))
    return ends[0], ends[1] + 1


@kernel
def _spans(
    values: FloatArray, start: IntArray, stop: IntArray, share: float, lower: IntArray, upper: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    spans = len(start)
    value = np.full(spans, np.nan)
    low = np.full(spans, np.nan)
    high = np.full(spans, np.nan)
    for s in range(spans):
        n = stop[s] - start[s]
        if n < 1:
            continue
        block = np.sort(values[start[s] : stop[s]])
        at = share * (n - 1)
        before = int(at)
        after = min(before + 1, n - 1)
        value[s] = block[before] + (block[after] - block[before]) * (at - before)
        if lower[s] >= 1 and upper[s] <= n:
            low[s] = block[lower[s] - 1]
            high[s] = block[upper[s] - 1]
    return value, low, high
