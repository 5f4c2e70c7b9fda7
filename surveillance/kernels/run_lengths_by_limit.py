"""Run lengths of a lattice CUSUM, limit after limit, by Levinson's recursion."""

import numpy as np
from numpy.typing import NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
FIRST_ROOM = 1024


@kernel
def run_lengths_by_limit(
    lifts: FloatArray, falls: FloatArray, most: int, enough: float, heights: int
) -> tuple[int, FloatArray]:
    """Return the first limit whose run length from zero is enough, and its run lengths from the lowest heights.

    The algebra is that of `detectors.run_length_by_limit`. Of the solutions at one size the recursion reads only
    the two ends, as far as a case can move the path, so only these are carried on.

    Parameters
    ----------
    lifts : float array of shape (rise + 1,)
        Chance that a case lifts the path by 0, 1, ..., rise steps.
    falls : float array of shape (fall + 1,)
        Chance that it falls by 0 (always 0.0: it stands under `lifts`), 1, ..., fall steps.
    most : int
        The limit at which to stop in any case: nothing else ends a search for a run length that none has.
    enough : float
        The run length at which to stop before that; infinite to go on to `most`.
    heights : int
        How many of the lowest heights are asked for.

    Returns
    -------
    limit : int
    lengths : float array of shape (at most heights,)
    """
    rise, fall = len(lifts) - 1, len(falls) - 1
    below = np.zeros(fall + 1)  # chance to fall below the floor from 0, 1, ... steps
    for j in range(fall - 1, -1, -1):
        below[j] = below[j + 1] + falls[j + 1]
    head = max(rise, heights)
    room = min(most, FIRST_ROOM)
    x, y, forward, backward = np.zeros(room), np.zeros(room), np.zeros(room), np.zeros(room)
    start = room - 1  # of `backward`, which grows downwards: its shift by one place then moves nothing
    pivot = 1.0 - lifts[0]
    x[0], y[0], forward[0], backward[start] = 1.0 / pivot, below[0] / pivot, 1.0 / pivot, 1.0 / pivot
    size = 1
    while True:
        climb = 1.0 - y[0]
        share = x[0] / climb if climb > 0.0 else np.inf
        if size >= most or (enough < np.inf and x[0] + share * y[0] >= enough):
            known = min(size, heights)
            return size, x[:known] + share * y[:known] if climb > 0.0 else np.full(known, np.inf)
        if size == room:
            grown = np.zeros(room)
            x, y = np.concatenate((x, grown)), np.concatenate((y, grown))
            forward, backward = np.concatenate((forward, grown)), np.concatenate((grown, backward))
            start += room
            room *= 2
        from_forward, x_gap, y_gap = 0.0, 1.0, below[min(size, fall)]
        for j in range(1, min(size, fall) + 1):
            from_forward -= falls[j] * forward[size - j]
            x_gap += falls[j] * x[size - j]
            y_gap += falls[j] * y[size - j]
        from_backward = 0.0
        for j in range(1, min(size, rise) + 1):
            from_backward -= lifts[j] * backward[start + j - 1]
        scale = 1.0 / (1.0 - from_forward * from_backward)
        size += 1
        start -= 1
        near = min(head, size)
        far = max(near, size - fall)
        for first, last in ((0, near), (far, size)):
            for i in range(first, last):
                longer, shifted = forward[i], backward[start + i]
                forward[i] = (longer - from_forward * shifted) * scale
                backward[start + i] = (shifted - from_backward * longer) * scale
                x[i] += x_gap * backward[start + i]
                y[i] += y_gap * backward[start + i]
