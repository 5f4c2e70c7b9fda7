"""The hour that a clock repeats in autumn: where rows stand in order of time, the step back tells which is which."""

import numpy as np
from numpy.typing import NDArray

DAY = 86_400_000_000


def second_pass(
    local: NDArray[np.int64], read: NDArray[np.bool_], repeated: NDArray[np.bool_]
) -> NDArray[np.bool_] | None:
    """Return which repeated times (bool, shape (n,)) belong to the second pass, winter time; None where it is in doubt.

    Within each night the rows must be in order of time but for one step back among the repeated ones: before it
    is summer time, after it winter time. No step, or two, or rows out of order anywhere, tell nothing.

    Parameters
    ----------
    local : microseconds on the writer's clock, shape (n,), in order of the file
    read, repeated : which rows hold a time without offset, and which of those stand in a repeated hour

    Examples
    --------
    >>> minutes = np.array([50, 80, 110, 70, 115, 125]) * 60_000_000
    >>> second_pass(minutes, np.ones(6, bool), np.array([0, 1, 1, 1, 1, 0], bool)).tolist()
    [False, False, False, True, True, False]
    """
    rows = np.flatnonzero(read)
    if not repeated.any():
        return None
    back = np.flatnonzero(np.diff(local[rows]) < 0)
    within = repeated[rows[back]] & repeated[rows[np.minimum(back + 1, len(rows) - 1)]]
    nights = local[rows[back]] // DAY
    if not within.all() or len(np.unique(nights)) != len(nights):
        return None
    if set(np.unique(local[repeated] // DAY).tolist()) - set(nights.tolist()):
        return None
    second = np.zeros(len(local), dtype=bool)
    for step, night in zip(back, nights, strict=True):
        later = np.zeros(len(local), dtype=bool)
        later[rows[step + 1 :]] = True
        second |= later & repeated & (local // DAY == night)
    return second
