"""XmR chart of NHS Making Data Count: is a weekly figure more than common-cause variation."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from surveillance.detectors.base import Detector, Path, State
from surveillance.detectors.xmr_limits import process_limits
from surveillance.detectors.xmr_reading import Word, word_for
from surveillance.detectors.xmr_rules import REMEMBERED, RUN, Rule, first_rule, patterns
from surveillance.metrics.arrays import IntArray, Scores, as_scores
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.proportion import proportion_estimate
from surveillance.metrics.topic import Topic

TOPIC = Topic.CHARTS
POINTS_OF = {Rule.BEYOND_LIMIT: 1, Rule.TREND: RUN, Rule.TWO_IN_THREE: 3, Rule.SHIFT: RUN}


@dataclass(frozen=True, slots=True)
class XmR(Detector):
    """Mark the points of a weekly figure (turnaround, volume, flag rate) that common-cause variation does not explain.

    Limits lie 2.66 mean moving ranges either side of the mean of a baseline, and stay. A point is special cause
    when it completes one of four patterns: outside a limit; seven points steadily rising or falling; two of three in
    the outer third on one side; seven points on one side of the mean.

    It marks and never alarms: with all four rules about half of all stable years show a mark, and 6 or 7 in ten
    where limits come from a baseline of 24 or 12 points (`xmr_false_alarm_rate`); it has no run length to fit a
    false-alarm budget. It does not restart: a pattern goes on being marked until it ends, or limits are taken anew
    after a known change.

    Attributes
    ----------
    mean, spread : float
        Process mean, and the distance from it to either process limit.
    improvement_direction : int
        1 where higher is better, -1 where lower is, 0 where neither.

    Examples
    --------
    >>> chart = XmR.from_baseline([50, 52, 49, 51, 50, 53, 48, 51], improvement_direction=-1)
    >>> round(chart.lower, 1), round(chart.limit, 1)
    (43.3, 57.7)
    >>> path = chart.run([50, 52, 58, 50])
    >>> path.signals.tolist(), [word.value for word in chart.words([50, 52, 58, 50])]
    ([2], ['common cause', 'common cause', 'concern', 'common cause'])

    Notes
    -----
    Assumes: one value a period, in order, independent while nothing is wrong; a baseline without a change in it.

    Not for: an alarm or a stop-use trigger; small counts and rare events; overlapping windows.

    Departs from the published rule: a point is marked when it completes a pattern, because that is when it could be
    known; `xmr_reading` marks all points of the pattern, as NHSRplotthedots draws it.

    References
    ----------
    NHS England (2018) Making data count: strengthening your decisions.
    Wheeler (2000) Understanding variation: the key to managing chaos. SPC Press.
    """

    name: ClassVar[str] = "xmr"
    label: ClassVar[str] = "XmR chart"
    signed: ClassVar[bool] = True
    restarts: ClassVar[bool] = False
    designed: ClassVar[bool] = False
    mean: float
    spread: float
    improvement_direction: int = 0

    def __post_init__(self) -> None:
        if self.spread < 0.0:
            raise ValueError(f"the distance to a process limit must not be negative, got {self.spread:g}")
        word_for(0, self.improvement_direction)  # refuses a direction that is none

    @classmethod
    def from_baseline(cls, values: Scores, *, improvement_direction: int = 0, screen_outliers: bool = True) -> Self:
        """Return the chart whose limits come from a baseline and stay.

        Raises
        ------
        NotEstimable
            If the baseline has fewer than two values.
        """
        limits = process_limits(values, screen_outliers=screen_outliers)
        return cls(limits.mean, limits.spread, improvement_direction)

    @property
    def limit(self) -> float:
        """Return the upper process limit, in the unit of the values."""
        return self.mean + self.spread

    @property
    def lower(self) -> float:
        """Return the lower process limit."""
        return self.mean - self.spread

    def run(self, values: Scores, state: State | None = None) -> Path:
        """Follow the chart over values in their order; it goes on after a mark.

        The statistic is the value itself. A signal is a point that completes a pattern; its onset is the point before
        the pattern began. A state remembers the last six values, and the last one as its level.

        Parameters
        ----------
        values : float array of shape (n,)
        state : State, optional
            Where an earlier part of the same stream ended.
        """
        series, start = as_scores(values, "values"), state or self.start()
        rule, _ = self._complete(series, start)
        signals = np.flatnonzero(rule >= 0)
        lengths = np.array([POINTS_OF[each] for each in Rule])
        memory = (*start.memory, *series.tolist())[-REMEMBERED:]
        level = float(series[-1]) if len(series) else start.level
        marked = bool(rule[-1] >= 0) if len(series) else start.signal
        after = State(start.cases + len(series), level, 0, marked, memory)
        return Path(series.astype(np.float64), signals, signals - lengths[rule[signals]], after)

    def words(self, values: Scores, state: State | None = None) -> tuple[Word, ...]:
        """Return the word for each value at the time it arrived: common cause, concern or improvement."""
        _, way = self._complete(as_scores(values, "values"), state or self.start())
        return tuple(word_for(direction, self.improvement_direction) for direction in way.tolist())

    def _complete(self, series: Scores, start: State) -> tuple[IntArray, IntArray]:
        """Return the first rule that each new value completes, and its way."""
        known = np.concatenate((np.array(start.memory, dtype=np.float64), np.asarray(series, dtype=np.float64)))
        found = patterns(known, np.full(len(known), self.mean), np.full(len(known), self.spread))
        rule, way = first_rule(found, 1)
        return rule[len(start.memory) :], way[len(start.memory) :]


def xmr_false_alarm_rate(*, points: int = 52, baseline: int | None, runs: int, rng: np.random.Generator) -> Estimate:
    """Estimate how often a stable process shows at least one mark, in a year of weekly points.

    Independent normal values with no change. The year has a past, so that a pattern may have begun before it; a
    mark is a point of the year that completes one. Simulated: 47 % with known limits, 63 % with a baseline of 24
    points, 69 % with 12.

    Parameters
    ----------
    points : int
        Points watched.
    baseline : int or None
        Points that the limits come from, before those watched; None for limits that are known.
    runs : int
        Simulated stable years.
    rng : numpy Generator

    Examples
    --------
    >>> xmr_false_alarm_rate(baseline=None, runs=200, rng=np.random.default_rng(1)).n
    200

    Notes
    -----
    Assumes: normal, independent values.
    Not for: the chance of a false mark in a real series, which is higher where neighbours are alike.
    Departs from the published rule: in nothing: no rate is published for the four rules together.

    References
    ----------
    None: a definition of this product.
    """
    known = XmR(0.0, 3.0)
    hits = 0
    for _ in range(runs):
        before = rng.standard_normal(REMEMBERED if baseline is None else baseline)
        chart = known if baseline is None else XmR.from_baseline(before)
        before_it = chart.run(before).state
        hits += bool(chart.run(rng.standard_normal(points), state=before_it).signals.size)
    return proportion_estimate(hits, runs, positives=hits, method="simulated stable series; Wilson interval")
