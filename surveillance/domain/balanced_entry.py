"""When a truth may enter the charts: flagged and audited studies of a week keep in step."""

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import NEVER
from surveillance.domain.study_frame import StudyFrame


def in_step(frame: StudyFrame) -> NDArray[np.int64]:
    """Return for each study when its own truth is there and the other stratum has come as far; `NEVER` else.

    Truths of flagged studies come sooner than those of audited ones. Charted as they come, a week would
    at first hold too many flagged studies, and the chart of false flags would climb on a delay alone. So
    the j-th truth of n expected in one stratum waits until the other stratum of its week has the same
    share, j/n, of its own. A week without the other stratum waits for nothing.

    Returns
    -------
    int64 array of shape (n,), microseconds since 1970 UTC
    """
    moment = frame.truth.first_at.copy()
    strata = [np.flatnonzero(frame.expected & frame.flagged), np.flatnonzero(frame.expected & ~frame.flagged)]
    for own, other in (strata, strata[::-1]):
        arrival, order, offset, count = _by_week(frame, own)
        theirs, _, their_offset, their_count = _by_week(frame, other)
        week = frame.week[own[order]]
        share = (np.arange(len(own)) - offset[week] + 1) / np.maximum(count[week], 1)
        needed = np.ceil(share * their_count[week] - 1e-9).astype(np.int64)
        waits = needed > 0
        place = their_offset[week[waits]] + needed[waits] - 1
        until = arrival.copy()
        until[waits] = np.maximum(until[waits], theirs[place])
        moment[own[order]] = np.where(arrival == NEVER, NEVER, until)
    return moment


def _by_week(
    frame: StudyFrame, rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the rows' first truths sorted by week and arrival, the order, and each week's place and count."""
    arrival, week = frame.truth.first_at[rows], frame.week[rows]
    order = np.lexsort((arrival, week))
    count = np.bincount(week, minlength=frame.weeks)[: frame.weeks]
    offset = np.concatenate(([0], np.cumsum(count)))[:-1]
    return arrival[order], order, offset, count
