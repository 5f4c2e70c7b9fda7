"""One EWMA against two limits, in whole millionths."""

from math import floor, sqrt

import numpy as np
from numpy.typing import ArrayLike

from surveillance.detectors.ewma import Ewma
from surveillance.detectors.normal_chart import as_standardised
from surveillance.detectors.two_limits import TwoLimitPath, first_of_each_excursion, last_zero_before
from surveillance.metrics.arrays import FloatArray, IntArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.LIMITS

FIXED_POINT = 1_000_000


def ewma_two_limit_path(z: ArrayLike, alarm: Ewma, action: Ewma | None, restart_after: IntArray) -> TwoLimitPath:
    """Follow one EWMA against an alarm and an action limit, by the rules of `two_limit_path`.

    An EWMA is no sum of steps, so it has its own walk. The statistic is the height towards the harmful side
    in whole millionths, rounded after each value so that any two computers agree; a signal is a height
    above the limit, an excursion begins where the height was last at or below 0.

    Parameters
    ----------
    z : float array of shape (n,)
    alarm : Ewma
        One-sided, with limits that stand still.
    action : Ewma or None
        The same chart with its wider limit; None where the chart may not recommend, and the path then restarts
        by itself after each alarm.
    restart_after : int array of shape (r,)
        Positions after which a decision was made.

    Raises
    ------
    ValueError
        If the two are not the same chart, the action limit lies below the alarm limit, the chart is two-sided
        or widening, or a position lies outside the path.

    Notes
    -----
    Assumes: z values are standardised by the baseline, independent, and in order.

    Not for: a two-sided EWMA or limits that still widen.

    Departs from the published rule: one path is held against two limits, because an alarm asks for an answer and
    only the wider limit for a decision.

    Examples
    --------
    >>> alarm, action = Ewma(1.0, 0.5), Ewma(2.5, 0.5)
    >>> path = ewma_two_limit_path([-1, -2, -2, 3, -2], alarm, action, np.array([], dtype=np.int64))
    >>> path.statistic.tolist(), path.alarms.tolist(), path.actions.tolist()
    ([500000, 1250000, 1625000, -687500, 656250], [1, 4], [2])

    References
    ----------
    Lucas & Saccucci (1990) Technometrics 32, 1-12.
    """
    values = as_standardised(z)
    if alarm.side == "both" or alarm.widening:
        raise ValueError("a path with two limits needs a one-sided EWMA whose limits stand still")
    if action is not None and (action.side, action.weight, action.widening) != (alarm.side, alarm.weight, False):
        raise ValueError("both limits must be of the same EWMA")
    if action is not None and action.limit < alarm.limit:
        raise ValueError("the action limit must not lie below the alarm limit")
    decided = set(np.asarray(restart_after, dtype=np.int64).tolist())
    if decided and not 0 <= min(decided) <= max(decided) < len(values):
        raise ValueError(f"a restart must follow one of the {len(values)} values")
    sign = 1.0 if alarm.side == "upper" else -1.0
    limits = limit_steps(alarm), None if action is None else limit_steps(action)
    return ewma_walk(sign * values, np.arange(len(values)), len(values), alarm.weight, *limits, restart_after)


def limit_steps(chart: Ewma) -> int:
    """Return the limit in whole millionths of a standard deviation of z: a height at or above it signals.

    >>> limit_steps(Ewma(2.0, 1.0))
    2000001
    """
    return floor(chart.limit * FIXED_POINT) + 1


def steps_per_deviation(weight: float) -> int:
    """Return how many whole steps make one standard deviation of the average itself.

    >>> steps_per_deviation(1.0), steps_per_deviation(0.1)
    (1000000, 229416)
    """
    return round(FIXED_POINT * sqrt(weight / (2.0 - weight)))


def ewma_walk(
    rise: FloatArray,
    at: IntArray,
    cases: int,
    weight: float,
    alarm_steps: int,
    action_steps: int | None,
    restart_after: IntArray,
) -> TwoLimitPath:
    """Follow an EWMA along cases of which only some bring a value, by the rules of `ewma_two_limit_path`.

    Between two values the average stands still; a decision there starts it again from zero.

    Parameters
    ----------
    rise : float array of shape (k,)
        Values towards the harmful side.
    at : int array of shape (k,)
        The cases that bring them, ascending.
    cases : int
    weight : float
        lambda.
    alarm_steps, action_steps : int
        The limits in whole steps; the second None where the chart may not recommend.
    restart_after : int array of shape (r,)

    Examples
    --------
    >>> decided = np.array([3])
    >>> path = ewma_walk(np.array([2.0, 2.0]), np.array([1, 4]), 6, 0.5, 900_000, 2_000_000, decided)
    >>> path.statistic.tolist(), path.alarms.tolist(), path.alarm_onsets.tolist()
    ([0, 1000000, 1000000, 1000000, 1000000, 1000000], [1, 4], [0, 3])

    References
    ----------
    Lucas & Saccucci (1990) Technometrics 32, 1-12.
    """
    restarts = np.zeros(cases, dtype=np.bool_)
    restarts[np.asarray(restart_after, dtype=np.int64)] = True
    upto = np.concatenate(([0], np.cumsum(restarts)))  # restarts after the cases before each one
    heights, height, before = np.zeros(len(rise), dtype=np.int64), 0, 0
    for number, (value, place) in enumerate(zip(rise.tolist(), at.tolist(), strict=True)):
        height = height if upto[place] == before else 0
        height = heights[number] = _next(height, value, weight)
        before = upto[place]
        if action_steps is None and height >= alarm_steps:
            restarts[place], height = True, 0
    newest = np.searchsorted(at, np.arange(cases), side="right") - 1
    ended: IntArray = np.cumsum(restarts) - restarts  # as upto, with the restarts of a chart that may not recommend
    statistic = np.zeros(cases, dtype=np.int64)
    moved = newest >= 0
    held = moved & (ended == np.where(moved, ended[at[newest]] if len(at) else 0, 0))
    statistic[held] = heights[newest[held]]
    zeros = last_zero_before((statistic <= 0) | restarts)
    alarms = first_of_each_excursion(statistic >= alarm_steps, zeros)
    none = np.empty(0, dtype=np.int64)
    actions = none if action_steps is None else first_of_each_excursion(statistic >= action_steps, zeros)
    return TwoLimitPath(statistic, alarms, actions, zeros[alarms], zeros[actions], zeros)


def ewma_onward(rise: FloatArray, weight: float, height: int) -> IntArray:
    """Return the heights after further values, in whole millionths, of an average that stands at a height.

    >>> ewma_onward(np.array([1.0, -1.0]), 0.5, 1_000_000).tolist()
    [1000000, 0]
    """
    found = []
    for value in rise.tolist():
        height = _next(height, value, weight)
        found.append(height)
    return np.array(found, dtype=np.int64)


def _next(height: int, value: float, weight: float) -> int:
    return round((1.0 - weight) * height + weight * FIXED_POINT * value)
