"""The chance of a signal at each case of a lattice CUSUM, walked case by case."""

import numpy as np
from numpy.typing import NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
FIRST_ROOM = 1024


@kernel
def lattice_hazards(
    steps: IntArray, probability: FloatArray, state: FloatArray, cases: int, least: float, settled: float
) -> FloatArray:
    """Return the chance of a signal at each case, given none before: the walk of `LatticeChain.advance`.

    Parameters
    ----------
    steps : int array of shape (k,)
        Possible moves for one case.
    probability : float array of shape (k,)
        Their probabilities; they sum to 1.
    state : float array of shape (limit,)
        Chances of standing at each height below the limit before the first case; they sum to 1.
    cases : int
        The most cases to walk.
    least : float
        The walk ends when no larger share of charts than this goes on.
    settled : float
        It ends as well when the chance has not moved by this share of itself over a whole block of cases.

    Returns
    -------
    float array of shape (at most cases,)
    """
    limit = len(state)
    before, after = state.copy(), np.zeros(limit)
    block = limit
    for step in steps:
        block = max(block, 4 * abs(step) + limit)
    hazards = np.empty(min(cases, FIRST_ROOM))
    going_on = 1.0
    for case in range(cases):
        if case == len(hazards):
            hazards = np.concatenate((hazards, np.empty(min(case, cases - case))))
        hazard = 0.0
        after[:] = 0.0
        for k in range(len(steps)):
            step, chance = min(max(steps[k], -limit), limit), probability[k]
            if step >= 0:
                for i in range(limit - step):
                    after[i + step] += chance * before[i]
                for i in range(limit - step, limit):
                    hazard += chance * before[i]
            else:
                for i in range(-step, limit):
                    after[i + step] += chance * before[i]
                for i in range(-step):
                    after[0] += chance * before[i]
        total = 0.0
        for i in range(limit):
            total += after[i]
        if total <= 0.0:
            hazard = 1.0  # none is left: the chances of signalling may add up to a hair less
        hazards[case] = hazard
        going_on *= 1.0 - hazard
        if hazard >= 1.0 or going_on <= least:
            return hazards[: case + 1].copy()
        share = 1.0 / total
        for i in range(limit):
            before[i] = after[i] * share
        if (case + 1) % block == 0:
            low, high = hazard, hazard
            for i in range(case + 1 - block, case + 1):
                low, high = min(low, hazards[i]), max(high, hazards[i])
            if high - low <= settled * high:
                return hazards[: case + 1].copy()
    return hazards[:cases].copy()
