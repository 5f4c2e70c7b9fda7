"""Counts by week: fixed ones from the studies, and those that move as truths arrive."""

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import FAILED, INDETERMINATE, NEGATIVE, NOT_SENT, POSITIVE, UNKNOWN
from surveillance.domain.measures.cells import COUNT_ROW, COUNTS
from surveillance.domain.plan import Plan
from surveillance.domain.study_frame import DAY, StudyFrame


class WeeklyCounts:
    """The counts of every week as they were known, brought forward from one `as_of` to the next."""

    def __init__(self, plan: Plan, frame: StudyFrame) -> None:
        self._frame = frame
        self._by_week = np.zeros((len(COUNTS), frame.weeks))
        self._known = np.full(len(frame.week), UNKNOWN, dtype=np.int8)
        delay = plan.truth.expected_delay_days
        allowed = np.where(frame.flagged, delay.flagged, delay.audited) * DAY
        self._late = frame.truth.first_at - frame.log.acquired_at > allowed
        log = frame.log
        self._add("eligible", np.ones(len(log), dtype=bool))
        self._add("processed", frame.processed)
        self._add("failed", log.status == FAILED)
        self._add("not_sent", log.status == NOT_SENT)
        self._add("flagged", frame.flagged)
        self._add("flag_known", frame.processed & (log.called >= 0))
        self._add("expected", frame.expected)

    def _add(self, count: str, which: NDArray[np.bool_]) -> None:
        self._by_week[COUNT_ROW[count]] = np.bincount(self._frame.week[which], minlength=self._frame.weeks)

    def bring_to(self, known: NDArray[np.int8]) -> NDArray[np.int64]:
        """Take in what is known now; return the weeks whose counts changed."""
        rows = np.flatnonzero((known != self._known) & self._frame.expected)
        if len(rows):
            self._move(rows, self._known[rows], -1.0)
            self._move(rows, known[rows], 1.0)
            self._known = known
        return np.unique(self._frame.week[rows])

    def _move(self, rows: NDArray[np.int64], value: NDArray[np.int8], sign: float) -> None:
        frame = self._frame
        week, flagged, weight = frame.week[rows], frame.flagged[rows], frame.weight[rows]
        arrived = value != UNKNOWN
        positive, negative = value == POSITIVE, value == NEGATIVE
        one = np.ones(len(rows))
        for count, which, amount in (
            ("arrived", arrived, one),
            ("late", arrived & self._late[rows], one),
            ("indeterminate", value == INDETERMINATE, one),
            ("true_flags", positive & flagged, one),
            ("missed", positive & ~flagged, one),
            ("missed_weighted", positive & ~flagged, weight),
            ("missed_squares", positive & ~flagged, weight**2),
            ("false_flags", negative & flagged, one),
            ("true_negatives", negative & ~flagged, one),
            ("true_negatives_weighted", negative & ~flagged, weight),
            ("true_negatives_squares", negative & ~flagged, weight**2),
        ):
            if which.any():
                np.add.at(self._by_week[COUNT_ROW[count]], week[which], sign * amount[which])

    def cumulative(self, weeks: int) -> NDArray[np.float64]:
        """Return the counts added up from the first week, shape (counts, weeks + 1)."""
        table = np.zeros((len(COUNTS), weeks + 1))
        np.cumsum(self._by_week[:, :weeks], axis=1, out=table[:, 1:])
        return table
