"""The exact run length of a lattice CUSUM for every limit at once, by one recursion over the limits."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray, IntArray


def run_lengths_by_limit(moves: IntArray, chances: FloatArray) -> Iterator[FloatArray]:
    """Yield, for limits of 1, 2, 3, ... steps, the mean number of cases to a signal from each height below it.

    With one move more than the floor allows put to height 0, the run lengths solve (I - Q) L = 1. Apart from that
    floor the matrix is a Toeplitz matrix T: L = x + L(0) y, with T x = 1 and T y = f, f being the chance to
    fall below the floor; hence L(0) = x(0) / (1 - y(0)). Levinson's recursion solves T of size n + 1 from T of size n
    in a few passes over n numbers, where solving each size anew takes n times the squared width of the moves: a
    fine lattice can be exact and quick. A run length L is right to about L times 10^-15 of itself: nine digits at a
    million cases, and beyond about 10^13 it is not told apart from "never".

    Parameters
    ----------
    moves : int array of shape (k,)
        Possible moves for one case.
    chances : float array of shape (k,)
        Their probabilities; they sum to 1.

    Examples
    --------
    >>> lengths = run_lengths_by_limit(np.array([1, -1]), np.array([0.5, 0.5]))
    >>> [float(next(lengths)[0].round(6)) for _ in range(3)]
    [2.0, 6.0, 12.0]

    References
    ----------
    Levinson (1946) The Wiener RMS error criterion in filter design and prediction. J Math Phys 25, 261-278.
    Brook & Evans (1972) Biometrika 59, 539-549.
    """
    rise, fall = int(max(moves.max(), 0)), int(max(-moves.min(), 0))
    row, column = np.zeros(rise + 1), np.zeros(fall + 1)
    np.add.at(row, moves[moves >= 0], -chances[moves >= 0])
    np.add.at(column, -moves[moves < 0], -chances[moves < 0])
    row[0] += 1.0
    below = np.append(-np.cumsum(column[::-1])[::-1][1:], 0.0)  # chance to fall below the floor from 0, 1, ... steps
    if not np.any(chances[moves > 0] > 0.0):
        raise NotEstimable("A run length needs a case that lifts the path, got none")
    forward, backward = np.array([1.0 / row[0]]), np.array([1.0 / row[0]])  # T forward = first unit vector
    x, y = np.array([1.0 / row[0]]), np.array([below[0] / row[0]])
    size = 1
    while True:
        climb = 1.0 - y[0]
        yield x + (x[0] / climb if climb > 0.0 else np.inf) * y
        left, right = min(size, fall), min(size, rise)
        lags = column[left:0:-1]
        from_forward = lags @ forward[size - left :]
        from_backward = row[1 : right + 1] @ backward[:right]
        x_gap = 1.0 - lags @ x[size - left :]
        y_gap = below[min(size, fall)] - lags @ y[size - left :]
        longer, shifted = np.append(forward, 0.0), np.concatenate(([0.0], backward))
        scale = 1.0 / (1.0 - from_forward * from_backward)
        forward = (longer - from_forward * shifted) * scale
        backward = (shifted - from_backward * longer) * scale
        x, y = np.append(x, 0.0) + x_gap * backward, np.append(y, 0.0) + y_gap * backward
        size += 1


def run_lengths_at(moves: IntArray, chances: FloatArray, limit: int) -> FloatArray:
    """Return the mean number of cases to a signal from each height below one limit; shape (limit,)."""
    return next(islice(run_lengths_by_limit(moves, chances), limit - 1, None))


def smallest_limit_for(moves: IntArray, chances: FloatArray, run_length: float) -> int:
    """Return the smallest limit, in steps, whose run length from zero is at least the one asked for."""
    for limit, lengths in enumerate(run_lengths_by_limit(moves, chances), start=1):
        if lengths[0] >= run_length:
            return limit
    raise AssertionError("the run length grows without end as the limit grows")
