"""AUROC over windows of weeks."""

import numpy as np

from surveillance.domain.measures import audited
from surveillance.domain.measures.cells import Cells
from surveillance.domain.measures.measure import Columns, Measure
from surveillance.domain.measures.repeat_wording import AREA_REPEATS, AREA_REPEATS_AUDITED
from surveillance.domain.plan import Plan
from surveillance.kernels import auroc_spans, logit_interval


def _auroc(cells: Cells) -> Columns:
    return audited.auroc(cells) if cells.audited else _auroc_naive(cells)


def _auroc_naive(cells: Cells) -> Columns:
    value, variance, positives, negatives = auroc_spans(cells.truth, cells.score, None, cells.row_start, cells.row_stop)
    low, high = logit_interval(value, variance)
    return Columns(value, low, high, (positives + negatives).astype(np.int64), np.asarray(positives, dtype=np.int64))


def _why(n: int, events: int) -> str:
    if min(events, n - events) < 1:
        return f"needs cases of both classes, got {events} positives and {n - events} negatives"
    return (
        "every positive scored on one side of every negative, one class has a single case or patient, or no audited"
        " study has a truth yet: no interval"
    )


def _method(plan: Plan) -> str:
    if plan.truth.audit_fraction_unflagged < 1:
        return (
            "weighted by one over the sampling fraction (Begg & Greenes); interval from the limits of the share of"
            " positives that the audit stands for and of how those score (MOVER)" + AREA_REPEATS_AUDITED
        )
    return "DeLong, logit interval" + AREA_REPEATS


def _as_verified(_plan: Plan) -> str:
    return (
        "as verified, not corrected: too high or too low when only flagged studies get a truth; DeLong, logit interval"
        + AREA_REPEATS
    )


AUROC = Measure("auroc", "AUROC", "area", "performance", "score", True, "both", False, _auroc, _why, _method)
AUROC_NAIVE = Measure(
    "auroc_naive", "AUROC as verified", "area", "performance", "score", True, "both", False,
    _auroc_naive, _why, _as_verified, audited_only=True,
)  # fmt: skip
