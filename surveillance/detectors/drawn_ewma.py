"""Run lengths of an EWMA whose standardised values follow no formula but can be drawn."""

from math import ceil, sqrt

import numpy as np

from surveillance.detectors.ewma_chain import FAR
from surveillance.detectors.quadrature_chain import QuadratureChain, limit_for
from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.LIMITS
IN_A_STEP, IN_A_SPREAD = 16, 50  # points in a step of the average, and in its standard deviation, at least
CELLS = 1 << 13  # cells in which the drawn values are tabled
LOWEST, HIGHEST = 0.3, 12.0  # limits of use, in standard deviations of the average


def drawn_ewma_chain(heights: FloatArray, weight: float, width: float) -> QuadratureChain:
    """Return the chain of an EWMA that takes one of these heights, each as likely as the others, at each step.

    After each height e becomes (1 - lambda) e + lambda height, from 0, and signals above L sqrt(lambda / (2 -
    lambda)). The chain stands on even points, of which 0 is one and the limit lies half-way between two. What falls
    between two points is shared between both so that its mean is kept; the variance that sharing adds, a sixth of a
    squared distance, is taken off the heights before. On the harmless side the path is held nine standard
    deviations of e below the lower of its centre and its mean.

    Parameters
    ----------
    heights : float array of shape (n,)
        Standardised values, towards the harmful side: an AUROC that falls gives -z.
    weight : float
        lambda.
    width : float
        L, in standard deviations of e where the heights have variance 1.

    Raises
    ------
    NotEstimable
        If there are no heights.
    ValueError
        If the weight is not above 0 and at most 1, or the width not positive.

    Examples
    --------
    >>> from scipy.special import ndtri
    >>> normal = ndtri((np.arange(10_000) + 0.5) / 10_000)
    >>> round(drawn_ewma_chain(normal / normal.std(), 0.1, 2.7).run_length())  # both sides, in the table: 369
    755

    References
    ----------
    Brook & Evans (1972) An approach to the probability distribution of CUSUM run length. Biometrika 59, 539-549.
    Lucas & Saccucci (1990) Exponentially weighted moving average control schemes. Technometrics 32, 1-12.

    Notes
    -----
    Assumes: heights drawn independently, from a law without large lumps at single values.

    Not for: a chart of two sides, or limits that widen; normal heights, whose own chain is exact (`Ewma.chain`).

    Departs from the published rule: a step is shared between the two nearest points, where Brook & Evans move it to
    the nearest.
    """
    if len(heights) == 0:
        raise NotEstimable("A run length needs heights to draw from, got 0")
    if not 0.0 < weight <= 1.0 or width <= 0.0:
        raise ValueError(f"weight must lie above 0 and at most at 1, width be positive, got {weight:g} and {width:g}")
    spread = sqrt(weight / (2.0 - weight))
    above = max(1, round(width * max(spread / weight * IN_A_STEP, IN_A_SPREAD) + 0.5))
    distance = width * spread / (above - 0.5)
    mean, deviation = float(heights.mean()), float(heights.std())
    below = ceil((FAR * spread * max(deviation, 1e-9) - min(0.0, mean)) / distance)
    points = distance * np.arange(-below, above)
    steps = weight * (mean + (heights - mean) * _narrowed(weight * deviation, distance))
    centre = (1.0 - weight) * points
    # The chance of each point is the bend, between its neighbours, of the expected shortfall below a level.
    short = _expected_shortfall(steps, np.append(points, points[-1] + distance)[None, :] - centre[:, None])
    upto = np.diff(short, axis=1) / distance  # the chance at or below each point, shares counted
    moves = np.diff(upto, axis=1, prepend=0.0)
    start = np.zeros(len(points))
    start[below] = 1.0
    return QuadratureChain(moves, 1.0 - upto[:, -1], start, np.ones(1))


def drawn_ewma_run_length(heights: FloatArray, weight: float, width: float) -> float:
    """Return the mean number of steps to a signal, from zero.

    >>> round(drawn_ewma_run_length(np.array([1.5, -1.5]), 1.0, 1.0), 6)  # heads or tails
    2.0
    """
    return drawn_ewma_chain(heights, weight, width).run_length()


def drawn_ewma_limit(heights: FloatArray, weight: float, run_length: float) -> float:
    """Return L at which the mean run length, from zero, is the one asked for.

    Parameters
    ----------
    heights : float array of shape (n,)
        Of a chart in control: their mean is at or near 0.
    weight : float
    run_length : float
        In steps.

    Raises
    ------
    ValueError
        If no limit of use has that run length: it is too short, or no drawn value is high enough.
    """
    high = 3.0
    while high < HIGHEST and drawn_ewma_run_length(heights, weight, high) <= run_length:
        high += 1.0
    return limit_for(lambda width: drawn_ewma_run_length(heights, weight, width), run_length, high, LOWEST)


def _narrowed(deviation: float, distance: float) -> float:
    """Return by how much steps are drawn together so that sharing leaves their variance as it was."""
    return sqrt(max(0.0, 1.0 - distance**2 / (6.0 * deviation**2))) if deviation > 0.0 else 1.0


def _expected_shortfall(steps: FloatArray, level: FloatArray) -> FloatArray:
    """Return how far below each level the steps fall on average, those above it counted as 0.

    Steps are shared between the edges of narrow cells first, so that a level is looked up and not searched for.
    """
    low, high = float(steps.min()), float(steps.max())
    cell = (high - low) / CELLS or 1.0
    place = (steps - low) / cell
    left = np.minimum(place.astype(np.int64), CELLS - 1)
    share = place - left
    count = CELLS + 2
    chance = np.bincount(left, 1.0 - share, count) + np.bincount(left + 1, share, count)
    at_edge = np.concatenate(([0.0], np.cumsum(np.cumsum(chance)[:-1]))) * (cell / len(steps))
    where = (level - low) / cell
    inside = np.clip(where.astype(np.int64), 0, CELLS)
    rest = where - inside
    found = at_edge[inside] + np.where(rest > 0.0, rest, 0.0) * (at_edge[inside + 1] - at_edge[inside])
    return np.asarray(np.where(where > 0.0, found, 0.0), dtype=np.float64)
