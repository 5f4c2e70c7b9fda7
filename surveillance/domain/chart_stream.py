"""The order in which studies enter the charts: a week when it matures, a late truth in the week it arrives."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.balanced_entry import in_step
from surveillance.domain.case_log import INDETERMINATE, NEVER, UNKNOWN
from surveillance.domain.maturity import Maturity, next_end
from surveillance.domain.study_frame import StudyFrame


@dataclass(frozen=True, slots=True)
class ChartStream:
    """Studies in the order in which the charts take them.

    Attributes
    ----------
    ready : int64, shape (n,); for each study of the log, when its truth may be shown, in step with the
        other stratum; `NEVER` where it may not
    row : int64, shape (s,); the study
    charted_at : int64, shape (s,); the weekly `as_of` at which it enters, never decreasing
    week : int64, shape (s,); the week it is drawn in: its own, or for a late truth the newest week
        charted when it arrived; never decreasing
    value : int8, shape (s,); its truth when it entered (0, 1, or 2 indeterminate)
    revision_at, revision_place, revision_value : later changes of a truth already charted, in time:
        the weekly `as_of`, the place in this stream, and the new truth
    """

    ready: NDArray[np.int64]
    row: NDArray[np.int64]
    charted_at: NDArray[np.int64]
    week: NDArray[np.int64]
    value: NDArray[np.int8]
    revision_at: NDArray[np.int64]
    revision_place: NDArray[np.int64]
    revision_value: NDArray[np.int8]


def verified_stream(frame: StudyFrame, maturity: Maturity, from_week: int) -> ChartStream:
    """Return the stream of studies whose truth the plan expects, from the week surveillance begins.

    Only a correction changes what is already charted; it is listed as a revision, to be replayed visibly.
    """
    together = in_step(frame)
    known = next_end(frame.ends, together)
    mature = maturity.charted_at[frame.week] if len(frame.week) else known
    enters = np.where(together == NEVER, NEVER, np.maximum(known, mature))
    rows = np.flatnonzero(frame.expected & frame.counted & (enters < NEVER) & (frame.week >= from_week))
    order = np.lexsort((rows, enters[rows]))
    rows = rows[order]
    at = enters[rows]
    drawn = _drawn_week(frame, maturity, rows, at)
    place = np.full(len(frame.week), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    truth = frame.truth
    known_when = next_end(frame.ends, truth.at)
    mine = place[truth.case] >= 0 if len(truth.case) else np.zeros(0, dtype=bool)
    before = mine & (known_when <= enters[truth.case]) if len(truth.case) else mine
    value = np.full(len(frame.week), UNKNOWN, dtype=np.int8)
    value[truth.case[before]] = truth.value[before]
    later = np.flatnonzero(mine & ~before)
    return ChartStream(
        ready=np.where(frame.expected & frame.counted, together, NEVER),
        row=rows,
        charted_at=at,
        week=drawn,
        value=value[rows],
        revision_at=known_when[later],
        revision_place=place[truth.case[later]],
        revision_value=truth.value[later],
    )


def every_study(frame: StudyFrame, from_week: int) -> ChartStream:
    """Return the stream of all eligible studies, each charted when its week is over: no truth is needed."""
    rows = np.flatnonzero(frame.counted & (frame.week >= from_week))
    week = frame.week[rows]
    nothing = np.zeros(0, dtype=np.int64)
    value = np.full(len(rows), INDETERMINATE, dtype=np.int8)
    return ChartStream(
        frame.log.acquired_at, rows, frame.ends[week], week, value, nothing, nothing, nothing.astype(np.int8)
    )


def _drawn_week(
    frame: StudyFrame, maturity: Maturity, rows: NDArray[np.int64], at: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the week each study is drawn in, so that the line runs in the order the chart took it."""
    newest = np.searchsorted(maturity.charted_at, at, side="right") - 1
    first_new = np.searchsorted(maturity.charted_at, at, side="left")
    floor = np.minimum(first_new, newest)
    return np.maximum(frame.week[rows], floor)
