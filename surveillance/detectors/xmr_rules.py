"""The four rules of NHS Making Data Count by which a point on an XmR chart is a special cause."""

from enum import Enum

import numpy as np

from surveillance.metrics.arrays import BoolArray, FloatArray, IntArray

RUN = 7  # points on one side of the mean, or steadily rising or falling
OUTER = 2.0 / 3.0  # share of the way from the mean to a limit at which its outer third begins
ROUNDING = 1e-12
REMEMBERED = RUN - 1  # points before the first new one that can still be part of its pattern


class Rule(Enum):
    """Why a point is not common cause, in the order in which the rules take precedence."""

    BEYOND_LIMIT = "outside a process limit"
    TREND = "seven points steadily rising or falling"
    TWO_IN_THREE = "two of three points near a process limit"
    SHIFT = "seven points on one side of the mean"


def patterns(values: FloatArray, mean: FloatArray, spread: FloatArray) -> dict[Rule, tuple[IntArray, IntArray]]:
    """Return for each rule which points it marks, and at which points it is complete: 1 up, -1 down, 0 neither.

    A point strictly outside a limit; seven successive points rising, or falling, ties breaking the trend; two of
    three successive points in the outer third, inside the limit, all three on that side of the mean; seven
    successive points on one side of the mean, a point on it breaking the run. The last three are complete only at
    their last point: that is when they can first be seen.

    Parameters
    ----------
    values : float array of shape (n,)
    mean, spread : float arrays of shape (n,)
        The process mean at each point, and the distance from it to either limit.

    References
    ----------
    NHS England (2018) Making data count: strengthening your decisions.
    Wheeler (2000) Understanding variation: the key to managing chaos. SPC Press.
    """
    away = values - mean
    away[np.abs(away) <= ROUNDING * (np.abs(mean) + spread)] = 0.0  # a mean of equal values is not exactly their value
    side = np.sign(away).astype(np.int64)
    beyond = np.where(np.abs(away) > spread, side, 0)
    near = np.where((np.abs(away) > OUTER * spread) & (beyond == 0), side, 0)
    change = np.sign(np.diff(values)).astype(np.int64)
    marks = {rule: (np.zeros(len(values), dtype=np.int64), np.zeros(len(values), dtype=np.int64)) for rule in Rule}
    marks[Rule.BEYOND_LIMIT] = (beyond, beyond)
    for way in (1, -1):
        for rule, holds, points in (
            (Rule.TREND, _all_of(change == way, RUN - 1), RUN),
            (Rule.SHIFT, _all_of(side == way, RUN), RUN),
        ):
            marked, complete = marks[rule]
            for first in np.flatnonzero(holds):
                marked[first : first + points] = way
                complete[first + points - 1] = way
        marked, complete = marks[Rule.TWO_IN_THREE]
        for first in np.flatnonzero(_all_of(side == way, 3)):
            three = np.arange(first, first + 3)
            outer = three[near[three] == way]
            if len(outer) >= 2:
                marked[outer] = way
                complete[first + 2] = way
    return marks


def first_rule(marks: dict[Rule, tuple[IntArray, IntArray]], which: int) -> tuple[IntArray, IntArray]:
    """Return the first rule in order of precedence at each point (its place in `Rule`, -1 for none), and its way."""
    n = len(marks[Rule.SHIFT][0])
    found, way = np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for place, rule in enumerate(Rule):
        here = (marks[rule][which] != 0) & (found < 0)
        found[here], way[here] = place, marks[rule][which][here]
    return found, way


def _all_of(holds: BoolArray, length: int) -> BoolArray:
    """Say for each start whether so many successive entries all hold."""
    if len(holds) < length:
        return np.zeros(0, dtype=np.bool_)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(holds, length).all(axis=1))
