"""Windows of weeks to be computed together: their counts, and their verified studies as spans of rows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.kernels import BinnedCalibration, CalibrationSpans

COUNTS = (
    "eligible",
    "processed",
    "failed",
    "not_sent",
    "flagged",
    "flag_known",
    "true_flags",
    "missed",
    "missed_weighted",
    "missed_squares",
    "false_flags",
    "true_negatives",
    "true_negatives_weighted",
    "true_negatives_squares",
    "indeterminate",
    "expected",
    "arrived",
    "late",
)
COUNT_ROW = {name: row for row, name in enumerate(COUNTS)}


@dataclass(frozen=True, slots=True)
class Cells:
    """Windows to be computed together, of one `as_of` or of several: the parts of each follow one another.

    Attributes
    ----------
    cumulative : float64, shape (counts, columns)
        Weekly counts added up from the first week, so that a window is a difference of two columns; those of
        each `as_of` stand side by side.
    start, stop : int64, shape (k,); columns of the first week and of one past the last week of each window
    truth, score, weight : verified studies in order of acquisition, shape (v,)
    row_start, row_stop : int64, shape (k,); each window's verified studies
    turnaround : float64, shape (r,); minutes of every processed study with a result, in order
    turnaround_start, turnaround_stop : int64, shape (k,)
    calibration, binned : sums, fits and binned figures of each window; None where there is no probability
    reference_sensitivity, reference_specificity : float64, shape (k,)
        The figures expected PPV rests on; nan where there are none.
    audit_fraction : the plan's share of unflagged studies that is verified
    patient : int64, shape (v,); a number for each patient with several studies, else -1; None where nobody has
    """

    cumulative: NDArray[np.float64]
    start: NDArray[np.int64]
    stop: NDArray[np.int64]
    truth: NDArray[np.bool_]
    score: NDArray[np.float64]
    weight: NDArray[np.float64]
    row_start: NDArray[np.int64]
    row_stop: NDArray[np.int64]
    turnaround: NDArray[np.float64]
    turnaround_start: NDArray[np.int64]
    turnaround_stop: NDArray[np.int64]
    calibration: CalibrationSpans | None
    binned: BinnedCalibration | None
    reference_sensitivity: NDArray[np.float64]
    reference_specificity: NDArray[np.float64]
    audit_fraction: float
    patient: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.start)

    @property
    def audited(self) -> bool:
        """Return whether unflagged studies are verified by sample only."""
        return self.audit_fraction < 1

    def total(self, count: str) -> NDArray[np.float64]:
        """Return a count's total in each window."""
        row = self.cumulative[COUNT_ROW[count]]
        return np.asarray(row[self.stop] - row[self.start])
