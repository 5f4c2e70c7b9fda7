"""How far a run length can be trusted when the mix of risks was itself learnt from a baseline."""

from math import ceil, exp, floor, sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from surveillance.detectors.estimated_rate import TENTH, EstimatedRunLength
from surveillance.detectors.lattice_chain import FloatArray, LatticeChain
from surveillance.detectors.risk_adjusted_cusum import RiskAdjustedCusum
from surveillance.detectors.risk_weights import lattice_moves, risk_weights
from surveillance.detectors.run_length_quantiles import COARSE, transition_matrix
from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import as_probabilities
from surveillance.metrics.topic import Topic

TOPIC = Topic.LIMITS


def estimated_mix_run_length(chart: RiskAdjustedCusum, risk: ArrayLike, *, nominal: float) -> EstimatedRunLength:
    """Return what the run length of a risk-adjusted chart may truly be, its mix of risks being a sample.

    The run length L solves (I - Q) L = 1. A study of risk r pulls it by v' (Q_r - Q) L, v being the expected
    visits to each height of the path before a signal; the spread of that pull over the baseline's studies,
    divided by the square root of their number, is the standard error of L. The 10th and 90th percentile are
    taken on the logarithmic scale.

    Parameters
    ----------
    chart : RiskAdjustedCusum
        The finished design.
    risk : float array of shape (n,)
        Risks of the baseline's studies.
    nominal : float
        The chart's run length for exactly this mix, in cases.

    Raises
    ------
    NotEstimable
        If there are fewer than two risks.

    Examples
    --------
    >>> risk = np.linspace(0.01, 0.30, 400)
    >>> chart = RiskAdjustedCusum.design(risk=risk, odds_ratio=2.0, run_length=2000)
    >>> found = estimated_mix_run_length(chart, risk, nominal=2000.0)
    >>> 1500 < found.low < 2000 < found.high < 2600
    True

    References
    ----------
    Efron (1982) The jackknife, the bootstrap and other resampling plans, ch. 6: the infinitesimal jackknife. SIAM.
    Brook & Evans (1972) Biometrika 59, 539-549.

    Notes
    -----
    Assumes: independent studies, and risks that are right for the outcome they predict.
    Not for: risks that are themselves wrong: their error is not a matter of how many studies there were.
    Departs from the published rule: the derivative is taken on a lattice of 32 steps a unit that keeps the mean
    of every weight, because only its relative spread is used, and a finer one is no better for that.
    """
    risks = as_probabilities(risk, "risk")
    if len(risks) < 2:
        raise NotEstimable(f"The spread of a mix of risks needs two studies, got {len(risks)}")
    values, counts = np.unique(np.round(risks, 3), return_counts=True)
    size = max(1, round(chart.limit * COARSE))
    chain = LatticeChain(*lattice_moves(risks, chart.odds_ratio, 1.0, COARSE, split=True), size)
    staying = np.eye(size) - transition_matrix(chain)
    lengths = np.asarray(np.linalg.solve(staying, np.ones(size)), dtype=np.float64)
    visits = np.linalg.solve(staying.T, np.eye(size)[0])
    ahead = _one_case_on(values, chart.odds_ratio, lengths, visits)
    share = counts / counts.sum()
    spread = sqrt(float(share @ (ahead - share @ ahead) ** 2) / len(risks)) / float(lengths[0])
    reach = exp(-float(ndtri(TENTH)) * spread)
    return EstimatedRunLength(nominal / reach, nominal, nominal * reach)


def _one_case_on(risk: FloatArray, odds_ratio: float, lengths: FloatArray, visits: FloatArray) -> FloatArray:
    """Return the expected run length left after one case of each risk, summed over the visits to each height.

    A weight between two lattice points is shared between them so that its mean is kept: a straight line.
    """
    without, happened = (risk_weights(np.full(len(risk), truth), risk, odds_ratio) * COARSE for truth in (False, True))
    moves = np.arange(floor(min(without.min(), happened.min())), ceil(max(without.max(), happened.max())) + 1)
    beyond = np.concatenate((lengths, np.zeros(max(1, int(moves.max())))))
    heights = np.arange(len(lengths))
    left = np.array([visits @ beyond[np.maximum(heights + move, 0)] for move in moves.tolist()])
    ahead = (1.0 - risk) * np.interp(without, moves, left) + risk * np.interp(happened, moves, left)
    return np.asarray(ahead, dtype=np.float64)
