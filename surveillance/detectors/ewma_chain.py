"""The chain of an EWMA, with limits that stand still or that widen from the start."""

from math import ceil, log, sqrt

import numpy as np
from scipy.special import ndtr

from surveillance.detectors.quadrature_chain import QuadratureChain, gauss_legendre, normal_density
from surveillance.metrics.arrays import FloatArray

FAR = 9.0  # standard deviations on the harmless side of a one-sided chart, where the path is held
NARROWED = 1e-7  # limits this close to the settled ones, relatively, count as settled


def ewma_chain(
    weight: float, width: float, shift: float, start: float, *, two_sided: bool, widening: bool
) -> QuadratureChain:
    """Return the chain of an EWMA whose upper side (or either side) signals.

    The one-sided path may fall without end; it is held nine standard deviations below the lower of its
    centre and its mean, where it comes with a chance of 1e-19.

    Parameters
    ----------
    weight, width : float
        lambda and L.
    shift : float
        Mean of z.
    start : float
        Level of e before the first value.
    two_sided, widening : bool

    Examples
    --------
    >>> round(ewma_chain(0.1, 2.7, 0.0, 0.0, two_sided=True, widening=False).run_length(), 1)
    369.0

    References
    ----------
    Crowder (1987) Technometrics 29, 401-407. Knoth (2005) Statistical Papers 46, 47-64 (widening limits).
    """
    spread = sqrt(weight / (2.0 - weight))
    lowest = min(0.0, shift, start) - FAR * spread
    final = width * spread

    def bounds(limit: float) -> tuple[float, float]:
        return (-limit if two_sided else lowest), limit

    def step(levels: FloatArray, limit: float) -> tuple[FloatArray, FloatArray, FloatArray]:
        low, high = bounds(limit)
        points, weights = gauss_legendre(low, high, weight)
        centre = (1.0 - weight) * levels + weight * shift
        moves = normal_density((points[None, :] - centre[:, None]) / weight) * weights / weight
        above, below = ndtr((centre - high) / weight), ndtr((low - centre) / weight)
        if two_sided:
            return points, moves, above + below
        return np.append(points, low), np.column_stack((moves, below)), above

    early, state, levels = [1.0], np.ones(1), np.array([start])
    settling = ceil(log(NARROWED) / (2.0 * log(1.0 - weight))) if widening and weight < 1.0 else 1
    for case in range(1, settling + 1):
        limit = final * sqrt(1.0 - (1.0 - weight) ** (2 * case)) if widening and case < settling else final
        levels_after, moves, leaving = step(levels, limit)
        early.append(max(0.0, early[-1] - float(state @ leaving)))  # rounding must not leave less than no chart
        state, levels = state @ moves, levels_after
    _, moves, leaving = step(levels, final)
    return QuadratureChain(moves, leaving, state, np.array(early))
