"""Expected calibration error of many windows that may overlap."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


def ece_spans(
    truth: ArrayLike, probability: ArrayLike, start: ArrayLike, stop: ArrayLike, bins: int = 10
) -> FloatArray:
    """Return the ECE on equal-count bins of each span, equal to `metrics.expected_calibration_error`.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
    start, stop : int arrays of shape (k,)
        Span i holds rows start[i] to stop[i] - 1.
    bins : int

    Returns
    -------
    float array of shape (k,), nan where there are fewer cases than bins
    """
    probabilities = np.asarray(probability, dtype=np.float64)
    order = np.argsort(probabilities, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return _spans(
        place,
        probabilities[order],
        np.ascontiguousarray(truth, dtype=np.bool_)[order],
        np.ascontiguousarray(start, dtype=np.int64),
        np.ascontiguousarray(stop, dtype=np.int64),
        int(bins),
    )


@kernel
def _spans(
    place: IntArray,
    probability: FloatArray,
    truth: NDArray[np.bool_],
    start: IntArray,
    stop: IntArray,
    bins: int,
) -> FloatArray:
    # Rows are named by their place in the order of probabilities, so sorting whole numbers sorts a span.
    spans = len(start)
    ece = np.full(spans, np.nan)
    longest = 0
    for s in range(spans):
        longest = max(longest, stop[s] - start[s])
    room = np.empty(longest, np.int64)
    gap = np.empty(bins)
    for s in range(spans):
        n = stop[s] - start[s]
        if n < bins or n < 1:
            continue
        block = room[:n]
        block[:] = place[start[s] : stop[s]]
        block.sort()
        gap[:] = 0.0
        first = 0
        for rank in range(n):
            if rank > 0 and probability[block[rank]] != probability[block[rank - 1]]:
                first = rank
            gap[first * bins // n] += probability[block[rank]] - truth[block[rank]]
        total = 0.0
        for b in range(bins):
            total += abs(gap[b])
        ece[s] = total / n
    return ece
