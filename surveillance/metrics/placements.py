"""Placement values: where each case stands among the cases of the other class."""

import numpy as np

from surveillance.metrics.arrays import BoolArray, FloatArray


def placements(truth: BoolArray, score: FloatArray, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return, for each case, the share of the other class that it beats, ties counting one half.

    These are DeLong's V10 (positives, against the negatives) and V01 (negatives, against the
    positives). Counting per distinct score is the mid-rank form: it costs one sort, and ties are exact.

    Parameters
    ----------
    truth, score, weight : arrays of shape (n,)
        Both classes must be present with positive weight.

    Returns
    -------
    tuple of float arrays of shape (positives,) and (negatives,)

    Notes
    -----
    Assumes: higher scores mean disease; a weight says how many cases one stands for.

    Not for: a column with one class alone: there is nothing to be placed among.

    Departs from the published rule: in nothing. (Cases are counted per distinct score where Sun & Xu rank them; both
    are the same mid-ranks.)

    Examples
    --------
    >>> v10, v01 = placements(np.array([False, True, True]), np.array([0.2, 0.2, 0.9]), np.ones(3))
    >>> v10.tolist(), v01.tolist()
    ([0.5, 1.0], [0.75])

    References
    ----------
    Sun & Xu (2014) Fast implementation of DeLong's algorithm. IEEE SPL 21(11), 1389-1393.
    """
    distinct, level = np.unique(score, return_inverse=True)
    positives = np.bincount(level[truth], weight[truth], len(distinct))
    negatives = np.bincount(level[~truth], weight[~truth], len(distinct))
    negatives_upto, positives_upto = np.cumsum(negatives), np.cumsum(positives)
    beaten = (negatives_upto - negatives / 2.0) / negatives_upto[-1]
    beaten_by = (positives_upto[-1] - positives_upto + positives / 2.0) / positives_upto[-1]
    return beaten[level[truth]], beaten_by[level[~truth]]
