"""AUROC and DeLong variance of many adjoining windows at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def auroc_windows(
    truth: ArrayLike, score: ArrayLike, edges: ArrayLike
) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
    """Return AUROC, DeLong variance and counts of each window, equal to `metrics.auroc`.

    Parameters
    ----------
    truth : bool array of shape (n,)
    score : float array of shape (n,)
        On any scale where higher means disease; no nan.
    edges : int array of shape (k + 1,)
        Ascending row numbers: window i holds rows edges[i] to edges[i + 1] - 1.

    Returns
    -------
    auroc, variance : float arrays of shape (k,)
        nan where absent: the AUROC without both classes, the variance with one case of a class. DeLong's
        variance of a perfect AUROC is 0, which is no range: use `logit_interval`, which knows.
    positives, negatives : int arrays of shape (k,)

    References
    ----------
    Sun & Xu (2014) IEEE SPL 21(11), 1389-1393.
    """
    flags = np.ascontiguousarray(truth, dtype=np.bool_)
    rows = np.ascontiguousarray(edges, dtype=np.int64)
    return _windows(sortable_keys(flags, np.asarray(score, dtype=np.float64)), rows)


def sortable_keys(truth: NDArray[np.bool_], score: FloatArray) -> NDArray[np.uint64]:
    """Return whole numbers that sort as the scores do, with the truth in the lowest bit.

    A score from 0 to below 2 has its two top bits clear as a double, so its bits sort as it does and
    can move up by one without loss. Any other scale is replaced by its ranks first.
    """
    if score.size and not (score.min() >= 0.0 and score.max() < 2.0):
        _, score_rank = np.unique(score, return_inverse=True)
        bits = score_rank.astype(np.uint64)
    else:
        bits = (score + 0.0).view(np.uint64)  # + 0.0 turns a negative zero into zero
    return (bits << np.uint64(1)) | truth.astype(np.uint64)


@kernel
def _windows(keys: NDArray[np.uint64], edges: IntArray) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
    windows = len(edges) - 1
    auroc = np.full(windows, np.nan)
    variance = np.full(windows, np.nan)
    positives = np.zeros(windows, np.int64)
    negatives = np.zeros(windows, np.int64)
    longest = 0
    for w in range(windows):
        longest = max(longest, edges[w + 1] - edges[w])
    room = np.empty(longest, np.uint64)
    for w in range(windows):
        size = edges[w + 1] - edges[w]
        block = room[:size]
        block[:] = keys[edges[w] : edges[w + 1]]
        block.sort()
        m = np.int64(0)
        for i in range(size):
            m += np.int64(block[i] & np.uint64(1))
        n = size - m
        positives[w] = m
        negatives[w] = n
        if m == 0 or n == 0:
            continue
        # Twice the Mann-Whitney count, in whole numbers: exact.
        doubled = np.int64(0)
        below = np.int64(0)
        i = 0
        while i < size:
            level = block[i] >> np.uint64(1)
            p = np.int64(0)
            q = np.int64(0)
            while i < size and block[i] >> np.uint64(1) == level:
                bit = np.int64(block[i] & np.uint64(1))
                p += bit
                q += 1 - bit
                i += 1
            doubled += p * (2 * below + q)
            below += q
        area = doubled / (2.0 * m * n)
        auroc[w] = area
        if m < 2 or n < 2:
            continue
        s10 = 0.0
        s01 = 0.0
        below = np.int64(0)
        under = np.int64(0)
        i = 0
        while i < size:
            level = block[i] >> np.uint64(1)
            p = np.int64(0)
            q = np.int64(0)
            while i < size and block[i] >> np.uint64(1) == level:
                bit = np.int64(block[i] & np.uint64(1))
                p += bit
                q += 1 - bit
                i += 1
            v10 = (2 * below + q) / (2.0 * n) - area
            v01 = (2 * (m - under) - p) / (2.0 * m) - area
            s10 += p * v10 * v10
            s01 += q * v01 * v01
            below += q
            under += p
        variance[w] = s10 / (m - 1) / m + s01 / (n - 1) / n
    return auroc, variance, positives, negatives
