"""The case outcome log of one deployment as columns: what the AI said, and what was later recorded as true."""

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

PROCESSED, FAILED, NOT_SENT = 0, 1, 2
STATUSES = ("processed", "failed", "not_sent")
NEGATIVE, POSITIVE, INDETERMINATE, UNKNOWN = 0, 1, 2, -1
SOURCES = ("report", "adjudication", "follow_up", "audit")
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Decision:
    """A signed or declined recommendation: the chart it rests on starts again after it."""

    chart: str
    at: int


@dataclass(frozen=True, slots=True)
class UnregisteredVersion:
    """Cases kept in quarantine because their version is not registered."""

    version: str
    cases: int
    first_seen: int


@dataclass(frozen=True, slots=True)
class CaseLog:
    """One deployment's studies and outcomes, already cut at what the store had seen.

    All times are microseconds since 1970 in UTC. Studies are sorted by `acquired_at`, then `case_id`.

    Attributes
    ----------
    case_id : array of str, shape (n,)
    acquired_at, result_at : int64, shape (n,); `NEVER` where there is no result
    status : int8, shape (n,); index into `STATUSES`
    score : float64, shape (n,); nan where the product gave none
    called : int8, shape (n,); 1 flagged, 0 not flagged, -1 the product gave no flag
    audit_selected : bool, shape (n,); True where an unflagged study was drawn for audit
    sampling_fraction : float64, shape (n,); nan where the log does not say
    patient : int64, shape (n,); a number for each pseudonym, -1 where there is none
    outcome_case : int64, shape (m,); row of the study an outcome is about
    outcome_recorded_at : int64, shape (m,)
    outcome_truth : int8, shape (m,); 1, 0 or 2 for indeterminate
    outcome_source : int8, shape (m,); index into `SOURCES`
    groups : group column -> array of str, shape (n,)
    """

    case_id: NDArray[np.object_]
    acquired_at: NDArray[np.int64]
    result_at: NDArray[np.int64]
    status: NDArray[np.int8]
    score: NDArray[np.float64]
    called: NDArray[np.int8]
    audit_selected: NDArray[np.bool_]
    sampling_fraction: NDArray[np.float64]
    patient: NDArray[np.int64]
    outcome_case: NDArray[np.int64]
    outcome_recorded_at: NDArray[np.int64]
    outcome_truth: NDArray[np.int8]
    outcome_source: NDArray[np.int8]
    groups: dict[str, NDArray[np.object_]] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    unregistered: tuple[UnregisteredVersion, ...] = ()
    pooled: "tuple[CaseLog, ...]" = ()
    site: str = ""

    def __len__(self) -> int:
        return len(self.acquired_at)

    def without_studies(self) -> "CaseLog":
        """Return the log as it was before its first study: nothing acquired, no outcome recorded."""
        return replace(
            self,
            case_id=self.case_id[:0],
            acquired_at=self.acquired_at[:0],
            result_at=self.result_at[:0],
            status=self.status[:0],
            score=self.score[:0],
            called=self.called[:0],
            audit_selected=self.audit_selected[:0],
            sampling_fraction=self.sampling_fraction[:0],
            patient=self.patient[:0],
            outcome_case=self.outcome_case[:0],
            outcome_recorded_at=self.outcome_recorded_at[:0],
            outcome_truth=self.outcome_truth[:0],
            outcome_source=self.outcome_source[:0],
            groups={name: column[:0] for name, column in self.groups.items()},
        )
