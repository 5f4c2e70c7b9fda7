"""One EWMA against two limits, in whole millionths."""

import numpy as np
from numpy.typing import ArrayLike

from surveillance.detectors.ewma import Ewma
from surveillance.detectors.normal_chart import as_standardised
from surveillance.detectors.two_limits import TwoLimitPath
from surveillance.metrics.arrays import IntArray
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
    sign = FIXED_POINT if alarm.side == "upper" else -FIXED_POINT
    alarm_limit = alarm.limit * FIXED_POINT
    action_limit = float("inf") if action is None else action.limit * FIXED_POINT
    height, zero, alarm_armed, action_armed = 0, -1, True, True
    statistic, zeros, alarms, actions = [], [], [], []
    for position, value in enumerate(values.tolist()):
        height = round((1.0 - alarm.weight) * height + alarm.weight * sign * value)
        statistic.append(height)
        zeros.append(zero)
        restart = position in decided
        if height > alarm_limit and alarm_armed:
            alarms.append(position)
            alarm_armed, restart = False, restart or action is None
        if height > action_limit and action_armed:
            actions.append(position)
            action_armed = False
        if height <= 0 or restart:
            zero, alarm_armed, action_armed = position, True, True
        if restart:
            height = 0
    last_zeros, found, acted = (np.array(places, dtype=np.int64) for places in (zeros, alarms, actions))
    return TwoLimitPath(
        np.array(statistic, dtype=np.int64), found, acted, last_zeros[found], last_zeros[acted], last_zeros
    )
