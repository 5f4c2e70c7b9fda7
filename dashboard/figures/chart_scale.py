"""How high and how low the value axis of a control chart reaches."""

from datetime import date

from surveillance.services.page_models import ChartLine

AIR = 1.12
HIGHEST, CUT_AT = 4.0, 2.0  # further past its limit than the first, the scale ends at the second, or no limit showed


def settled(line: ChartLine, day: date, value: float | None) -> bool:
    """Say whether a week's value stands, its outcomes complete."""
    return value is not None and (line.complete_to is None or day <= line.complete_to)


def chart_top(line: ChartLine) -> float:
    """Return the top of the value axis: all of the line, unless the limits would be pressed flat by it."""
    limits = [limit for limit in (line.alarm_limit, line.action_limit) if limit]
    by_week = list(zip(line.week_end, line.statistic, line.peak, strict=True))
    stands = [one for day, *both in by_week for one in both if settled(line, day, one) and one is not None]
    stands += [*limits, *(mark.statistic for mark in line.marks)]
    tail = [one for day, *both in by_week for one in both if one is not None and not settled(line, day, one)]
    most = max(stands, default=0.0) or 1.0
    if limits and most > HIGHEST * max(limits):
        return CUT_AT * max(limits) * AIR
    shown = [one for one in tail if not limits or one <= HIGHEST * max(limits)]
    return max([most, *shown]) * AIR


def chart_foot(line: ChartLine) -> float:
    """Return the foot of the value axis: zero, or below it where an average has been on the better side.

    A spell far better than the baseline is cut where it would press the limits flat.
    """
    limits = [limit for limit in (line.alarm_limit, line.action_limit) if limit]
    lowest = min([0.0, *(value for value in line.statistic if value is not None)])
    return max(lowest * AIR, -CUT_AT * max(limits)) if limits else lowest * AIR
