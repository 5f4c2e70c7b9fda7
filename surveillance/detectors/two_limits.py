"""One path against two limits: one that asks for an answer, one that asks for a decision."""

from dataclasses import dataclass

import numpy as np

from surveillance.metrics.arrays import BoolArray, IntArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.LIMITS

BLOCK = 512


@dataclass(frozen=True, slots=True, eq=False)
class TwoLimitPath:
    """The path of one chart and the two kinds of signal it gave.

    Attributes
    ----------
    statistic : int array of shape (n,)
        Height after each event, in lattice steps; at a restart the height before it.
    alarms, actions : int arrays of shape (k,), (j,)
        Positions at which the alarm and the action limit were first reached in an excursion from zero.
    alarm_onsets, action_onsets : int arrays of shape (k,), (j,)
        Position of the last zero (or restart) before each signal: the estimated last event before the
        change; -1 if the path left zero at its start.
    zeros : int array of shape (n,)
        For each event, the position of the last zero or restart before it; -1 before the first.
    """

    statistic: IntArray
    alarms: IntArray
    actions: IntArray
    alarm_onsets: IntArray
    action_onsets: IntArray
    zeros: IntArray


def two_limit_path(
    steps: IntArray, alarm_limit: int, action_limit: int | None, restart_after: IntArray
) -> TwoLimitPath:
    """Follow max(0, S + step) against an alarm limit and an action limit.

    Reaching the alarm limit raises one alarm and the path goes on; it is armed again only when it has
    been back at zero. Reaching the action limit marks one action in each such excursion, and the path
    goes on until a person has decided: after each position in `restart_after` it starts from zero.
    Where `action_limit` is None the chart may not recommend, nobody decides, and the path restarts by
    itself after each alarm.

    After a recommendation that was declined the path starts again from zero, without a head start, and both
    limits are armed: evidence that a person has judged is not held against the AI twice, and a fault that is still
    there must be found anew, after the delay the design prints. The same holds after a signed stop and resumption; only
    after an intervention may a chart begin half-way to its limit (`Detector.start`).

    Parameters
    ----------
    steps : int array of shape (n,)
        What each event adds.
    alarm_limit, action_limit : int
        In steps, at least 1; a signal is a path at or above the limit.
    restart_after : int array of shape (r,)
        Positions after which a decision was made.

    Raises
    ------
    ValueError
        If a limit is below 1, the action limit below the alarm limit, or a position outside the path.

    Notes
    -----
    Assumes: steps are in the order in which the events happened, and both limits are whole steps of the same chart.

    Not for: two charts of different designs: their paths differ, and so do their run lengths.

    Departs from the published rule: one path is held against two limits and goes on past the first, because an
    alarm asks for an answer and only the action limit for a decision; Page's chart has one limit and restarts
    there.

    Examples
    --------
    >>> path = two_limit_path(np.array([3, 3, -9, 3, 3, 3]), 5, 8, np.array([], dtype=np.int64))
    >>> path.statistic.tolist(), path.alarms.tolist(), path.actions.tolist()
    ([3, 6, 0, 3, 6, 9], [1, 4], [5])
    >>> path.alarm_onsets.tolist(), path.action_onsets.tolist()
    ([-1, 2], [2])

    References
    ----------
    Page (1954) Continuous inspection schemes. Biometrika 41, 100-115.
    """
    moves = np.asarray(steps, dtype=np.int64)
    decided = np.unique(np.asarray(restart_after, dtype=np.int64))
    n = len(moves)
    if alarm_limit < 1 or (action_limit is not None and action_limit < alarm_limit):
        raise ValueError("limits must be at least 1 step, and the action limit not below the alarm limit")
    if decided.size and (decided[0] < 0 or decided[-1] >= n):
        raise ValueError(f"a restart must follow one of the {n} events")
    restarts = np.zeros(n, dtype=np.bool_)
    restarts[decided] = True
    statistic = np.empty(n, dtype=np.int64)
    ends = np.append(decided + 1, n)
    for first, end in zip(np.concatenate(([0], decided + 1)), ends, strict=True):
        if action_limit is None:
            _restart_at_alarms(moves, statistic, restarts, alarm_limit, int(first), int(end))
        else:
            statistic[first:end] = climb(moves[first:end], 0)
    zeros = last_zero_before((statistic == 0) | restarts)
    alarms = first_of_each_excursion(statistic >= alarm_limit, zeros)
    if action_limit is None:
        actions = np.empty(0, dtype=np.int64)
    else:
        actions = first_of_each_excursion(statistic >= action_limit, zeros)
    return TwoLimitPath(statistic, alarms, actions, zeros[alarms], zeros[actions], zeros)


def climb(moves: IntArray, start: int) -> IntArray:
    """Return max(0, S + step) along moves without a restart: the sum less its lowest point so far.

    >>> climb(np.array([2, -4, 3]), 1).tolist()
    [3, 0, 3]
    """
    total = np.cumsum(moves) + start
    return total - np.minimum(np.minimum.accumulate(total), 0)


def _restart_at_alarms(
    moves: IntArray, statistic: IntArray, restarts: BoolArray, limit: int, first: int, end: int
) -> None:
    """Fill a segment block by block, starting again from zero after each alarm."""
    level = 0
    while first < end:
        stop = min(first + BLOCK, end)
        heights = climb(moves[first:stop], level)
        over = np.flatnonzero(heights >= limit)
        if over.size:
            stop = first + int(over[0]) + 1
            restarts[stop - 1] = True
        statistic[first:stop] = heights[: stop - first]
        level = 0 if over.size else int(heights[-1])
        first = stop


def last_zero_before(zero: BoolArray) -> IntArray:
    """Return, for each position, the last earlier position at zero; -1 where there is none."""
    marked = np.where(zero, np.arange(len(zero)), -1)
    upto = np.maximum.accumulate(marked) if len(marked) else marked
    return np.concatenate((np.full(min(1, len(zero)), -1), upto[:-1])).astype(np.int64)


def first_of_each_excursion(over: BoolArray, zeros: IntArray) -> IntArray:
    """Return the first position over a limit after each zero."""
    positions = np.flatnonzero(over)
    _, first = np.unique(zeros[positions], return_index=True)
    return positions[first].astype(np.int64)
