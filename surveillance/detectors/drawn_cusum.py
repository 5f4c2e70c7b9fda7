"""Run lengths of a CUSUM whose increments follow no formula but can be drawn."""

import numpy as np

from surveillance.detectors.lattice_chain import LatticeChain
from surveillance.detectors.quadrature_chain import limit_for
from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.LIMITS
STEPS = 32  # lattice steps in one unit of the statistic, at least
LOWEST, HIGHEST = 0.25, 60.0


def drawn_chain(increments: FloatArray, limit: float) -> LatticeChain:
    """Return the chain of a CUSUM that adds a draw from these increments to its path at each step.

    The path moves on a lattice that has the limit half-way between two of its points; an increment between two
    points is shared between both so that its mean is kept. The error then falls with the square of the
    lattice width: with 32 steps a unit a normal chart's run length is right within 0.1 %.

    Parameters
    ----------
    increments : float array of shape (n,)
        Each as likely as the others.
    limit : float
        A signal is a path above it.

    Raises
    ------
    NotEstimable
        If there are no increments.

    Examples
    --------
    >>> round(float(drawn_chain(np.array([1.0, -1.0]), 1.5).run_lengths()[0]), 6)
    6.0

    References
    ----------
    Brook & Evans (1972) An approach to the probability distribution of CUSUM run length. Biometrika 59, 539-549.

    Notes
    -----
    Assumes: increments drawn independently, from a law without large lumps at single values.

    Not for: a chart that itself moves on a lattice; its own chain is exact.

    Departs from the published rule: an increment is shared between the two nearest points, where Brook & Evans move
    it to the nearest.
    """
    if len(increments) == 0:
        raise NotEstimable("A run length needs increments to draw from, got 0")
    height = max(1, round(limit * STEPS + 0.5))
    heights = increments * ((height - 0.5) / limit)
    lower = np.floor(heights)
    share = heights - lower
    lowest = int(lower.min())
    place = lower.astype(np.int64) - lowest
    count = int(place.max()) + 2
    chances = np.bincount(place, 1.0 - share, count) + np.bincount(place + 1, share, count)
    kept = np.flatnonzero(chances)
    return LatticeChain(kept + lowest, chances[kept] / len(increments), height)


def drawn_run_length(increments: FloatArray, limit: float) -> float:
    """Return the mean number of steps to a signal, from zero.

    >>> round(drawn_run_length(np.array([1.0, -1.0]), 1.5), 6)
    6.0
    """
    return float(drawn_chain(increments, limit).run_lengths()[0])


def drawn_limit(increments: FloatArray, run_length: float) -> float:
    """Return the limit at which the mean run length, from zero, is the one asked for.

    Parameters
    ----------
    increments : float array of shape (n,)
        Their mean must lie below zero, as that of a chart in control does.
    run_length : float
        In steps.

    Raises
    ------
    NotEstimable
        If the path would climb by itself.
    ValueError
        If the run length is shorter than that of a chart without memory.
    """
    if increments.mean() >= 0.0:
        raise NotEstimable(f"A limit needs increments that fall on average, got a mean of {increments.mean():.3g}")
    high = 4.0
    while high < HIGHEST and drawn_run_length(increments, high) <= run_length:
        high *= 1.5
    return limit_for(lambda limit: drawn_run_length(increments, limit), run_length, min(high, HIGHEST), LOWEST)
