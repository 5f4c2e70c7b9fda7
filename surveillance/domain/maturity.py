"""When a week's outcomes are complete enough to be charted: per stratum, of the truths that were expected."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import NEVER
from surveillance.domain.plan import Plan
from surveillance.domain.study_frame import DAY, StudyFrame


@dataclass(frozen=True, slots=True)
class Maturity:
    """For each week, when it was charted and whether it was complete then.

    Attributes
    ----------
    charted_at : int64, shape (weeks,)
        The weekly `as_of` at which the week's events enter the charts; `NEVER` where that is still to come.
    overdue_at : int64, shape (weeks,)
        The weekly `as_of` at which the week passes twice its expected delay.
    complete : bool, shape (weeks,)
        False where the week was charted as it stood because its outcomes were overdue.
    expected : int64, shape (weeks,)
        Truths expected.
    """

    charted_at: NDArray[np.int64]
    overdue_at: NDArray[np.int64]
    complete: NDArray[np.bool_]
    expected: NDArray[np.int64]

    def complete_to(self, as_of: int) -> int:
        """Return the index of the last week charted by a moment; -1 where there is none."""
        return int(np.searchsorted(self.charted_at, as_of, side="right")) - 1


def next_end(ends: NDArray[np.int64], moments: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each moment the weekly `as_of` at which it is first known: the first end after it.

    An `as_of` is exclusive, so something recorded exactly at a week's end is known a week later.

    >>> next_end(np.array([10, 20, 30]), np.array([5, 10, 29, 31])).tolist() == [10, 20, 30, NEVER]
    True
    """
    position = np.searchsorted(ends, moments, side="right")
    padded = np.append(ends, NEVER)
    return padded[np.minimum(position, len(ends))]


def maturity(plan: Plan, frame: StudyFrame) -> Maturity:
    """Find when each week matured, week by week in order, from the arrival of first truths alone.

    A stratum is mature when the plan's share of its expected truths has arrived; a week when both strata
    are. A week not mature at twice the expected delay is charted as it stands. Weeks are charted in
    order, so that the chart has one last mature week.
    """
    truth = plan.truth
    ready = frame.ends.copy()
    for stratum in (frame.flagged, ~frame.flagged):
        rows = np.flatnonzero(frame.expected & stratum)
        ready = np.maximum(ready, _share_arrived(frame, rows, truth.mature_at))
    slowest = max(truth.expected_delay_days.flagged, truth.expected_delay_days.audited)
    overdue = next_end(frame.ends, frame.ends + int(2 * slowest * DAY) - 1)
    known = np.where(ready == NEVER, NEVER, ready)
    charted = np.maximum.accumulate(np.minimum(known, overdue)) if frame.weeks else known
    expected = np.bincount(frame.week[frame.expected], minlength=frame.weeks).astype(np.int64)
    return Maturity(charted, overdue, ready <= charted, expected[: frame.weeks])


def _share_arrived(frame: StudyFrame, rows: NDArray[np.int64], share: float) -> NDArray[np.int64]:
    """Return for each week the `as_of` by which a share of the rows' first truths had arrived."""
    arrival, week = frame.truth.first_at[rows], frame.week[rows]
    order = np.lexsort((arrival, week))
    arrival, week = arrival[order], week[order]
    count = np.bincount(week, minlength=frame.weeks)[: frame.weeks]
    offset = np.concatenate(([0], np.cumsum(count)))[:-1]
    needed = np.ceil(share * count - 1e-9).astype(np.int64)
    moment = frame.ends.copy()
    some = count > 0
    moment[some] = next_end(frame.ends, arrival[offset[some] + needed[some] - 1])
    return moment
