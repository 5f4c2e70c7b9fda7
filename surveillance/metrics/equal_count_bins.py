"""Bins of equally many cases, for calibration curves and errors."""

import numpy as np

from surveillance.metrics.arrays import FloatArray, IntArray


def equal_count_bins(probability: FloatArray, bins: int) -> IntArray:
    """Return the bin of each case: its rank from 0, times the bins, over the cases, rounded down.

    Equal probabilities share the bin of the first of them, so that the order of the rows does not
    matter; bins may then differ in count, or be empty.

    Parameters
    ----------
    probability : float array of shape (n,)
    bins : int
        At least 1.

    Returns
    -------
    int array of shape (n,), 0 to bins - 1

    Examples
    --------
    >>> equal_count_bins(np.array([0.9, 0.1, 0.4, 0.4]), 2).tolist()
    [1, 0, 0, 0]
    """
    if bins < 1:
        raise ValueError(f"bins must be at least 1, got {bins}")
    _, level, counts = np.unique(probability, return_inverse=True, return_counts=True)
    first_rank = np.cumsum(counts) - counts
    return np.asarray((first_rank * bins // max(len(probability), 1))[level], dtype=np.int64)
