"""The time between rare events against two limits, as a rate that rises when events come closer together."""

from dataclasses import dataclass

import numpy as np

from surveillance.detectors.two_limits import TwoLimitPath, last_zero_before
from surveillance.metrics.arrays import BoolArray, IntArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.LIMITS
PER_STUDY = 10**15  # height of one event in every study: no two numbers of studies share a whole height
MOST_STUDIES, MOST_TOGETHER = 30_000_000, 9_000


def gap_limit_steps(limit_studies: int | None, together: int) -> int:
    """Return the limit as a height: a run of events within so many studies stands at or above it, a longer one below.

    >>> gap_limit_steps(100, 1) == PER_STUDY // 100, gap_limit_steps(None, 1)  # None: every run signals
    (True, 1)
    """
    if together > MOST_TOGETHER or (limit_studies or 0) > MOST_STUDIES:
        raise ValueError(f"a path needs at most {MOST_TOGETHER:,} events together and {MOST_STUDIES:,} studies")
    return 1 if limit_studies is None else together * PER_STUDY // limit_studies


def gap_limit_studies(steps: int, together: int) -> int | None:
    """Return the most studies within which a run of events signals, from the limit as a height; None for any.

    >>> gap_limit_studies(gap_limit_steps(812, 2), 2)
    812
    """
    return None if steps == 1 else together * PER_STUDY // steps


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """Runs of events along cases: where each ends, how many counted studies it took, and the height it has then."""

    end: IntArray
    took: IntArray
    seen: IntArray
    height: IntArray


def rare_event_two_limit_path(
    event: BoolArray,
    counted: BoolArray,
    together: int,
    shown: int,
    alarm_steps: int,
    action_steps: int | None,
    restart_after: IntArray,
) -> TwoLimitPath:
    """Follow the rate of the newest run of rare events against two limits.

    When a run of `together` events is complete its height is their number over the studies it took, at or above a limit
    exactly where `TimeBetweenEvents` signals. There it alarms; past the action limit it marks one action until a person
    has decided, or the height is back at zero. The count starts again after every run, signal or not, and the height
    falls with each further study, r over all studies since the run began, until `shown` studies have brought no other
    run. A decision takes the height to zero and leaves the count, which began anew at the signal already: a declined
    recommendation costs no evidence and repeats none.

    Parameters
    ----------
    event : bool array of shape (n,)
    counted : bool array of shape (n,)
        Whether the chart counts the case at all.
    together : int
        r, events of a run.
    shown : int
        Counted studies after which a run is no longer shown.
    alarm_steps, action_steps : int
        As `gap_limit_steps` gives them; the second None where the chart may not recommend, and a height then falls to
        zero after an alarm.
    restart_after : int array of shape (k,)
        Positions after which a decision was made.

    Returns
    -------
    TwoLimitPath
        The onset of a signal is the end of the run before it: where its count began.

    Raises
    ------
    ValueError
        If columns differ in length, or a position lies outside them.

    Notes
    -----
    Assumes: cases are in their order, and both limits are of the same chart.

    Not for: an estimate of the rate; a run ends with an event, so that the height overstates it.

    Departs from the published rule: a g-chart draws the gap, where short is bad; here its inverse is drawn, because
    every chart of the product is harmful upwards.

    Examples
    --------
    >>> event, every, limit = np.array([0, 0, 1, 0, 1, 0], dtype=bool), np.ones(6, dtype=bool), gap_limit_steps(2, 1)
    >>> path = rare_event_two_limit_path(event, every, 1, 100, limit, None, np.array([]))
    >>> (path.statistic / PER_STUDY).round(2).tolist(), path.alarms.tolist()
    ([0.0, 0.0, 0.33, 0.25, 0.5, 0.0], [4])

    References
    ----------
    Benneyan (2001) Health Care Management Science 4, 305-318.
    """
    cases = len(event)
    if len(counted) != cases:
        raise ValueError(f"event and counted must be of one length, got {cases} and {len(counted)}")
    decided = np.asarray(restart_after, dtype=np.int64)
    if decided.size and not 0 <= decided.min() <= decided.max() < cases:
        raise ValueError(f"a restart must follow one of the {cases} cases")
    runs = _runs(event, counted, together)
    alarms, place = runs.end[runs.height >= alarm_steps], np.arange(cases)
    restarts = np.zeros(cases, dtype=np.bool_)
    restarts[decided] = True
    if action_steps is None:
        restarts[alarms] = True
    statistic = _heights(runs, together, shown)
    if len(runs.end):
        newest = np.maximum(np.searchsorted(runs.end, place, side="right") - 1, 0)
        earlier: IntArray = np.cumsum(restarts) - restarts
        statistic[earlier != earlier[runs.end[newest]]] = 0
    actions = np.empty(0, dtype=np.int64)
    if action_steps is not None:
        over = runs.end[runs.height >= action_steps]
        waits = last_zero_before((statistic == 0) | restarts)[over]
        actions = over[np.unique(waits, return_index=True)[1]]
    ends = np.concatenate(([-1], runs.end))
    before = ends[np.searchsorted(runs.end, place, side="left")]
    return TwoLimitPath(statistic, alarms, actions, before[alarms], before[actions], before)


def gap_onward(event: BoolArray, counted: BoolArray, together: int, shown: int, charted: int, height: int) -> IntArray:
    """Return the heights at the cases after the first `charted` ones, which ended at a height; nothing signals there.

    >>> event, every = np.array([1, 0, 1], dtype=bool), np.ones(3, dtype=bool)
    >>> (gap_onward(event, every, 1, 100, 1, 0) / PER_STUDY).tolist()  # the first was decided on
    [0.0, 0.5]
    """
    runs = _runs(event, counted, together)
    heights = _heights(runs, together, shown)[charted:]
    later = runs.end[runs.end >= charted]
    if height == 0:
        heights[: int(later[0]) - charted if len(later) else len(heights)] = 0
    return heights


def _runs(event: BoolArray, counted: BoolArray, together: int) -> _Runs:
    seen = np.cumsum(counted, dtype=np.int64)
    end = np.flatnonzero(event & counted)[together - 1 :: together].astype(np.int64)
    took = np.diff(seen[end], prepend=0)
    return _Runs(end, took, seen, together * PER_STUDY // took)


def _heights(runs: _Runs, together: int, shown: int) -> IntArray:
    """Return the height at each case: events of the newest run over all studies since it began."""
    newest = np.searchsorted(runs.end, np.arange(len(runs.seen)), side="right") - 1
    heights = np.zeros(len(runs.seen), dtype=np.int64)
    some = np.flatnonzero(newest >= 0)
    run = newest[some]
    since = runs.seen[some] - runs.seen[runs.end[run]]
    heights[some] = np.where(since <= shown, together * PER_STUDY // (runs.took[run] + since), 0)
    return heights
