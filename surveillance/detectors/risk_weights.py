"""Weights of a risk-adjusted CUSUM, and the moves they make on a lattice."""

from math import log

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import BoolArray, FloatArray, IntArray


def risk_weights(truth: BoolArray, risk: FloatArray, odds_ratio: float) -> FloatArray:
    """Return Steiner's score of each case: y log R - log(1 - p + R p).

    A bad outcome in a low-risk case weighs most; a good outcome in a high-risk one takes most away.

    Examples
    --------
    >>> risk_weights(np.array([False, True]), np.array([0.02, 0.02]), 2.0).round(2).tolist()
    [-0.02, 0.67]

    References
    ----------
    Steiner et al. (2000) Biostatistics 1, 441-452, p. 446.
    """
    return np.where(truth, log(odds_ratio), 0.0) - np.log1p((odds_ratio - 1.0) * risk)


def lattice_moves(
    risk: FloatArray, odds_ratio: float, true_odds_ratio: float, steps: int, *, split: bool
) -> tuple[IntArray, FloatArray]:
    """Return the possible moves of the path for one case of this mix of risks, and their chances.

    Parameters
    ----------
    risk : float array of shape (n,)
        Each as likely as the others.
    odds_ratio : float
        R of the chart.
    true_odds_ratio : float
        By how much the true odds of the outcome differ from those of the risk.
    steps : int
        Lattice steps in one unit.
    split : bool
        False: weights are rounded, as a designed chart rounds them. True: a weight between two lattice
        points is shared between both so that its mean is kept, for a chart with real weights.

    Returns
    -------
    tuple of int array and float array of shape (k,)

    Raises
    ------
    NotEstimable
        If there is no risk to learn the mix from.
    """
    if len(risk) == 0:
        raise NotEstimable("A run length needs the risks of the cases, got 0")
    chance = true_odds_ratio * risk / (1.0 - risk + true_odds_ratio * risk)
    happened = np.repeat([True, False], len(risk))
    heights = risk_weights(happened, np.tile(risk, 2), odds_ratio) * steps
    shares = np.concatenate((chance, 1.0 - chance)) / len(risk)
    if split:
        lower = np.floor(heights)
        upper_share = heights - lower
        heights = np.concatenate((lower, lower + 1.0))
        shares = np.concatenate((shares * (1.0 - upper_share), shares * upper_share))
    moves, which = np.unique(np.rint(heights).astype(np.int64), return_inverse=True)
    return moves, np.asarray(np.bincount(which, shares, len(moves)), dtype=np.float64)
