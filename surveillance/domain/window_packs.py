"""Windows of many weekly evaluations put side by side, so that each figure is computed once for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import NEVER, POSITIVE
from surveillance.domain.measures import BINS, Cells, Measure
from surveillance.domain.plan import Plan
from surveillance.domain.repeat_studies import RepeatStudies
from surveillance.domain.study_frame import StudyFrame
from surveillance.kernels import binned_calibration_spans, calibration_spans

MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """What was known at one weekly `as_of`.

    Attributes
    ----------
    truth : int8, shape (n,); the truth of every study as it was known
    cumulative : float64, shape (counts, weeks + 1); weekly counts added up from the first week
    sensitivity, specificity : the baseline's figures, or the acceptance values; nan where there are none
    """

    truth: NDArray[np.int8]
    cumulative: NDArray[np.float64]
    sensitivity: float
    specificity: float


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of one length to be computed at one `as_of`: those that end in these weeks, ascending."""

    known: Known
    ends: NDArray[np.int64]


class WindowPacks:
    """Makes the cells of windows of several evaluations from one deployment's studies."""

    def __init__(self, plan: Plan, frame: StudyFrame, repeats: RepeatStudies | None) -> None:
        self._frame, self._repeats = frame, repeats
        self._fraction = plan.truth.audit_fraction_unflagged
        log = frame.log
        self._usable = frame.expected & ~np.isnan(log.score)
        timed = np.flatnonzero(frame.processed & (log.result_at < NEVER))
        self._minutes = (log.result_at[timed] - log.acquired_at[timed]) / MINUTE
        self._minutes_at = np.searchsorted(frame.week[timed], np.arange(frame.weeks + 1)).astype(np.int64)

    def cells(self, measures: Sequence[Measure], window: int, pack: Sequence[Windows]) -> Cells:
        """Return the cells of every window of a pack, in its order: columns and rows of each follow one another."""
        frame = self._frame
        start = [np.maximum(one.ends + 1 - window, 0) for one in pack]
        stop = [one.ends + 1 for one in pack]
        columns = _offsets([one.known.cumulative.shape[1] for one in pack])
        parts = [
            self._rows(one.known.truth, int(a[0]), int(b[-1])) for one, a, b in zip(pack, start, stop, strict=True)
        ]
        before = _offsets([len(part) for part in parts])
        rows = np.concatenate(parts)
        truth = np.concatenate([one.known.truth[part] for one, part in zip(pack, parts, strict=True)]) == POSITIVE
        score, weight = frame.log.score[rows], frame.weight[rows]
        row_start, row_stop = (
            np.concatenate(
                [
                    add + np.searchsorted(part, frame.starts[edge])
                    for add, part, edge in zip(before, parts, edges, strict=True)
                ]
            ).astype(np.int64)
            for edges in (start, stop)
        )
        sampled = weight if self._fraction < 1 else None
        probable = any(measure.needs == "probability" for measure in measures)
        many = [len(one.ends) for one in pack]
        return Cells(
            cumulative=np.concatenate([one.known.cumulative for one in pack], axis=1),
            start=np.concatenate(start) + np.repeat(columns, many),
            stop=np.concatenate(stop) + np.repeat(columns, many),
            truth=truth,
            score=score,
            weight=weight,
            row_start=row_start,
            row_stop=row_stop,
            turnaround=self._minutes,
            turnaround_start=self._minutes_at[np.concatenate(start)],
            turnaround_stop=self._minutes_at[np.concatenate(stop)],
            calibration=calibration_spans(truth, score, row_start, row_stop, sampled) if probable else None,
            binned=binned_calibration_spans(truth, score, row_start, row_stop, BINS, sampled) if probable else None,
            reference_sensitivity=np.repeat([one.known.sensitivity for one in pack], many),
            reference_specificity=np.repeat([one.known.specificity for one in pack], many),
            audit_fraction=self._fraction,
            patient=None if self._repeats is None else self._repeats.patient[rows],
        )

    def _rows(self, known: NDArray[np.int8], first_week: int, last_week: int) -> NDArray[np.int64]:
        """Return the verified studies with a score of some weeks."""
        first, last = int(self._frame.starts[first_week]), int(self._frame.starts[last_week])
        truth = known[first:last]
        return first + np.flatnonzero((truth >= 0) & (truth <= POSITIVE) & self._usable[first:last])


def _offsets(sizes: Sequence[int]) -> NDArray[np.int64]:
    """Return where each of several parts begins when they follow one another."""
    return np.concatenate(([0], np.cumsum(sizes)))[:-1].astype(np.int64)
