"""The reliability diagram of the newest complete window, beside the baseline's."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.baseline import inside
from surveillance.domain.case_log import POSITIVE
from surveillance.domain.maturity import Maturity
from surveillance.domain.plan import Plan
from surveillance.domain.study_frame import StudyFrame
from surveillance.domain.weeks import Week
from surveillance.metrics import ReliabilityCurve, reliability_curve

FEWEST = 20
# Fixed and uneven: triage scores crowd near nought, and bins of equal count would hide the rest of the scale.
EDGES = (0.01, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Score against what was true, for the newest complete window and for the baseline.

    `threshold` is the lowest score the product flagged in the window; None where it gives no flag.
    """

    first: Week
    last: Week
    now: ReliabilityCurve
    baseline: ReliabilityCurve | None
    positives: int
    studies: int
    threshold: float | None


def reliability(
    plan: Plan, frame: StudyFrame, maturity: Maturity, known: NDArray[np.int8], as_of: int
) -> Reliability | None:
    """Return the diagram of the plan's longest window, or None where there is too little to draw."""
    complete = maturity.complete_to(as_of)
    if plan.score != "probability" or complete < 0:
        return None
    first = max(0, complete + 1 - plan.weeks[-1])
    rows = _usable(frame, known, slice(int(frame.starts[first]), int(frame.starts[complete + 1])))
    if len(rows) < FEWEST:
        return None
    base = _usable(frame, known, inside(plan, frame))
    flagged = frame.log.score[rows][frame.flagged[rows]]
    return Reliability(
        first=Week(frame.first_week + first),
        last=Week(frame.first_week + complete),
        now=_curve(frame, known, rows),
        baseline=_curve(frame, known, base) if len(base) >= FEWEST else None,
        positives=int((known[rows] == POSITIVE).sum()),
        studies=len(rows),
        threshold=float(flagged.min()) if len(flagged) else None,
    )


def _curve(frame: StudyFrame, known: NDArray[np.int8], rows: NDArray[np.int64]) -> ReliabilityCurve:
    return reliability_curve(known[rows] == POSITIVE, frame.log.score[rows], edges=EDGES)


def _usable(frame: StudyFrame, known: NDArray[np.int8], part: slice) -> NDArray[np.int64]:
    rows = np.arange(part.start, part.stop)
    fit = frame.expected[part] & (known[part] >= 0) & (known[part] <= POSITIVE) & ~np.isnan(frame.log.score[part])
    return rows[fit]
