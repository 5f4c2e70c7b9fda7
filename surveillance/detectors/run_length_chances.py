"""The chance of a false alarm within so many cases, by repeated squaring: no walk case by case."""

import numpy as np
from numpy.typing import ArrayLike

from surveillance.detectors.lattice_chain import LatticeChain
from surveillance.detectors.risk_adjusted_cusum import RiskAdjustedCusum
from surveillance.detectors.risk_weights import lattice_moves
from surveillance.detectors.run_length_quantiles import COARSE, transition_matrix


def signal_chances(chain: LatticeChain, cases: tuple[int, ...]) -> tuple[float, ...]:
    """Return the exact chance that a chart from zero has signalled within each of several numbers of cases.

    The chance of no signal within n cases is the row sum of Q to the power n; powers of two are squared up
    and those that make up n are applied one after another.

    Examples
    --------
    >>> chain = LatticeChain(np.array([1, -1]), np.array([0.2, 0.8]), 2)
    >>> [round(chance, 4) for chance in signal_chances(chain, (2, 3))]
    [0.04, 0.072]

    References
    ----------
    Brook & Evans (1972) Biometrika 59, 539-549.
    """
    power = transition_matrix(chain)
    states = [np.eye(1, chain.limit)[0] for _ in cases]
    for bit in range(max(cases, default=0).bit_length()):
        states = [state @ power if n >> bit & 1 else state for state, n in zip(states, cases, strict=True)]
        power = power @ power
    return tuple(float(min(1.0, max(0.0, 1.0 - state.sum()))) for state in states)


def risk_chances(
    chart: RiskAdjustedCusum, risk: ArrayLike, cases: tuple[float, ...], *, run_length: float
) -> tuple[float, ...]:
    """Return the chance that a risk-adjusted chart in control signals within each of several numbers of cases.

    The law comes from a coarse lattice that keeps each weight's mean, its cases scaled so that its mean is
    `run_length`, the exact one of the chart as it runs.

    Examples
    --------
    >>> risk = np.linspace(0.01, 0.30, 60)
    >>> chart = RiskAdjustedCusum.design(risk=risk, odds_ratio=2.0, run_length=2000)
    >>> [round(chance, 2) for chance in risk_chances(chart, risk, (500.0, 2000.0), run_length=2000.0)]
    [0.21, 0.63]
    """
    risks = np.asarray(risk, dtype=np.float64)
    moves, chances = lattice_moves(risks, chart.odds_ratio, 1.0, COARSE, split=True)
    coarse = LatticeChain(moves, chances, max(1, round(chart.limit * COARSE)))
    scale = float(coarse.run_lengths()[0]) / run_length
    return signal_chances(coarse, tuple(round(n * scale) for n in cases))
