"""AUROC of many batches drawn, with replacement, from the scores of one set of cases."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def auroc_draws(
    positive_score: ArrayLike,
    negative_score: ArrayLike,
    positive_draw: ArrayLike,
    negative_draw: ArrayLike,
    positives: ArrayLike,
    negatives: ArrayLike,
) -> FloatArray:
    """Return the AUROC of each batch of drawn cases, equal to `metrics.auroc` of those cases.

    Parameters
    ----------
    positive_score, negative_score : float arrays of shape (m,), (n,)
        What is drawn from; no nan.
    positive_draw, negative_draw : int arrays
        Which scores were drawn, batch after batch.
    positives, negatives : int arrays of shape (k,)
        How many of the draws belong to each batch.

    Returns
    -------
    float array of shape (k,)
        nan where a batch has no case of a class.
    """
    above, below = np.asarray(positive_score, dtype=np.float64), np.asarray(negative_score, dtype=np.float64)
    _, rank = np.unique(np.concatenate((above, below)), return_inverse=True)
    ranks = rank.astype(np.int32)
    return _draws(
        ranks[: len(above)],
        ranks[len(above) :],
        np.ascontiguousarray(positive_draw, dtype=np.int32),
        np.ascontiguousarray(negative_draw, dtype=np.int32),
        np.ascontiguousarray(positives, dtype=np.int64),
        np.ascontiguousarray(negatives, dtype=np.int64),
    )


@kernel
def _draws(
    positive_rank: NDArray[np.int32],
    negative_rank: NDArray[np.int32],
    positive_draw: NDArray[np.int32],
    negative_draw: NDArray[np.int32],
    positives: IntArray,
    negatives: IntArray,
) -> FloatArray:
    batches = len(positives)
    auroc = np.full(batches, np.nan)
    longest = 1
    for b in range(batches):
        longest = max(longest, positives[b])
    room = np.empty(longest, np.int32)
    p = 0
    q = 0
    for b in range(batches):
        m = positives[b]
        n = negatives[b]
        for i in range(m):
            room[i] = positive_rank[positive_draw[p + i]]
        block = room[:m]
        block.sort()
        twice = 0
        for j in range(n if m > 0 else 0):
            rank = negative_rank[negative_draw[q + j]]
            low = 0
            high = m
            while low < high:
                middle = (low + high) // 2
                if block[middle] < rank:
                    low = middle + 1
                else:
                    high = middle
            twice += 2 * (m - low)
            while low < m and block[low] == rank:
                twice -= 1
                low += 1
        if m > 0 and n > 0:
            auroc[b] = twice / (2.0 * m * n)
        p += m
        q += n
    return auroc
