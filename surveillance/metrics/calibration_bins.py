"""The bins of calibration curves and errors: of equal count, or with fixed edges; always said in words."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray, IntArray
from surveillance.metrics.equal_count_bins import equal_count_bins


def calibration_bins(
    probability: FloatArray, bins: int, edges: tuple[float, ...], subject: str
) -> tuple[IntArray, int, str]:
    """Return the bin of each case, how many bins there are, and what they are in words.

    Parameters
    ----------
    probability : float array of shape (n,)
    bins : int
        Bins of equal count, where there are no edges.
    edges : tuple of float
        Inner edges of fixed bins, ascending; a probability on an edge is in the upper bin.
    subject : str
        What is binned, for the reason where it cannot be.

    Raises
    ------
    NotEstimable
        If there are fewer cases than bins.

    Examples
    --------
    >>> where, bins, words = calibration_bins(np.array([0.1, 0.5, 0.9]), 10, (0.5,), "A curve")
    >>> where.tolist(), bins, words
    ([0, 1, 1], 2, 'bins at 0.5')
    """
    bins = len(edges) + 1 if edges else bins
    if len(probability) < bins:
        raise NotEstimable(f"{subject} on {bins} bins needs at least {bins} cases, got {len(probability)}")
    if edges:
        where = np.searchsorted(np.asarray(edges), probability, side="right").astype(np.int64)
        return where, bins, f"bins at {', '.join(f'{edge:g}' for edge in edges)}"
    return equal_count_bins(probability, bins), bins, f"{bins} bins of equal count, equal probabilities in one bin"
