"""AUROC over windows of weeks."""

import numpy as np

from surveillance.domain.measures.cells import Cells
from surveillance.domain.measures.measure import Columns, Measure
from surveillance.domain.plan import Plan
from surveillance.kernels import auroc_spans, logit_interval


def _auroc(cells: Cells) -> Columns:
    value, variance, positives, negatives = auroc_spans(
        cells.truth, cells.score, cells.weight, cells.row_start, cells.row_stop
    )
    low, high = logit_interval(value, variance)
    return Columns(value, low, high, (positives + negatives).astype(np.int64), np.asarray(positives, dtype=np.int64))


def _why(n: int, events: int) -> str:
    if min(events, n - events) < 1:
        return f"AUROC needs cases of both classes, got {events} positives and {n - events} negatives"
    return "every positive scored on one side of every negative, or one class has a single case: no interval"


def _method(plan: Plan) -> str:
    if plan.truth.audit_fraction_unflagged < 1:
        return "weighted by the inverse of the sampling fraction; logit interval"
    return "DeLong, logit interval"


AUROC = Measure("auroc", "AUROC", "area", "performance", "score", True, "both", False, _auroc, _why, _method)
