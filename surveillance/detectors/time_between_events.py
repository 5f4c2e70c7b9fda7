"""Time between events: do never-events come closer together than they may."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import ClassVar, Self, overload

import numpy as np
from numpy.typing import ArrayLike

from surveillance.detectors.base import Detector, Path, State
from surveillance.detectors.gap_chain import GapChain, widest_limit
from surveillance.metrics.arrays import FloatArray, IntArray, as_flags
from surveillance.metrics.topic import Topic

TOPIC = Topic.CHARTS


@dataclass(frozen=True, slots=True)
class TimeBetweenEvents(Detector):
    """Count the studies until rare events have happened: so many events within too few studies is a signal.

    Studies are counted until `events_together` events have come; the count signals if it is at or below
    `limit_studies`, and starts again either way. It also starts with the chart, so that the very first event can
    signal. While nothing is wrong the count is geometric (one event: the g-chart) or negative binomial
    (several), so the limit is a probability limit and the run length is exact: a run of events lasts r / p studies
    on average and signals with chance F, hence r / (p F) studies from signal to signal.

    Two tiers are two limits on the same path: the count starts again after every run of events whether it signalled
    or not, so each tier keeps the run length of its own limit, and a declined recommendation changes nothing.

    Attributes
    ----------
    in_control, out_of_control : float
        Acceptable chance of an event in a study, and the one worth detecting.
    events_together : int
        r, the events that make a run.
    limit_studies : int or None
        Most studies within which a run signals; None where every run signals, the events being rarer than the
        false alarms that were asked for.

    Examples
    --------
    >>> chart = TimeBetweenEvents.design(in_control=0.001, out_of_control=0.01, run_length=10_000)
    >>> chart.limit_studies, round(chart.run_length(0.001)), round(chart.run_length(0.01))
    (105, 10028, 153)
    >>> chart.run(np.arange(300) == 80).signals.tolist()
    [80]

    Notes
    -----
    Assumes: independent studies with one small chance of the event; every event is known and in its place.

    Not for: events so frequent that a run comes every week (use the Bernoulli CUSUM, which finds a doubling far
    sooner); an event that must be answered each time it happens needs no chart; a rate taken from a baseline, which
    tells that of rare events badly, so that a plan must state it.

    Departs from the published rule: one-sided, its limit whole studies instead of three standard deviations of a
    transformed gap, because only shorter gaps are harm, and a limit in studies has an exact run length.

    References
    ----------
    Benneyan (2001) Number-between g-type statistical quality control charts for monitoring adverse events. Health Care
    Management Science 4, 305-318.
    Szarka & Woodall (2011) A review and perspective on surveillance of Bernoulli processes. Quality and Reliability
    Engineering International 27, 735-752.
    Xie, Goh & Kuralmani (2002) Statistical models and control charts for high-quality processes. Springer.
    """

    name: ClassVar[str] = "time_between_events"
    label: ClassVar[str] = "Time between events"
    in_control: float
    out_of_control: float
    limit_studies: int | None
    events_together: int = 1

    def __post_init__(self) -> None:
        if not 0.0 < self.in_control < self.out_of_control < 1.0:
            raise ValueError(
                "the unacceptable rate must exceed the acceptable one, both between 0 and 1, "
                f"got {self.in_control:g} and {self.out_of_control:g}"
            )
        if self.events_together < 1:
            raise ValueError(f"a run needs at least 1 event, got {self.events_together}")
        if self.limit_studies is not None and self.limit_studies < self.events_together:
            raise ValueError(f"{self.events_together} events cannot come within {self.limit_studies} studies")

    @classmethod
    def design(cls, *, in_control: float, out_of_control: float, run_length: float, events_together: int = 1) -> Self:
        """Return the chart with the widest limit whose mean run length in control is at least as asked.

        Parameters
        ----------
        in_control, out_of_control : float
            Acceptable chance of an event in a study, and the one worth detecting, above it.
        run_length : float
            Mean number of studies between false alarms.
        events_together : int
            Events that make a run.

        Raises
        ------
        ValueError
            If the rates are not in that order, or even events in studies one after another would alarm too often.
        """
        chart = cls(in_control, out_of_control, None, events_together)  # refuses senseless rates before the search
        allowed = events_together / in_control / run_length
        if allowed >= 1.0:
            return chart
        widest = widest_limit(events_together, in_control, allowed)
        if widest < events_together:
            raise ValueError(
                f"{events_together} events together cannot be rarer than once in {run_length:g} studies: ask for more"
            )
        return cls(in_control, out_of_control, widest, events_together)

    @property
    def limit(self) -> float:
        """Return the limit in studies; a run of events that took no longer signals."""
        return float("inf") if self.limit_studies is None else float(self.limit_studies)

    @property
    def half_limit(self) -> float:
        """Return half of the events of a run; a chart of single events begins as watchful as it can be."""
        if self.events_together == 1:
            raise ValueError("a chart of single events has no head start: it begins as if an event had just been")
        return self.events_together // 2

    def evidence(self, events: ArrayLike) -> FloatArray:
        """Return the log-likelihood ratio of each study, the rate worth detecting against the acceptable one."""
        flags, low, high = as_flags(events, "events"), self.in_control, self.out_of_control
        return np.asarray(np.where(flags, log(high / low), log((1.0 - high) / (1.0 - low))), dtype=np.float64)

    def run(self, events: ArrayLike, state: State | None = None) -> Path:
        """Follow the count over studies in their order.

        The statistic is the number of studies counted in the run so far. The onset is the study before the first
        event of the run that signalled; `evidence` with `onset_interval` gives its range. A state remembers the
        events of the unfinished run as its level.

        Parameters
        ----------
        events : bool array of shape (n,)
        state : State, optional
            Where an earlier part of the same stream ended.
        """
        start = state or self.start()
        seen, counted, signal = int(start.level), start.since_zero, start.signal
        before = -int(start.memory[0]) - 1 if start.memory else -1  # position of the study before the first event
        counts: list[int] = []
        signals: list[int] = []
        onsets: list[int] = []
        for position, event in enumerate(as_flags(events, "events").tolist()):
            counted, signal = counted + 1, False
            counts.append(counted)
            if not event:
                continue
            before = position - 1 if seen == 0 else before
            seen += 1
            if seen == self.events_together:
                signal = counted <= self.limit
                if signal:
                    signals.append(position)
                    onsets.append(before)
                seen, counted = 0, 0
        memory = (float(len(counts) - 1 - before),) if seen else ()
        return Path(
            np.array(counts, dtype=np.float64),
            np.array(signals, dtype=np.int64),
            np.array(onsets, dtype=np.int64),
            State(start.cases + len(counts), float(seen), counted, signal if counts else start.signal, memory),
        )

    def run_length(self, rate: float, head_start: float = 0) -> float:
        """Return the exact mean number of studies to a signal at a true rate; `head_start` is a number of events."""
        return self._chain(rate, head_start).mean()

    @overload
    def run_length_distribution(self, rate: float, events: int, head_start: float = 0) -> float: ...

    @overload
    def run_length_distribution(
        self, rate: float, events: Sequence[int] | IntArray, head_start: float = 0
    ) -> FloatArray: ...

    def run_length_distribution(
        self, rate: float, events: int | Sequence[int] | IntArray, head_start: float = 0
    ) -> float | FloatArray:
        """Return the exact chance of a signal within so many studies, for one number or several."""
        chances = self._chain(rate, head_start).signal_probability(np.asarray(events, dtype=np.int64))
        return chances if chances.ndim else float(chances)

    def delay_quantile(self, rate: float, share: float, head_start: float = 0) -> int:
        """Return the number of studies within which that share of charts has signalled (0.5: the median)."""
        return self._chain(rate, head_start).quantile(share)

    def _chain(self, rate: float, head_start: float) -> GapChain:
        if not 0.0 <= rate <= 1.0:
            raise ValueError(f"a rate must lie between 0 and 1, got {rate:g}")
        return GapChain(rate, self.events_together, self.limit_studies, int(head_start))
