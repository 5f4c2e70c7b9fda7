"""The studies of a synthetic log as columns: what the AI said, what is true, what was recorded as true."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Studies:
    """One array a column, sorted by `acquired_at`; times in microseconds since 1970 UTC.

    Attributes
    ----------
    number : int64; the study's number within its site, from 1
    site, scanner, setting, age_band, sex : int8; index into the names of the scenario
    acquired_at, result_at, recorded_at : int64; `NEVER` where there is no result or no recorded truth
    week : int64; 0 for the week that begins at the log's start
    status : int8; 0 processed, 1 failed
    score : float64; nan where the study failed
    called : int8; 1 flagged, 0 not flagged, -1 failed
    truth : bool; what is really so, of every study
    kind : int8; which kind of positive (index into the reading's components), -1 for negatives
    recorded_truth : int8; 1, 0, 2 for indeterminate, -1 where none was recorded
    source : int8; index into the sources of truth, -1 where none was recorded
    audit_selected : bool; sampling_fraction : float64, nan where the study failed
    patient : int64; equal for the studies of one patient
    """

    number: NDArray[np.int64]
    site: NDArray[np.int8]
    scanner: NDArray[np.int8]
    setting: NDArray[np.int8]
    age_band: NDArray[np.int8]
    sex: NDArray[np.int8]
    acquired_at: NDArray[np.int64]
    result_at: NDArray[np.int64]
    recorded_at: NDArray[np.int64]
    week: NDArray[np.int64]
    status: NDArray[np.int8]
    score: NDArray[np.float64]
    called: NDArray[np.int8]
    truth: NDArray[np.bool_]
    kind: NDArray[np.int8]
    recorded_truth: NDArray[np.int8]
    source: NDArray[np.int8]
    audit_selected: NDArray[np.bool_]
    sampling_fraction: NDArray[np.float64]
    patient: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.acquired_at)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "Studies":
        """Return some of the studies in the given order."""
        return Studies(*(getattr(self, column.name)[rows] for column in fields(self)))

    @classmethod
    def joined(cls, parts: "list[Studies]") -> "Studies":
        """Return the studies of several sites as one log in order of acquisition."""
        together = cls(*(np.concatenate([getattr(p, c.name) for p in parts]) for c in fields(cls)))
        return together.take(np.lexsort((together.number, together.site, together.acquired_at)))
