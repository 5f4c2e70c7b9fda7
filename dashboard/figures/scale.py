"""How a figure's values are written: per cent for shares, decimals for areas, minutes with their unit."""

import math
from collections.abc import Sequence

from surveillance.domain.numbers import number

NO_BREAK = "\u202f"
JOINER = "\u2060"


def written(value: float, unit: str) -> str:
    """Return a value as the screen writes it, to the digits that the cards have.

    >>> written(0.772, "share"), written(0.913, "area"), written(6.2, "minutes")
    ('77\\u202f%', '0.913', '6.2\\u202fmin')
    """
    if unit == "share":
        percent = value * 100
        close = 0 < percent < 10 or 90 < percent < 100
        text = f"{percent:.1f}" if close else f"{percent:.0f}"
        return f"{text.removesuffix('.0')}{NO_BREAK}%"
    if unit == "area":
        return number(value)
    if unit == "minutes":
        return f"{value:,.1f}{NO_BREAK}min"
    return f"{value:,.0f}" if unit == "count" else number(value)


def planned(threshold: float, unit: str) -> str:
    """Return a threshold as the plan says it: an area with two decimals where these are all it has.

    >>> planned(0.9, "area"), planned(0.875, "area")
    ('0.90', '0.875')
    """
    exact = unit == "area" and round(threshold, 2) == threshold
    return f"{threshold:.2f}" if exact else written(threshold, unit)


def ranged(low: float, high: float, unit: str) -> str:
    """Return an interval with an en dash, its unit left to the value beside it.

    >>> ranged(0.67, 0.85, "share").replace(JOINER, "")
    '67–85'
    """
    a, b = (written(side, unit).split(NO_BREAK)[0] for side in (low, high))
    return f"{a}{JOINER}–{JOINER}{b}"


def ticks(low: float, high: float, unit: str, most: int) -> tuple[list[float], list[str]]:
    """Return at most about `most` round values inside a range, and their words.

    >>> ticks(0.6, 1.0, "share", 5)[1]
    ['60\\u202f%', '70\\u202f%', '80\\u202f%', '90\\u202f%', '100\\u202f%']
    """
    step = _round_step((high - low) / max(most - 1, 1))
    start = math.ceil(low / step - 1e-9)
    values = [round(step * count, 10) for count in range(start, math.floor(high / step + 1e-9) + 1)]
    shown = step * (100 if unit == "share" else 1)
    places = next(places for places in range(8) if abs(shown - round(shown, places)) < 1e-9)
    return values, [_tick(value, unit, places) for value in values]


def bounds(values: Sequence[float], unit: str) -> tuple[float, float]:
    """Return an axis range that holds every value with air above and below, inside what the unit allows.

    >>> bounds([0.67, 0.95, 0.90], "share")
    (0.6, 1.0)
    """
    low, high = min(values), max(values)
    if high - low < 1e-9:
        low, high = low - 0.05, high + 0.05
    step = _round_step((high - low) / 4)
    low = math.floor(low / step - 0.1) * step
    high = math.ceil(high / step + 0.1) * step
    if unit in ("share", "area"):
        return round(max(low, 0.0), 10), round(min(high, 1.0), 10)
    return (round(max(low, 0.0), 10), round(high, 10)) if unit in ("count", "minutes") else (low, high)


def _round_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return size * next(step for step in (1, 2, 2.5, 5, 10) if step * size >= rough * 0.999)


def _tick(value: float, unit: str, places: int) -> str:
    if unit == "share":
        return f"{value * 100:.{places}f}{NO_BREAK}%"
    return f"{value:,.{places}f}{NO_BREAK}min" if unit == "minutes" else f"{value:,.{places}f}"
