"""The run length of a designed chart on the weeks of a baseline as they were, with what ties them together."""

import numpy as np

from surveillance.detectors.lattice_chain import FloatArray
from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import IntArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.LIMITS
FINEST = 400  # heights of the path that are told apart; on a finer lattice a height between two is shared by both


def block_bootstrap_run_length(steps: IntArray, starts: IntArray, limit: int, *, block: int) -> float:
    """Return the mean number of cases to a signal when weeks of the baseline follow each other in random blocks.

    A stream is put together from blocks of `block` consecutive weeks, each beginning at any week of the
    baseline with the same chance (the last week is followed by the first), so that what ties the studies of a
    week, or of neighbouring weeks, together is kept. Each block moves the path from any height to one other
    height or to a signal, so the blocks make a Markov chain and its mean run length is solved for: the whole
    bootstrap, with no random number and no simulation error.

    Parameters
    ----------
    steps : int array of shape (n,)
        What each study of the baseline adds to the path, in the chart's steps, in the order it was charted.
    starts : int array of shape (weeks + 1,)
        Place of the first study of each week.
    limit : int
        A path at or above it signals.
    block : int
        Weeks in a block.

    Raises
    ------
    NotEstimable
        If there are fewer weeks than two blocks hold, or the path can never reach the limit.

    Examples
    --------
    >>> steps = np.array([2, -1, -1, -1, 2, -1, -1, -1])
    >>> round(block_bootstrap_run_length(steps, np.array([0, 2, 4, 6, 8]), 4, block=1))
    27

    References
    ----------
    Politis & Romano (1992) A circular block-resampling procedure for stationary data. In: Exploring the Limits
    of Bootstrap, 263-270. Wiley.
    Kuensch (1989) The jackknife and the bootstrap for general stationary observations. Annals of Statistics 17,
    1217-1241.

    Notes
    -----
    Assumes: a baseline without a trend, whose weeks are tied together over no longer than a block.
    Not for: the run length of independent studies: the Markov chain of the design is exact for those.
    Departs from the published rule: the expectation over all resamples is solved for instead of drawn, because a
    drawn one would carry an error of its own and change with its seed.
    """
    weeks = len(starts) - 1
    if block < 1 or weeks < 2 * block:
        raise NotEstimable(f"A bootstrap of blocks of {block} weeks needs {2 * block} weeks, got {weeks}")
    size = min(limit, FINEST)
    unit = limit / size
    heights: FloatArray = np.arange(size, dtype=np.float64) * unit
    onward, elapsed = np.zeros((size, size)), np.zeros(size)
    twice = np.concatenate((steps, steps))
    ends = np.concatenate((starts, starts[1:] + len(steps)))
    for first in range(weeks):
        part = twice[ends[first] : ends[first + block]]
        after, when = _through(part, heights, limit)
        stays = when < 0
        elapsed += np.where(stays, len(part), when)
        lower = np.minimum((after / unit).astype(np.int64), size - 1)
        upper = np.minimum(lower + 1, size - 1)
        share = np.where(upper > lower, after / unit - lower, 0.0)
        rows = np.flatnonzero(stays)
        np.add.at(onward, (rows, lower[rows]), 1.0 - share[rows])
        np.add.at(onward, (rows, upper[rows]), share[rows])
    return _solved(onward / weeks, elapsed / weeks)


def _through(part: IntArray, heights: FloatArray, limit: int) -> tuple[FloatArray, IntArray]:
    """Return the height after a block from each height before it, and the case that signals, from 1; -1 for none.

    From height s the path is max(s + P_k, R_k): P the sum of the steps, R the path from an empty chart.
    """
    if not len(part):
        return heights, np.full(len(heights), -1)
    total = np.cumsum(part)
    empty = total - np.minimum.accumulate(total)
    rising = np.maximum.accumulate(total)
    passed = np.searchsorted(rising, limit - heights, side="left")  # first case at which s + P_k is at the limit
    alone = np.flatnonzero(empty >= limit)
    passed = np.minimum(passed, alone[0] if len(alone) else len(part))
    after = np.maximum(heights + total[-1], empty[-1])
    return after, np.where(passed < len(part), passed + 1, -1)


def _solved(onward: FloatArray, elapsed: FloatArray) -> float:
    reached = np.zeros(len(elapsed), dtype=bool)
    frontier = np.array([0])
    while len(frontier):  # heights that a path from zero can be at
        reached[frontier] = True
        frontier = np.flatnonzero((onward[frontier] > 0).any(axis=0) & ~reached)
    kept = np.flatnonzero(reached)
    inside = onward[np.ix_(kept, kept)]
    if not (inside.sum(axis=1) < 1.0 - 1e-12).any():
        raise NotEstimable("A run length needs weeks that can lift the path to its limit, got none in this baseline")
    return float(np.linalg.solve(np.eye(len(kept)) - inside, elapsed[kept])[0])
