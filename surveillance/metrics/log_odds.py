"""Log-odds of probabilities, with a stated answer to probabilities of exactly 0 and 1."""

import numpy as np
from scipy.special import logit

from surveillance.metrics.arrays import FloatArray

EDGE = 1e-6


def log_odds(probability: FloatArray) -> FloatArray:
    """Return the log-odds, with probabilities nearer than 1e-6 to 0 or 1 moved to that distance.

    The log-odds of 0 and 1 are infinite. A score printed as 0.000 means "very small", not
    "impossible"; moving it keeps the case, and the method text says how many were moved.

    Notes
    -----
    Assumes: a printed 0 or 1 is a rounded probability.

    Not for: scores that are not probabilities; columns in which many are exactly 0 or 1, where the distance
    chosen here decides the result.

    Departs from the published rule: probabilities of exactly 0 and 1 are moved by 1e-6, because their log-odds
    are infinite.

    Examples
    --------
    >>> log_odds(np.array([0.5, 0.0])).round(3).tolist()
    [0.0, -13.816]
    """
    return np.asarray(logit(np.clip(probability, EDGE, 1.0 - EDGE)), dtype=np.float64)


def moved(probability: FloatArray) -> str:
    """Return the clause for the method text on how many probabilities were moved off the edge.

    >>> moved(np.array([0.5, 0.0, 1.0]))
    '; 2 probabilities nearer than 1e-06 to 0 or 1 moved to that distance'
    """
    count = int(np.sum((probability < EDGE) | (probability > 1.0 - EDGE)))
    if not count:
        return ""
    return f"; {count} probabilities nearer than {EDGE:g} to 0 or 1 moved to that distance"
