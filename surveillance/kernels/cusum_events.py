"""A Bernoulli CUSUM over millions of events."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveillance.kernels.compile import kernel

IntArray = NDArray[np.int64]


def cusum_events(events: ArrayLike, up: int, down: int, limit: int, start: int = 0) -> tuple[IntArray, IntArray, int]:
    """Return the path of a Bernoulli CUSUM in lattice steps, equal to `BernoulliCusum.run`.

    Parameters
    ----------
    events : bool array of shape (n,)
    up, down : int
        Steps up for an event (m - 1) and down for a non-event (1); both are sizes, a sign is ignored.
    limit : int
        H: a path at or above it signals, and restarts at zero with the next event.
    start : int
        The `state` in which an earlier part of the stream ended.

    Returns
    -------
    statistic : int array of shape (n,)
        Height after each event; at a signal the crossing value.
    signals : int array of shape (k,)
        Positions of the signals.
    state : int
        Height from which the next event starts.
    """
    flags = np.ascontiguousarray(events, dtype=np.bool_)
    statistic, signals, state = _walk(flags, abs(int(up)), abs(int(down)), int(limit), int(start))
    return statistic, signals, int(state)


@kernel
def _walk(events: NDArray[np.bool_], up: int, down: int, limit: int, start: int) -> tuple[IntArray, IntArray, int]:
    n = len(events)
    statistic = np.empty(n, np.int64)
    signals = np.empty(n, np.int64)
    found = 0
    level = start
    for i in range(n):
        level = level + up if events[i] else max(level - down, 0)
        statistic[i] = level
        if level >= limit:
            signals[found] = i
            found += 1
            level = 0
    return statistic, signals[:found].copy(), level
