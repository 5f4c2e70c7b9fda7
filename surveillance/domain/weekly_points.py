"""Computing the points: only the windows that new studies or new truths touch are computed again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.baseline import BaselineState
from surveillance.domain.maturity import Maturity, next_end
from surveillance.domain.measures import MEASURES, Columns, Measure
from surveillance.domain.plan import Plan
from surveillance.domain.points import NO_VERDICT, ROW, Points, empty_points
from surveillance.domain.repeat_ranges import widened
from surveillance.domain.repeat_studies import RepeatStudies
from surveillance.domain.study_frame import StudyFrame
from surveillance.domain.thresholds import judge
from surveillance.domain.weekly_counts import WeeklyCounts
from surveillance.domain.window_packs import Known, WindowPacks, Windows

COMPUTED = ("value", "low", "high", "n", "events", "verdict")


@dataclass(frozen=True, slots=True)
class Moment:
    """One weekly `as_of`: the index of its week, the truths known, the baseline now and a week before."""

    index: int
    as_of: int
    known: NDArray[np.int8]
    now: BaselineState
    before: BaselineState


@dataclass(frozen=True, slots=True)
class Changes:
    """What one moment knows, the weeks that are new in it, and the weeks whose counts changed or are new."""

    known: Known
    new: NDArray[np.bool_]
    fresh: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Filled:
    """The computed windows of one length for a run of moments: `COMPUTED` names (measures, windows) arrays.

    `ends` gives each moment's windows by the week they end in, `at` its part of the arrays.
    """

    place: int
    rows: NDArray[np.int64]
    arrays: dict[str, NDArray[np.generic]]
    ends: tuple[NDArray[np.int64], ...]
    at: tuple[slice, ...]


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
        self._packs = WindowPacks(plan, frame, self._repeats)
        self._truth_at = next_end(frame.ends, frame.truth.at)
        self._reference: tuple[float | None, float | None] = (None, None)

    def over(self, moments: Sequence[Moment]) -> Iterator[tuple[Points, NDArray[np.bool_]]]:
        """Give all points as known at each of several moments, and which cells may differ from a week before.

        Moments ascend. What they have to compute again is computed for all of them at once.
        """
        changes = [self._changes(moment) for moment in moments]
        filled = [
            part
            for place in range(len(self._plan.weeks))
            for settled in (True, False)
            if (part := self._filled(place, settled, changes)) is not None
        ]
        for number, moment in enumerate(moments):
            for part in filled:
                self._lay(part, number)
            latest = self._latest_truth(moment)
            yield self._marked(moment, latest), self._touched(moment, latest)

    def _changes(self, moment: Moment) -> Changes:
        """Take in what a moment knows beyond the one before it."""
        index, now = moment.index, moment.now
        changed = self._counts.bring_to(moment.known)
        new = np.zeros(index + 1, dtype=bool)
        new[max(self._computed + 1, 0) :] = True
        fresh = new.copy()
        fresh[changed[changed <= index]] = True
        reference = now.sensitivity, now.specificity
        if reference != self._reference:  # expected PPV rests on it everywhere
            fresh[:] = True
        self._reference, self._computed = reference, max(self._computed, index)
        sensitivity, specificity = (np.nan if value is None else value for value in reference)
        return Changes(Known(moment.known, self._counts.cumulative(index + 1), sensitivity, specificity), new, fresh)

    def _filled(self, place: int, settled: bool, changes: Sequence[Changes]) -> Filled | None:
        """Compute the windows of one length that the moments changed; None where they changed none."""
        window = self._plan.weeks[place]
        ends = tuple(_ends(one.new if settled else one.fresh, window) for one in changes)
        pack = [Windows(one.known, own) for one, own in zip(changes, ends, strict=True) if len(own)]
        measures = [measure for measure in self._measures if measure.settled == settled]
        if not pack or not measures:
            return None
        cells = self._packs.cells(measures, window, pack)
        repeats = None
        if self._repeats is not None:
            repeats = self._repeats.at(window, [(one.ends, one.known.truth) for one in pack])
        found: list[tuple[Columns, NDArray[np.int8]]] = []
        for measure in measures:
            columns = measure.compute(cells)
            if repeats is not None:
                columns = widened(measure.name, columns, cells, repeats)
            found.append((columns, self._verdict(measure, columns, window)))
        arrays = {name: np.stack([getattr(columns, name) for columns, _ in found]) for name in COMPUTED[:-1]}
        arrays["verdict"] = np.stack([verdict for _, verdict in found])
        edges = np.concatenate(([0], np.cumsum([len(own) for own in ends]))).tolist()
        rows = np.array([ROW[measure.name] for measure in measures])
        return Filled(place, rows, arrays, ends, tuple(slice(a, b) for a, b in pairwise(edges)))

    def _verdict(self, measure: Measure, columns: Columns, window: int) -> NDArray[np.int8]:
        kpi = self._kpi.get((measure.name, window))
        return np.full(len(columns.value), NO_VERDICT, np.int8) if kpi is None else judge(measure, columns, kpi)

    def _lay(self, part: Filled, number: int) -> None:
        """Lay the windows of one moment over what was known before it."""
        ends = part.ends[number]
        if len(ends):
            cells = part.rows[:, None], part.place, ends[None, :]
            for name, values in part.arrays.items():
                getattr(self._points, name)[cells] = values[:, part.at[number]]

    def _marked(self, moment: Moment, latest: NDArray[np.int64]) -> Points:
        """Return a copy cut at the newest week, with mature and restated cells marked."""
        points, index = self._points, moment.index
        names = (*COMPUTED, "mature", "restated")
        cut = replace(points, **{name: getattr(points, name)[:, :, : index + 1].copy() for name in names})
        complete = self._maturity.complete_to(moment.as_of)
        truths = np.array([ROW[measure.name] for measure in self._measures if measure.from_truth], dtype=np.int64)
        others = np.array([ROW[measure.name] for measure in self._measures if not measure.from_truth], dtype=np.int64)
        cut.mature[truths, :, : complete + 1] = True
        cut.mature[others] = True
        for place, window in enumerate(self._plan.weeks):
            padded = np.concatenate((np.zeros(window - 1, dtype=np.int64), latest))
            newest = np.lib.stride_tricks.sliding_window_view(padded, window).max(axis=1)
            cut.restated[truths, place] = newest > self._maturity.charted_at[: index + 1]
        return cut

    def _latest_truth(self, moment: Moment) -> NDArray[np.int64]:
        """Return for each week the weekly `as_of` at which its newest truth so far became known."""
        latest = np.zeros(moment.index + 1, dtype=np.int64)
        stop = int(np.searchsorted(self._truth_at, moment.as_of, side="right"))
        case = self._frame.truth.case[:stop]
        week = self._frame.week[case]
        inside = (week <= moment.index) & self._frame.expected[case]  # a truth that no figure uses restates nothing
        np.maximum.at(latest, week[inside], self._truth_at[:stop][inside])
        return latest

    def _touched(self, moment: Moment, latest: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Mark the cells that the last week's studies, truths or maturity changed; shape (windows, weeks)."""
        index, now, before = moment.index, moment.now, moment.before
        touched = np.zeros((len(self._plan.weeks), index + 1), dtype=bool)
        if (now.sensitivity, now.specificity) != (before.sensitivity, before.specificity):
            touched[:] = True
            return touched
        fresh = latest == moment.as_of
        fresh[index:] = True
        touched[:, self._maturity.charted_at[: index + 1] == moment.as_of] = True
        for place, window in enumerate(self._plan.weeks):
            touched[place, _ends(fresh, window)] = True
        return touched


def _ends(fresh: NDArray[np.bool_], window: int) -> NDArray[np.int64]:
    """Return the last weeks of the windows of one length that hold a fresh week."""
    total = np.concatenate(([0], np.cumsum(fresh)))
    ends = np.arange(len(fresh))
    return np.flatnonzero(total[ends + 1] > total[np.maximum(ends + 1 - window, 0)])
