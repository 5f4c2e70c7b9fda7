"""Logs that share a past: the weeks before surveillance begins are those of one seed, the later ones each their own."""

from dataclasses import replace

import numpy as np

from surveillance.domain.case_log import CaseLog

STRANGERS = 1_000_000_000  # added to the later patients, who are not those of the earlier log
STUDIES = (
    *("case_id", "acquired_at", "result_at", "status", "score", "called"),
    *("audit_selected", "sampling_fraction", "patient"),
)
OUTCOMES = ("outcome_recorded_at", "outcome_truth", "outcome_source")


def spliced(before: CaseLog, after: CaseLog, boundary: int) -> CaseLog:
    """Return the studies of one log up to a moment and those of another from then on, with all their outcomes.

    Charts on scores are designed for the baseline's scores; a common baseline is designed for once.
    """
    kept = int(np.searchsorted(before.acquired_at, boundary))
    dropped = int(np.searchsorted(after.acquired_at, boundary))
    late = replace(after, patient=after.patient + STRANGERS)
    early_rows, late_rows = before.outcome_case < kept, after.outcome_case >= dropped
    joined = {
        name: np.concatenate((getattr(before, name)[:kept], getattr(late, name)[dropped:])) for name in STUDIES
    } | {
        name: np.concatenate((getattr(before, name)[early_rows], getattr(after, name)[late_rows])) for name in OUTCOMES
    }
    rows = (before.outcome_case[early_rows], after.outcome_case[late_rows] - dropped + kept)
    return replace(after, **joined, outcome_case=np.concatenate(rows), groups={})
