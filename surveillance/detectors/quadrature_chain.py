"""Run lengths of a chart whose statistic is a real number: the chain at the points of a quadrature rule."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import roots_legendre

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray, IntArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.LIMITS
SETTLED = 1e-12
FOR_EVER = 1 << 62
NEVER = 1e12  # a solve in double precision tells nothing beyond
POINTS_PER_STEP = 8.0  # quadrature points in one standard deviation of a step
FEWEST_POINTS = 50


@dataclass(frozen=True, slots=True, eq=False)
class QuadratureChain:
    """The chain of a chart, its integral equation written at the points of a quadrature rule (Nystroem).

    A smooth equation on a fixed interval converges so fast in the number of points that the run length of a
    normal chart is exact to many digits. States are points at which the chart goes on; what is missing
    from a row's sum is the chance of a signal.

    Attributes
    ----------
    moves : float array of shape (r, r)
        Chance of going on to each point (a density times its quadrature weight) from each point.
    leaving : float array of shape (r,)
        Chance that the next case signals, from each point.
    start : float array of shape (r,)
        Chance of standing at each point after t cases, with no signal so far.
    early : float array of shape (t + 1,)
        Chance of no signal within 0, 1, ..., t cases.

    References
    ----------
    Crowder (1987) A simple method for studying run-length distributions of exponentially weighted moving
    average charts. Technometrics 29, 401-407.
    Knoth (2005) Fast initial response features for EWMA control charts. Statistical Papers 46, 47-64.
    """

    moves: FloatArray
    leaving: FloatArray
    start: FloatArray
    early: FloatArray

    def run_length(self) -> float:
        """Return the mean number of cases to a signal; infinite where it passes a million million."""
        size = len(self.start)
        try:
            lengths = np.linalg.solve(np.eye(size) - self.moves, np.ones(size))
        except np.linalg.LinAlgError:  # nothing is missing from the rows: no path ever leaves
            return float("inf")
        mean = float(self.early[:-1].sum() + self.start @ lengths)
        sound = np.isfinite(mean) and lengths.min() > 0.0 and mean < NEVER
        return mean if sound else float("inf")

    def signal_probability(self, events: IntArray) -> FloatArray:
        """Return the chance of a signal within each of several numbers of cases; shape as `events`."""
        remaining = self._log_remaining(int(events.max(initial=0)))
        last = len(remaining) - 1
        slope = remaining[-1] - remaining[-2] if last and np.isfinite(remaining[-1]) else 0.0
        return 0.0 - np.expm1(remaining[np.minimum(events, last)] + np.maximum(events - last, 0) * slope)

    def quantile(self, share: float) -> int:
        """Return the number of cases within which the given share of charts has signalled.

        Raises
        ------
        NotEstimable
            If the chart practically never signals.
        ValueError
            If the share is not between 0 and 1.
        """
        if not 0.0 < share < 1.0:
            raise ValueError(f"a quantile needs a share between 0 and 1, got {share:g}")
        if np.isinf(self.run_length()):
            raise NotEstimable("A delay needs a shift at which the chart can signal, got one at which it never does")
        remaining = self._log_remaining(FOR_EVER)
        wanted = np.log1p(-share)
        if remaining[-1] <= wanted:
            return int(np.searchsorted(-remaining, -wanted))
        slope = remaining[-1] - remaining[-2]
        return len(remaining) - 1 + int(np.ceil((wanted - remaining[-1]) / slope))

    def _log_remaining(self, events: int) -> FloatArray:
        """Return the logarithm of the chance of no signal within 0, 1, ... cases.

        Once the chance of a signal settles the run length is geometric: the array ends, and the difference
        of its last two entries holds for ever.
        """
        with np.errstate(divide="ignore"):
            known = np.log(self.early).tolist()
        state, before = self.start, np.inf
        while len(known) <= events:
            mass = float(state.sum())
            hazard = float(state @ self.leaving) / mass if mass > 0.0 else 1.0
            if hazard >= 1.0 or known[-1] == -np.inf:
                return np.array([*known, -np.inf])
            known.append(known[-1] + float(np.log1p(-hazard)))
            if abs(hazard - before) <= SETTLED * hazard:
                break
            before = hazard
            state = (state / mass) @ self.moves
        return np.array(known)


def gauss_legendre(low: float, high: float, step: float) -> tuple[FloatArray, FloatArray]:
    """Return points and weights between two ends, fine enough for steps of this standard deviation.

    >>> points, weights = gauss_legendre(0.0, 2.0, 1.0)
    >>> round(float(weights @ points**3), 12)
    4.0
    """
    count = max(FEWEST_POINTS, int(np.ceil(POINTS_PER_STEP * (high - low) / step)))
    nodes, weights = _rule(count)
    half = (high - low) / 2.0
    return low + half * (nodes + 1.0), half * weights


@lru_cache(maxsize=64)
def _rule(count: int) -> tuple[FloatArray, FloatArray]:
    nodes, weights = roots_legendre(count)
    return nodes, weights


def normal_density(distance: FloatArray) -> FloatArray:
    """Return the standard normal density.

    >>> normal_density(np.zeros(1)).round(4).tolist()
    [0.3989]
    """
    return np.asarray(np.exp(-0.5 * distance**2) / np.sqrt(2.0 * np.pi), dtype=np.float64)


def limit_for(
    run_length_at: Callable[[float], float], run_length: float, highest: float, lowest: float = 1e-6
) -> float:
    """Return the limit at which a chart has a mean run length, to nine decimals and never below it.

    Parameters
    ----------
    run_length_at : callable
        Run length of the chart with a given limit; it grows with the limit.
    run_length : float
    highest, lowest : float
        Above and below any limit of use.

    Raises
    ------
    ValueError
        If no limit between the two has that run length.

    Examples
    --------
    >>> round(limit_for(lambda limit: 2.0**limit, 8.0, 50.0), 6)
    3.0
    """
    from scipy.optimize import brentq

    shortest, longest = run_length_at(lowest), run_length_at(highest)
    if not shortest < run_length < longest:
        raise ValueError(f"the run length must lie between {shortest:.3g} and {longest:.3g}, got {run_length:g}")

    def excess(limit: float) -> float:
        return float(np.log(min(run_length_at(limit), NEVER) / run_length))

    root = brentq(excess, lowest, highest, xtol=1e-10, rtol=1e-12)
    return float(root) + 1e-9
