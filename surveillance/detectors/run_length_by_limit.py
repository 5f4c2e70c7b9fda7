"""The exact run length of a lattice CUSUM for one limit after another, by one recursion over the limits."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.kernels.run_lengths_by_limit import run_lengths_by_limit
from surveillance.metrics.arrays import FloatArray, IntArray

MOST_STEPS = 1 << 18  # on the finest lattice of a chart (5000 steps a unit) far beyond 10^13 cases


def run_lengths_at(moves: IntArray, chances: FloatArray, limit: int, heights: int | None = None) -> FloatArray:
    """Return the mean number of cases to a signal from each height below one limit.

    With one move more than the floor allows put to height 0, the run lengths solve (I - Q) L = 1. Apart from that
    floor the matrix is a Toeplitz matrix T: L = x + L(0) y, with T x = 1 and T y = f, f being the chance to
    fall below the floor; hence L(0) = x(0) / (1 - y(0)). Levinson's recursion solves T of size n + 1 from T of size n
    in a few passes over as many numbers as a case can move the path; solving each size anew takes n times as many,
    squared: a fine lattice can be exact and quick. A run length L is right to about L times 10^-15 of itself: nine
    digits at a million cases, and beyond about 10^13 it is not told apart from "never".

    Parameters
    ----------
    moves : int array of shape (k,)
        Possible moves for one case.
    chances : float array of shape (k,)
        Their probabilities; they sum to 1.
    limit : int
        In steps, at least 1.
    heights : int, optional
        How many heights, from 0 up, are asked for; None for all of them. A few take half the time of all.

    Returns
    -------
    float array of shape (heights,), or (limit,) where the limit is lower or all are asked for

    Raises
    ------
    NotEstimable
        If no case can lift the path.

    Examples
    --------
    >>> up_or_down, evens = np.array([1, -1]), np.array([0.5, 0.5])
    >>> run_lengths_at(up_or_down, evens, 3).round(6).tolist()
    [12.0, 10.0, 6.0]

    References
    ----------
    Levinson (1946) The Wiener RMS error criterion in filter design and prediction. J Math Phys 25, 261-278.
    Brook & Evans (1972) Biometrika 59, 539-549.
    """
    wanted = limit if heights is None else heights
    return run_lengths_by_limit(*_lifts_and_falls(moves, chances), int(limit), np.inf, int(wanted))[1]


def smallest_limit_for(moves: IntArray, chances: FloatArray, run_length: float) -> tuple[int, float]:
    """Return the smallest limit, in steps, whose run length from zero is at least the one asked for, and that one.

    Raises
    ------
    NotEstimable
        If no case can lift the path, or no limit that is searched is long enough.

    Examples
    --------
    >>> limit, found = smallest_limit_for(np.array([1, -1]), np.array([0.5, 0.5]), 10.0)
    >>> limit, round(found, 6)
    (3, 12.0)
    """
    found = run_lengths_by_limit(*_lifts_and_falls(moves, chances), MOST_STEPS, float(run_length), 1)
    limit, reached = int(found[0]), float(found[1][0])
    if not reached >= run_length or run_length == np.inf:
        raise NotEstimable(f"A limit needs a run length that {MOST_STEPS} steps can give, got {run_length:g} cases")
    return limit, reached


def _lifts_and_falls(moves: IntArray, chances: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the chances of lifting the path by 0, 1, ... steps, and of its falling by 0 (none), 1, ... steps."""
    if not np.any(chances[moves > 0] > 0.0):
        raise NotEstimable("A run length needs a case that lifts the path, got none")
    up = moves >= 0
    lifts, falls = np.bincount(moves[up], chances[up]), np.bincount(-moves[~up], chances[~up], minlength=1)
    return lifts.astype(np.float64), falls.astype(np.float64)
