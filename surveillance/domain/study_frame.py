"""One deployment's studies made ready for evaluation: weeks, strata, expected truths and repeat studies."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import PROCESSED, CaseLog
from surveillance.domain.plan import Plan
from surveillance.domain.truth_timeline import TruthTimeline, compose
from surveillance.domain.weeks import Week, week_ends, week_numbers

DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class StudyFrame:
    """The log seen through its plan.

    Attributes
    ----------
    first_week : the number of the first week with a study; week indices below count from it
    week : int64, shape (n,); index of each study's week
    starts : int64, shape (weeks + 1,); first study of each week, as row numbers
    ends : int64, shape (weeks,); the moment each week is over
    processed, flagged : bool, shape (n,)
    expected : bool, shape (n,); a truth is expected: flagged, or unflagged and audited
    weight : float64, shape (n,); inverse of the sampling fraction of its stratum
    counted : bool, shape (n,); False for a repeat study that charts leave out
    """

    log: CaseLog
    truth: TruthTimeline
    first_week: int
    week: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    processed: NDArray[np.bool_]
    flagged: NDArray[np.bool_]
    expected: NDArray[np.bool_]
    weight: NDArray[np.float64]
    counted: NDArray[np.bool_]

    @property
    def weeks(self) -> int:
        """Return how many weeks the log spans, empty ones between included."""
        return len(self.ends)

    def index(self, week: Week) -> int:
        """Return the index of a calendar week, which may lie outside the log."""
        return week.number - self.first_week


def frame(plan: Plan, log: CaseLog, last_week: Week) -> StudyFrame:
    """Prepare a log for evaluation up to a week; an empty log spans the weeks since its plan took effect."""
    number = week_numbers(log.acquired_at, plan.zone) if len(log) else np.zeros(0, dtype=np.int64)
    first = int(number[0]) if len(log) else min(Week.of(plan.effective_from).number, last_week.number)
    last = max(last_week.number, int(number[-1]) if len(log) else 0)
    processed = log.status == PROCESSED
    flagged = processed & (log.called == 1)
    fraction = plan.truth.audit_fraction_unflagged
    sampled = processed & ~flagged & (log.audit_selected if fraction < 1 else np.ones(len(log), dtype=bool))
    known = np.where(np.isnan(log.sampling_fraction), fraction, log.sampling_fraction)
    weight = np.where(sampled & (fraction < 1), 1.0 / np.clip(known, 1e-6, 1.0), 1.0)
    week = number - first
    return StudyFrame(
        log=log,
        truth=compose(log, plan.truth, flagged),
        first_week=first,
        week=week,
        starts=np.searchsorted(week, np.arange(max(0, last - first + 1) + 1)).astype(np.int64),
        ends=week_ends(first, last, plan.zone),
        processed=processed,
        flagged=flagged,
        expected=flagged | sampled,
        weight=weight,
        counted=_first_in_window(log, plan.population.repeat_window_days * DAY),
    )


def _first_in_window(log: CaseLog, window: int) -> NDArray[np.bool_]:
    """Mark the studies that charts count: the first of a patient in each repeat window."""
    counted = np.ones(len(log), dtype=bool)
    known = np.flatnonzero(log.patient >= 0)
    if window == 0 or not len(known):
        return counted
    repeated = known[np.bincount(log.patient[known])[log.patient[known]] > 1]
    last_counted: dict[int, int] = {}
    for row in repeated.tolist():
        patient, at = int(log.patient[row]), int(log.acquired_at[row])
        before = last_counted.get(patient)
        if before is not None and at - before < window:
            counted[row] = False
        else:
            last_counted[patient] = at
    return counted
