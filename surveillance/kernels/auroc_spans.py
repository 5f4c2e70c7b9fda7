"""AUROC and its variance over many windows that may overlap, with or without sampling weights."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def auroc_spans(
    truth: ArrayLike, score: ArrayLike, weight: ArrayLike | None, start: ArrayLike, stop: ArrayLike
) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
    """Return AUROC, variance and counts of each span, equal to `metrics.auroc_weighted`.

    Without weights they equal `metrics.auroc` (DeLong).

    Parameters
    ----------
    truth : bool array of shape (n,)
    score : float array of shape (n,)
        On any scale where higher means disease; no nan.
    weight : float array of shape (n,), or None
        One over the sampling fraction; 0 leaves a case out.
    start, stop : int arrays of shape (k,)
        Span i holds rows start[i] to stop[i] - 1.

    Returns
    -------
    auroc, variance : float arrays of shape (k,)
        nan where absent, as in `auroc_windows`.
    positives, negatives : int arrays of shape (k,)
        Cases, not weights.
    """
    scores = np.asarray(score, dtype=np.float64)
    weights = np.ones(len(scores)) if weight is None else np.ascontiguousarray(weight, dtype=np.float64)
    order = np.argsort(scores, kind="stable").astype(np.int64)
    place = np.empty(len(scores), dtype=np.int64)
    place[order] = np.arange(len(scores))
    ranked = scores[order]
    level = np.cumsum(np.concatenate(([False], ranked[1:] != ranked[:-1])))[: len(scores)].astype(np.int64)
    return _spans(
        place,
        level,
        np.ascontiguousarray(truth, dtype=np.bool_)[order],
        weights[order],
        np.ascontiguousarray(start, dtype=np.int64),
        np.ascontiguousarray(stop, dtype=np.int64),
    )


@kernel
def _spans(
    place: IntArray,
    level: IntArray,
    truth: NDArray[np.bool_],
    weight: FloatArray,
    start: IntArray,
    stop: IntArray,
) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
    # Rows are named by their place in the order of scores, so sorting whole numbers sorts a span.
    spans = len(start)
    auroc = np.full(spans, np.nan)
    variance = np.full(spans, np.nan)
    positives = np.zeros(spans, np.int64)
    negatives = np.zeros(spans, np.int64)
    longest = 0
    for s in range(spans):
        longest = max(longest, stop[s] - start[s])
    room = np.empty(longest, np.int64)
    for s in range(spans):
        size = 0
        m = 0
        w1 = 0.0
        w0 = 0.0
        for row in range(start[s], stop[s]):
            at = place[row]
            if weight[at] > 0.0:
                room[size] = at
                size += 1
                if truth[at]:
                    m += 1
                    w1 += weight[at]
                else:
                    w0 += weight[at]
        n = size - m
        positives[s] = m
        negatives[s] = n
        if m == 0 or n == 0:
            continue
        block = room[:size]
        block.sort()
        area = 0.0
        below = 0.0
        i = 0
        while i < size:
            first = level[block[i]]
            p = 0.0
            q = 0.0
            while i < size and level[block[i]] == first:
                if truth[block[i]]:
                    p += weight[block[i]]
                else:
                    q += weight[block[i]]
                i += 1
            area += p * (below + 0.5 * q)
            below += q
        area /= w1 * w0
        auroc[s] = area
        if m < 2 or n < 2:
            continue
        s10 = 0.0
        s01 = 0.0
        below = 0.0
        under = 0.0
        i = 0
        while i < size:
            first = level[block[i]]
            p = 0.0
            q = 0.0
            squares_p = 0.0
            squares_q = 0.0
            while i < size and level[block[i]] == first:
                w = weight[block[i]]
                if truth[block[i]]:
                    p += w
                    squares_p += w * w
                else:
                    q += w
                    squares_q += w * w
                i += 1
            v10 = (below + 0.5 * q) / w0 - area
            v01 = (w1 - under - 0.5 * p) / w1 - area
            s10 += squares_p * v10 * v10
            s01 += squares_q * v01 * v01
            below += q
            under += p
        variance[s] = s10 / (w1 * w1) * m / (m - 1) + s01 / (w0 * w0) * n / (n - 1)
    return auroc, variance, positives, negatives
