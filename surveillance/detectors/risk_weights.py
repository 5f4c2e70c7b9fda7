"""Weights of a risk-adjusted CUSUM, and the moves they make on a lattice."""

from math import log

import numpy as np
from numpy.typing import NDArray

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import BoolArray, FloatArray, IntArray

FEWEST = 1000  # lattice steps in one unit of log-likelihood ratio
DRIFT, WORST_DRIFT = 0.001, 0.01


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


def paired_steps(risk: FloatArray, odds_ratio: float, steps: int) -> IntArray:
    """Return the whole steps of each case without and with the outcome, rounded as a pair; shape (2, n).

    Each of the two weights goes to the lattice point below or above it. Of the four pairs the one is taken
    whose expectation, at the case's own risk, comes nearest that of the real weights: rounding each
    weight by itself gives a whole chart a drift of its own (Knoth, Wittenberg & Gan 2019).

    Examples
    --------
    >>> paired_steps(np.array([0.02, 0.30]), 2.0, 100).tolist()
    [[-2, -26], [68, 43]]
    """
    exact = np.stack([risk_weights(np.full(len(risk), truth), risk, odds_ratio) * steps for truth in (False, True)])
    low = np.floor(exact)
    best = np.full(len(risk), np.inf)
    chosen = low.copy()
    for pair in ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)):
        rounded = low + np.array(pair)[:, None]
        error = np.abs((1.0 - risk) * (rounded[0] - exact[0]) + risk * (rounded[1] - exact[1]))
        nearer = error < best
        best = np.where(nearer, error, best)
        chosen = np.where(nearer, rounded, chosen)
    return chosen.astype(np.int64)


def lattice_drift(risk: FloatArray, count: IntArray, odds_ratio: float, steps: int) -> float:
    """Return by what share rounding changes the mean move of the path in control, for risks that occur so often.

    >>> round(lattice_drift(np.array([0.003]), np.array([1]), 2.0, 256), 2)
    0.99
    """
    exact = [risk_weights(np.full(len(risk), truth), risk, odds_ratio) for truth in (False, True)]
    without, happened = paired_steps(risk, odds_ratio, steps)
    real = float(count @ ((1.0 - risk) * exact[0] + risk * exact[1]))
    return float(count @ ((1.0 - risk) * without + risk * happened)) / steps / real - 1.0 if real else 0.0


def steps_for(risk: FloatArray, odds_ratio: float) -> int:
    """Return how many lattice steps to a unit keep the drift of a chart in control, for a mix of risks.

    The first number from 1000 to 1250 whose rounding changes the drift by at most 0.1 % of itself, else the best of
    them; twice or four times as many where even that changes it by over 1 %, which takes scores below a thousandth.

    >>> steps_for(np.array([0.02, 0.02, 0.1]), 2.0)
    1112
    """
    values, counts = np.unique(risk, return_counts=True)
    best = (np.inf, FEWEST)
    for fewest in (FEWEST, 2 * FEWEST, 4 * FEWEST):
        for steps in range(fewest, fewest + fewest // 4, fewest // 500):
            best = min(best, (abs(lattice_drift(values, counts, odds_ratio, steps)), steps))
            if best[0] <= DRIFT:
                return best[1]
        if best[0] <= WORST_DRIFT:
            break
    return best[1]


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
        False: weights are rounded in pairs, as a designed chart rounds them. True: a weight between two lattice
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
    shares: NDArray[np.float64] = np.concatenate((1.0 - chance, chance)) / len(risk)
    if split:
        outcome = np.repeat([False, True], len(risk))
        exact = risk_weights(outcome, np.tile(risk, 2), odds_ratio) * steps
        lower = np.floor(exact)
        upper_share = exact - lower
        heights = np.concatenate((lower, lower + 1.0)).astype(np.int64)
        shares = np.concatenate((shares * (1.0 - upper_share), shares * upper_share))
    else:
        heights = paired_steps(risk, odds_ratio, steps).ravel()
    moves, which = np.unique(heights, return_inverse=True)
    return moves, np.asarray(np.bincount(which, shares, len(moves)), dtype=np.float64)
