"""How the truth is found out: by whom, how late, for which studies, and with which errors."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import INDETERMINATE, NEVER, SOURCES, UNKNOWN
from surveillance.synthetic.arrivals import DAY, SECOND
from surveillance.synthetic.scenario import Scenario

REPORT, ADJUDICATION, AUDIT = (SOURCES.index(name) for name in ("report", "adjudication", "audit"))
# Days until a truth is recorded: lognormal, median and spread of its logarithm for each source. 80 % of
# adjudications are there within 7 days, of audit readings within 19, of reports within 2.
MEDIAN_DAYS = {REPORT: 1.0, ADJUDICATION: 3.0, AUDIT: 10.0}
SPREAD = {REPORT: 0.6, ADJUDICATION: 1.0, AUDIT: 0.75}
REPORT_SENSITIVITY, REPORT_SPECIFICITY = 0.98, 0.995
CLOSED_ON_REPORT = 0.2
NEVER_RECORDED, UNDECIDED = 0.01, 0.005


@dataclass(frozen=True, slots=True)
class Verified:
    """What was recorded as true of each study; -1 and `NEVER` where nothing was.

    Attributes
    ----------
    truth : int8, shape (n,); 1, 0, 2 for indeterminate, -1 where none was recorded
    recorded_at : int64, shape (n,)
    source : int8, shape (n,); index into the log's sources of truth
    audit_selected : bool, shape (n,)
    sampling_fraction : float64, shape (n,); nan for studies that were not processed
    """

    truth: NDArray[np.int8]
    recorded_at: NDArray[np.int64]
    source: NDArray[np.int8]
    audit_selected: NDArray[np.bool_]
    sampling_fraction: NDArray[np.float64]


def verify(
    rng: np.random.Generator,
    scenario: Scenario,
    *,
    truth: NDArray[np.bool_],
    processed: NDArray[np.bool_],
    flagged: NDArray[np.bool_],
    known_from: NDArray[np.int64],
    acquired_at: NDArray[np.int64],
    week: NDArray[np.int64],
) -> Verified:
    """Record truths: all flagged studies, the audited unflagged ones, and the reports of failed studies.

    Failed studies have the report's truth, so that the worst case ("a failed positive was not flagged")
    can be counted. A truth is never recorded before the AI's result.
    """
    size = len(truth)
    unflagged = processed & ~flagged
    audited = unflagged & (rng.random(size) < scenario.audit_fraction)
    on_report = rng.random(size) < CLOSED_ON_REPORT
    source = np.full(size, REPORT, dtype=np.int8)
    if scenario.reference != "report":
        source[flagged & ~(on_report & (scenario.reference == "mixed"))] = ADJUDICATION
        source[unflagged] = AUDIT
    mistaken = rng.random(size) < np.where(truth, 1 - REPORT_SENSITIVITY, 1 - REPORT_SPECIFICITY)
    recorded = (truth ^ (mistaken & (source == REPORT))).astype(np.int8)
    recorded[rng.random(size) < UNDECIDED] = INDETERMINATE
    median = np.array([MEDIAN_DAYS.get(code, 1.0) for code in range(len(SOURCES))])[source]
    spread = np.array([SPREAD.get(code, 1.0) for code in range(len(SOURCES))])[source]
    factor = 1 + (scenario.change.delay_factor - 1) * scenario.progress(week)
    delay = median * np.exp(spread * rng.standard_normal(size)) * factor * DAY
    recorded_at = acquired_at + delay.astype(np.int64) // SECOND * SECOND
    recorded_at = np.maximum(recorded_at, known_from + 60 * SECOND)
    arrives = (flagged | audited | ~processed) & (rng.random(size) >= NEVER_RECORDED)
    fraction = np.where(flagged, 1.0, np.where(unflagged, scenario.audit_fraction, np.nan))
    return Verified(
        truth=np.where(arrives, recorded, np.int8(UNKNOWN)),
        recorded_at=np.where(arrives, recorded_at, NEVER),
        source=np.where(arrives, source, np.int8(UNKNOWN)),
        audit_selected=audited,
        sampling_fraction=fraction,
    )
