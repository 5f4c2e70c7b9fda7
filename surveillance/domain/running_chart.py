"""Running one designed chart over its stream, week after week, with corrections replayed from where they bite."""

import numpy as np
from numpy.typing import NDArray

from surveillance.detectors import onset_interval
from surveillance.domain.chart_design import ChartDesign
from surveillance.domain.chart_path import ChartPath, Signal
from surveillance.domain.chart_steps import Steps
from surveillance.domain.chart_stream import ChartStream
from surveillance.domain.chart_vlad import weekly_vlad
from surveillance.domain.chart_walk import ChartWalk
from surveillance.domain.maturity import Maturity
from surveillance.domain.study_frame import StudyFrame
from surveillance.domain.weeks import Week


class RunningChart:
    """A chart that answers how it stood at one weekly `as_of` after another, in ascending order.

    Between corrections and decisions an earlier line is the beginning of a later one, so the whole path is
    computed once and cut; after one it is replayed over everything charted so far, a visible restatement.
    """

    def __init__(
        self,
        frame: StudyFrame,
        stream: ChartStream,
        design: ChartDesign,
        steps: ChartWalk,
        decisions: tuple[int, ...],
    ) -> None:
        self._frame, self._stream, self._design, self._steps = frame, stream, design, steps
        self._value = stream.value.copy()
        self._revisions = np.argsort(stream.revision_at, kind="stable")
        self._revised = 0
        self._decisions = tuple(sorted(decisions))
        self._decided = 0
        self._run()

    def at(self, as_of: int, maturity: Maturity, known: NDArray[np.int8], last_week: int) -> ChartPath:
        """Return the chart as it stood at an `as_of`; weeks after the last mature one are provisional."""
        self._catch_up(as_of)
        stop = int(np.searchsorted(self._stream.charted_at, as_of, side="right"))
        complete = self._complete_to(as_of, maturity)
        statistic, peak = self._line(stop, complete, known, last_week, as_of)
        unit = self._design.steps_per_unit
        return ChartPath(
            design=self._design,
            key=self._design.key,
            title=self._design.title,
            first_week=self._frame.first_week,
            statistic=statistic / unit,
            peak=peak / unit,
            complete_to=complete,
            signals=tuple(signal for place, signal in self._signals if place < stop),
            waiting="",
            changed_from=self._changed_from(as_of, maturity),
            vlad=self._vlad(stop, complete),
        )

    def _vlad(self, stop: int, complete: int) -> NDArray[np.float64] | None:
        """Return the display beside a chart on an external risk; None for every other chart."""
        if self._design.watches != "outcome_given_risk" or not isinstance(self._steps, Steps):
            return None
        stream = self._stream
        return weekly_vlad(self._steps, stream.row[:stop], self._value[:stop], stream.week[:stop], complete)

    def _complete_to(self, as_of: int, maturity: Maturity) -> int:
        if self._steps.from_truth:
            return maturity.complete_to(as_of)
        return int(np.searchsorted(self._frame.ends, as_of, side="right")) - 1

    def _changed_from(self, as_of: int, maturity: Maturity) -> int:
        """Return the first week whose line may differ from a week ago: all of it after a correction or decision."""
        place = int(np.searchsorted(self._frame.ends, as_of, side="left"))
        if place == 0:
            return 0
        before = int(self._frame.ends[place - 1])
        decided = any(before <= decision < as_of for decision in self._decisions)
        if decided or bool((self._stream.revision_at == as_of).any()):
            return 0
        return max(self._complete_to(before, maturity), 0)

    def _catch_up(self, as_of: int) -> None:
        """Apply corrections and decisions known by now, and replay the line where there are new ones."""
        first, at = self._revised, self._stream.revision_at
        while self._revised < len(self._revisions) and at[self._revisions[self._revised]] <= as_of:
            self._revised += 1
        new = self._revisions[first : self._revised]
        self._value[self._stream.revision_place[new]] = self._stream.revision_value[new]
        decided = self._decided
        while self._decided < len(self._decisions) and self._decisions[self._decided] < as_of:
            self._decided += 1
        if len(new) or decided != self._decided:
            self._run()

    def _run(self) -> None:
        """Run the path over the whole stream, later studies with the truth they will enter with."""
        decisions = np.array(self._decisions[: self._decided], dtype=np.int64)
        before = np.searchsorted(self._stream.charted_at, decisions, side="right")
        restarts = np.unique(before[before > 0] - 1)
        limits = self._design.alarm_steps, self._design.action_steps
        path = self._steps.walk(self._stream.row, self._value, *limits, restarts)
        self._path, self._restarts = path.statistic, restarts
        found = [
            (int(place), limit, int(zero))
            for limit, places, zeros in (
                ("alarm", path.alarms, path.alarm_onsets),
                ("action", path.actions, path.action_onsets),
            )
            for place, zero in zip(places, zeros, strict=True)
        ]
        self._signals = [(place, self._signal(limit, place, zero)) for place, limit, zero in sorted(found)]

    def _signal(self, limit: str, place: int, zero: int) -> Signal:
        tally = self._steps.tally(self._stream.row, self._value, zero, place)
        earlier = self._restarts[self._restarts < place]
        evidence = self._steps.evidence(self._stream.row[: place + 1], self._value[: place + 1])
        onset = onset_interval(evidence, place, start=int(earlier[-1]) if len(earlier) else -1)
        week = self._stream.week  # never decreasing, so that the range of the onset cannot turn round

        def calendar(index: int) -> Week:
            return Week(self._frame.first_week + int(week[min(index + 1, place)]))

        return Signal(
            chart=self._design.key,
            limit=limit,
            week=Week(self._frame.first_week + int(self._stream.week[place])),
            as_of=int(self._stream.charted_at[place]),
            statistic=float(self._path[place]) / self._design.steps_per_unit,
            onset=calendar(onset.best),
            onset_low=calendar(onset.low),
            onset_high=calendar(onset.high),
            events=tally.events,
            studies=tally.studies,
            expected=tally.expected,
            seen=tally.seen,
        )

    def _line(
        self, stop: int, complete: int, known: NDArray[np.int8], last_week: int, as_of: int
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the value after each week and the highest within it, in steps."""
        weeks = last_week + 1
        statistic, peak = np.full(weeks, np.nan), np.full(weeks, np.nan)
        begin = self._steps.from_week
        drawn, path = self._stream.week[:stop], self._path[:stop]
        if complete >= begin:
            inside = np.arange(begin, complete + 1)
            last = np.searchsorted(drawn, inside, side="right") - 1
            value = np.where(last >= 0, path[np.maximum(last, 0)] if stop else 0, 0).astype(float)
            if stop:
                value[self._started_again(last) & (drawn[last] < inside)] = 0.0
            statistic[inside] = peak[inside] = value
            first = np.searchsorted(drawn, inside, side="left")
            some = last >= first
            if some.any():
                peak[inside[some]] = np.maximum.reduceat(path, first[some])
        after = max(complete + 1, begin)
        if after <= last_week:
            state = int(path[-1]) if stop and not self._started_again(np.array([stop - 1]))[0] else 0
            here = slice(int(self._frame.starts[after]), int(self._frame.starts[last_week + 1]))
            rows = here.start + np.flatnonzero(self._stream.ready[here] < as_of)
            value = self._steps.onward(state, self._stream.row[:stop], self._value[:stop], rows, known[rows])
            inside = np.arange(after, last_week + 1)
            last = np.searchsorted(self._frame.week[rows], inside, side="right") - 1
            statistic[inside] = np.where(last >= 0, value[np.maximum(last, 0)] if len(value) else state, state)
            peak[inside] = statistic[inside]
        return statistic, peak

    def _started_again(self, places: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say after which places of the stream the path starts from zero: a decision, or an alarm of a barred chart."""
        again = np.isin(places, self._restarts) if len(self._restarts) else np.zeros(len(places), dtype=bool)
        if self._design.action_steps is None and len(self._path):
            again |= (places >= 0) & (self._path[np.maximum(places, 0)] >= self._design.alarm_steps)
        return again


def waiting_chart(key: str, title: str, frame: StudyFrame, last_week: int, reason: str) -> ChartPath:
    """Return a chart that has not started, with the reason."""
    nothing = np.full(last_week + 1, np.nan)
    return ChartPath(None, key, title, frame.first_week, nothing, nothing, -1, (), reason, 0)
