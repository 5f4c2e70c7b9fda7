"""Computing the points: only the windows that new studies or new truths touch are computed again."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.baseline import BaselineState
from surveillance.domain.case_log import NEVER, POSITIVE
from surveillance.domain.maturity import Maturity, next_end
from surveillance.domain.measures import BINS, MEASURES, Cells, Measure
from surveillance.domain.plan import Plan
from surveillance.domain.points import ROW, Points, empty_points
from surveillance.domain.repeat_ranges import widened
from surveillance.domain.repeat_studies import RepeatStudies
from surveillance.domain.study_frame import StudyFrame
from surveillance.domain.thresholds import judge
from surveillance.domain.weekly_counts import WeeklyCounts
from surveillance.kernels import binned_calibration_spans, calibration_spans

MINUTE = 60_000_000


class WeeklyPoints:
    """The points of one deployment, brought forward from one weekly `as_of` to the next."""

    def __init__(self, plan: Plan, frame: StudyFrame, maturity: Maturity) -> None:
        self._plan, self._frame, self._maturity = plan, frame, maturity
        self._counts = WeeklyCounts(plan, frame)
        self._points = empty_points(frame.first_week, plan.weeks, frame.weeks, plan.truth.audit_fraction_unflagged)
        self._computed = -1
        self._measures = [m for m in MEASURES.values() if m.available(plan)]
        self._kpi = {(k.metric, k.window): k for k in plan.kpi}
        self._repeats = RepeatStudies.of(frame, plan.weeks)
        log = frame.log
        timed = np.flatnonzero(frame.processed & (log.result_at < NEVER))
        self._minutes = (log.result_at[timed] - log.acquired_at[timed]) / MINUTE
        self._minutes_at = np.searchsorted(frame.week[timed], np.arange(frame.weeks + 1))
        self._truth_at = next_end(frame.ends, frame.truth.at)
        self._reference: tuple[float | None, float | None] = (None, None)

    def at(
        self, index: int, as_of: int, known: NDArray[np.int8], now: BaselineState, before: BaselineState
    ) -> tuple[Points, NDArray[np.bool_]]:
        """Return all points as known at an `as_of`, and which cells may differ from a week before it."""
        changed = self._counts.bring_to(known)
        reference = now.sensitivity, now.specificity
        fresh = np.zeros(self._frame.weeks + 1, dtype=bool)
        fresh[changed[changed <= index]] = True
        fresh[max(self._computed + 1, 0) : index + 1] = True
        if reference != self._reference:  # expected PPV rests on it everywhere
            fresh[:] = True
        self._reference = reference
        new = np.zeros_like(fresh)
        new[max(self._computed + 1, 0) : index + 1] = True
        for place, window in enumerate(self._plan.weeks):
            for settled, weeks in ((True, new), (False, fresh)):
                ends = self._ends(weeks, window, index)
                if len(ends):
                    measures = [m for m in self._measures if m.settled == settled]
                    self._fill(measures, place, window, ends, known, index)
        self._computed = max(self._computed, index)
        touched = self._touched(index, as_of)
        if reference != (before.sensitivity, before.specificity):
            touched[:] = True
        return self._marked(index, as_of), touched

    def _ends(self, fresh: NDArray[np.bool_], window: int, index: int) -> NDArray[np.int64]:
        """Return the last weeks of the windows that hold a fresh week."""
        total = np.concatenate(([0], np.cumsum(fresh[: index + 1])))
        ends = np.arange(index + 1)
        return np.flatnonzero(total[ends + 1] > total[np.maximum(ends + 1 - window, 0)])

    def _fill(
        self,
        measures: list[Measure],
        place: int,
        window: int,
        ends: NDArray[np.int64],
        known: NDArray[np.int8],
        index: int,
    ) -> None:
        cells = self._cells(measures, window, ends, known, index)
        repeats = None if self._repeats is None else self._repeats.at(window, ends, known)
        points = self._points
        for measure in measures:
            columns = measure.compute(cells)
            if repeats is not None:
                columns = widened(measure.name, columns, cells, repeats)
            row = ROW[measure.name]
            points.value[row, place, ends], points.low[row, place, ends] = columns.value, columns.low
            points.high[row, place, ends], points.n[row, place, ends] = columns.high, columns.n
            points.events[row, place, ends] = columns.events
            kpi = self._kpi.get((measure.name, window))
            if kpi is not None:
                points.verdict[row, place, ends] = judge(measure, columns, kpi)

    def _cells(
        self,
        measures: list[Measure],
        window: int,
        ends: NDArray[np.int64],
        known: NDArray[np.int8],
        index: int,
    ) -> Cells:
        frame = self._frame
        start, stop = np.maximum(ends + 1 - window, 0), ends + 1
        first, last = int(frame.starts[start[0]]), int(frame.starts[stop[-1]])
        rows = first + np.flatnonzero(
            (known[first:last] >= 0)
            & (known[first:last] <= POSITIVE)
            & frame.expected[first:last]
            & ~np.isnan(frame.log.score[first:last])
        )
        sensitivity, specificity = (np.nan if value is None else value for value in self._reference)
        probable = any(measure.needs == "probability" for measure in measures)
        truth, score = known[rows] == POSITIVE, frame.log.score[rows]
        weight = frame.weight[rows] if self._plan.truth.audit_fraction_unflagged < 1 else None
        row_start = np.searchsorted(rows, frame.starts[start]).astype(np.int64)
        row_stop = np.searchsorted(rows, frame.starts[stop]).astype(np.int64)
        return Cells(
            cumulative=self._counts.cumulative(index + 1),
            start=start,
            stop=stop,
            truth=truth,
            score=score,
            weight=frame.weight[rows],
            row_start=row_start,
            row_stop=row_stop,
            turnaround=self._minutes,
            turnaround_start=self._minutes_at[start].astype(np.int64),
            turnaround_stop=self._minutes_at[stop].astype(np.int64),
            calibration=calibration_spans(truth, score, row_start, row_stop, weight) if probable else None,
            binned=binned_calibration_spans(truth, score, row_start, row_stop, BINS, weight) if probable else None,
            reference_sensitivity=sensitivity,
            reference_specificity=specificity,
            audit_fraction=self._plan.truth.audit_fraction_unflagged,
            patient=None if self._repeats is None else self._repeats.patient[rows],
        )

    def _marked(self, index: int, as_of: int) -> Points:
        """Return a copy cut at the newest week, with mature and restated cells marked."""
        points = self._points
        cut = replace(
            points,
            **{
                name: getattr(points, name)[:, :, : index + 1].copy()
                for name in ("value", "low", "high", "n", "events", "verdict", "mature", "restated")
            },
        )
        complete = self._maturity.complete_to(as_of)
        latest = self._latest_truth(index, as_of)
        for place, window in enumerate(self._plan.weeks):
            newest = np.array([latest[max(end + 1 - window, 0) : end + 1].max() for end in range(index + 1)])
            restated = newest > self._maturity.charted_at[: index + 1]
            for measure in self._measures:
                row = ROW[measure.name]
                cut.mature[row, place, : complete + 1 if measure.from_truth else None] = True
                if measure.from_truth:
                    cut.restated[row, place] = restated
        return cut

    def _latest_truth(self, index: int, as_of: int) -> NDArray[np.int64]:
        """Return for each week the weekly `as_of` at which its newest truth so far became known."""
        latest = np.zeros(index + 1, dtype=np.int64)
        stop = int(np.searchsorted(self._truth_at, as_of, side="right"))
        case = self._frame.truth.case[:stop]
        week = self._frame.week[case]
        inside = (week <= index) & self._frame.expected[case]  # a truth that no figure uses restates nothing
        np.maximum.at(latest, week[inside], self._truth_at[:stop][inside])
        return latest

    def _touched(self, index: int, as_of: int) -> NDArray[np.bool_]:
        """Mark the cells that the last week's studies, truths or maturity changed; shape (windows, weeks)."""
        fresh = self._latest_truth(index, as_of) == as_of
        fresh[index:] = True
        touched = np.zeros((len(self._plan.weeks), index + 1), dtype=bool)
        touched[:, self._maturity.charted_at[: index + 1] == as_of] = True
        for place, window in enumerate(self._plan.weeks):
            touched[place, self._ends(np.append(fresh, False), window, index)] = True
        return touched
