"""A whole series read as NHS Making Data Count reads it: limits, rules, and the word for every point."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import numpy as np

from surveillance.detectors.xmr_limits import process_limits
from surveillance.detectors.xmr_rules import Rule, first_rule, patterns
from surveillance.metrics.arrays import FloatArray, IntArray, Scores, as_scores
from surveillance.metrics.topic import Topic

TOPIC = Topic.CHARTS


class Word(Enum):
    """What Making Data Count calls a point."""

    COMMON_CAUSE = "common cause"
    CONCERN = "concern"
    IMPROVEMENT = "improvement"
    HIGH = "special cause, high"
    LOW = "special cause, low"


@dataclass(frozen=True, slots=True, eq=False)
class XmrReading:
    """Every point of a series with its limits, the rule that marks it and the word for it.

    Attributes
    ----------
    mean, lower, upper : float arrays of shape (n,)
        Process mean and limits at each point.
    rule : tuple of Rule or None, of length n
        The first rule, in order of precedence, that marks the point; None for common cause.
    way : int array of shape (n,)
        1 where the point is marked as high or rising, -1 as low or falling, 0 for common cause.
    word : tuple of Word, of length n
    """

    mean: FloatArray
    lower: FloatArray
    upper: FloatArray
    rule: tuple[Rule | None, ...]
    way: IntArray
    word: tuple[Word, ...]


def xmr_reading(
    values: Scores,
    *,
    improvement_direction: int,
    fix_after: int | None = None,
    rebase_at: Sequence[int] = (),
    screen_outliers: bool = True,
) -> XmrReading:
    """Read a series of turnaround times, volumes or rates: which points are more than common-cause variation.

    The limits are those of the series itself, or of its first `fix_after` points. A pattern of seven marks all of
    its points, so a point may change its word when later ones arrive: this is for looking back, and `XmR.run` for
    what could be known at the time.

    Parameters
    ----------
    values : float array of shape (n,)
    improvement_direction : int
        1 where higher is better, -1 where lower is, 0 where neither (points are then high or low).
    fix_after : int, optional
        Take limits from so many first points only.
    rebase_at : sequence of int
        Positions (from 0) at which limits are taken anew, after a known change; runs do not cross them.
    screen_outliers : bool
        Leave moving ranges of 3.267 mean moving ranges or more out of the limits.

    Raises
    ------
    NotEstimable
        If a stretch has fewer than two points.
    ValueError
        If both `fix_after` and `rebase_at` are given, a position is not inside the series, `fix_after` is negative,
        or the direction is not one.

    Examples
    --------
    >>> reading = xmr_reading([5, 6, 5, 4, 5, 6, 5, 19, 5, 6, 5, 4], improvement_direction=-1)
    >>> reading.word[7].value, reading.rule[7].value
    ('concern', 'outside a process limit')

    Notes
    -----
    Assumes: points in order of time, one a period, independent while nothing is wrong.
    Not for: an alarm. Of stable years of 52 weeks about half show a mark by chance with limits that are known, and
    seven in ten with limits from 12 points (`xmr_false_alarm_rate`).
    Departs from the published rule: in nothing: rules and their precedence are those of NHSRplotthedots 0.2.2.

    References
    ----------
    NHS England (2018) Making data count: strengthening your decisions.
    Reading et al. (2021) NHSRplotthedots: draw XmR charts for NHSE/I Making Data Count programme. NHS-R Community.
    """
    series = as_scores(values, "values")
    cuts = [0, *sorted(rebase_at), len(series)]
    word_for(0, improvement_direction)  # refuses a direction that is none
    if fix_after is not None and fix_after < 0:
        raise ValueError(f"limits are fixed after a number of first points, got {fix_after}")
    if fix_after is not None and len(cuts) > 2:
        raise ValueError("limits are either fixed after some points or taken anew, not both")
    if any(not first < last for first, last in pairwise(cuts)) and len(series):
        raise ValueError(f"limits can be taken anew only inside the {len(series)} points")
    mean, spread = np.empty(len(series)), np.empty(len(series))
    rule, way = np.full(len(series), -1, dtype=np.int64), np.zeros(len(series), dtype=np.int64)
    for first, last in pairwise(cuts):
        stretch = slice(first, last)
        limits = process_limits(
            series[first : last if fix_after is None else fix_after], screen_outliers=screen_outliers
        )
        mean[stretch], spread[stretch] = limits.mean, limits.spread
        found = first_rule(patterns(series[stretch], mean[stretch], spread[stretch]), 0)
        rule[stretch], way[stretch] = found
    rules = tuple(Rule)
    return XmrReading(
        mean,
        mean - spread,
        mean + spread,
        tuple(None if place < 0 else rules[place] for place in rule.tolist()),
        way,
        tuple(word_for(direction, improvement_direction) for direction in way.tolist()),
    )


def word_for(way: int, improvement_direction: int) -> Word:
    """Return the word for a point that is marked high (1), low (-1) or not at all (0).

    >>> word_for(-1, 1).value, word_for(1, 0).value, word_for(0, 1).value
    ('concern', 'special cause, high', 'common cause')

    Raises
    ------
    ValueError
        If the direction of improvement is not 1, -1 or 0.
    """
    if improvement_direction not in (-1, 0, 1):
        raise ValueError(f"improvement_direction must be 1, -1 or 0, got {improvement_direction}")
    if way == 0:
        return Word.COMMON_CAUSE
    if improvement_direction == 0:
        return Word.HIGH if way > 0 else Word.LOW
    return Word.IMPROVEMENT if way == improvement_direction else Word.CONCERN
