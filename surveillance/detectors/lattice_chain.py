"""Exact run lengths of a CUSUM on a lattice, by Markov chain."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.errors import NotEstimable
from surveillance.kernels.lattice_hazards import lattice_hazards

FloatArray = NDArray[np.float64]
SETTLED = 1e-11
FOR_EVER = 1 << 62
FEW = 8


@dataclass(frozen=True, slots=True, eq=False)
class LatticeChain:
    """The chain of a CUSUM that moves by whole steps, stops at a floor of 0 and signals at `limit`.

    Attributes
    ----------
    steps : int array of shape (k,)
        Possible moves for one case.
    probability : float array of shape (k,)
        Their probabilities; they sum to 1.
    limit : int
        States 0 to limit - 1 go on, a state at or above the limit signals.

    References
    ----------
    Brook & Evans (1972) An approach to the probability distribution of CUSUM run length.
    Biometrika 59, 539-549.
    """

    steps: NDArray[np.int64]
    probability: FloatArray
    limit: int

    def run_lengths(self) -> FloatArray:
        """Return the mean number of cases to a signal from each state; shape (limit,).

        Solves (I - Q) L = 1, Q being the moves among states that go on: banded, since a case moves
        the path by a bounded number of steps.
        """
        from scipy.linalg import solve_banded

        if not np.any((self.steps > 0) & (self.probability > 0.0)):
            return np.full(self.limit, np.inf)  # nothing lifts the path: it never signals
        size = self.limit
        up = int(min(max(self.steps.max(), 0), size - 1))
        down = int(min(max(-self.steps.min(), 0), size - 1))
        bands = np.zeros((up + down + 1, size))
        bands[up] = 1.0
        for step, chance in zip(self.steps.tolist(), self.probability.tolist(), strict=True):
            origin = np.arange(max(0, -step), min(size, size - step))
            target = origin + step
            bands[up + origin - target, target] -= chance
            floored = np.arange(min(max(0, -step), size))  # too low to fall all the way: they land on 0
            bands[up + floored, 0] -= chance
        return np.asarray(solve_banded((down, up), bands, np.ones(size)), dtype=np.float64)

    def signal_probability(self, events: NDArray[np.int64], head_start: int = 0) -> FloatArray:
        """Return the chance of a signal within each of several numbers of cases; shape as `events`."""
        hazards = self.hazards(int(events.max(initial=0)), head_start)
        with np.errstate(divide="ignore"):  # a certain signal leaves log(0): survival is then exactly 0
            survival = np.concatenate(([0.0], np.cumsum(np.log1p(-hazards))))
        beyond = np.maximum(events - len(hazards), 0)
        last = survival[-1] - survival[-2] if len(hazards) and np.isfinite(survival[-1]) else 0.0
        return 0.0 - np.expm1(survival[np.minimum(events, len(hazards))] + beyond * last)

    def hazards(self, events: int, head_start: int = 0, least: float = 0.0) -> FloatArray:
        """Return the chance of a signal at each case, given none before; shape (at most events,).

        The chance settles (the chain reaches its quasi-stationary law). From there on the run length is
        geometric: the array ends, and its last entry holds for ever. It ends as well when no larger share of
        charts than `least` goes on.
        """
        state = np.zeros(self.limit)
        state[head_start] = 1.0
        steps = np.ascontiguousarray(self.steps, dtype=np.int64)
        probability = np.ascontiguousarray(self.probability, dtype=np.float64)
        return lattice_hazards(steps, probability, state, int(events), float(least), SETTLED)

    def advance(self, state: FloatArray, probability: FloatArray) -> FloatArray:
        """Return the chances of standing in each state after one more case, signalled paths left out."""
        if len(self.steps) <= FEW:
            return self._advance_singly(state, probability)
        lowest = int(self.steps.min())
        kernel = np.zeros(int(self.steps.max()) - lowest + 1)
        kernel[self.steps - lowest] = probability
        spread = np.convolve(state, kernel)  # entry i is state i + lowest
        after = np.zeros(max(self.limit, len(spread) + lowest))
        after[: max(len(spread) + lowest, 0)] = spread[max(-lowest, 0) :]
        after[0] += spread[: max(-lowest, 0)].sum()
        return after[: self.limit]

    def _advance_singly(self, state: FloatArray, probability: FloatArray) -> FloatArray:
        """Do the same move by move: faster than a convolution for a chart with two moves."""
        size = self.limit
        after = np.zeros(size)
        for step, chance in zip(self.steps.tolist(), probability.tolist(), strict=True):
            if step >= 0:
                after[step:] += chance * state[: max(size - step, 0)]
            else:
                fall = min(-step, size)
                after[: size - fall] += chance * state[fall:]
                after[0] += chance * state[:fall].sum()
        return after

    def quantile(self, share: float, head_start: int = 0) -> int:
        """Return the number of cases within which the given share of charts has signalled.

        Raises
        ------
        NotEstimable
            If no case can lift the path.
        ValueError
            If the share is not between 0 and 1.
        """
        if not 0.0 < share < 1.0:
            raise ValueError(f"a quantile needs a share between 0 and 1, got {share:g}")
        if not np.any((self.steps > 0) & (self.probability > 0.0)):
            raise NotEstimable("A delay needs a rate at which the chart can signal, got one at which it never does")
        # A hair beyond the share: a product of chances and a sum of their logarithms round apart.
        hazards = self.hazards(FOR_EVER, head_start, least=(1.0 - share) * (1.0 - 1e-9))
        with np.errstate(divide="ignore"):
            survival = np.cumsum(np.log1p(-hazards))
        wanted = np.log1p(-share)
        within = int(np.searchsorted(-survival, -wanted)) + 1
        if within <= len(hazards):
            return within
        return len(hazards) + int(np.ceil((wanted - survival[-1]) / np.log1p(-hazards[-1])))


def smallest_limit(chain_at: Callable[[int], LatticeChain], run_length: float, near: int = 1) -> int:
    """Return the smallest limit whose run length from zero is at least the one asked for.

    The run length grows with the limit, so the search widens from a first guess and then halves.
    """

    def long_enough(limit: int) -> bool:
        return bool(chain_at(limit).run_lengths()[0] >= run_length)

    width = max(near // 64, 1)
    low, high = near - 1, near
    while high and not long_enough(high):
        low, high, width = high, high + width, 2 * width
    while low and long_enough(low):
        low, high, width = max(low - width, 0), low, 2 * width
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if long_enough(middle) else (middle, high)
    return high
