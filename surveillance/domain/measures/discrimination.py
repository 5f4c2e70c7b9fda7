"""AUROC over windows of weeks."""

import numpy as np

from surveillance.domain.measures.cells import Cells
from surveillance.domain.measures.measure import Columns, Measure
from surveillance.domain.plan import Plan
from surveillance.kernels import auroc_spans, logit_interval

ROUNDING = 1e-12  # half a pair of 100 000 x 100 000 is 5e-11: nothing smaller is a real distance from 0 or 1


def _auroc(cells: Cells) -> Columns:
    value, variance, positives, negatives = auroc_spans(
        cells.truth, cells.score, cells.weight, cells.row_start, cells.row_stop
    )
    # Sampling weights leave a rounding error: a perfect AUROC just short of 1 would be given a range of no width.
    perfect = np.abs(value - np.round(value)) < ROUNDING
    value = np.where(perfect, np.round(value), value)
    low, high = logit_interval(value, variance)
    return Columns(value, low, high, (positives + negatives).astype(np.int64), np.asarray(positives, dtype=np.int64))


def _why(n: int, events: int) -> str:
    if min(events, n - events) < 1:
        return f"needs cases of both classes, got {events} positives and {n - events} negatives"
    return "every positive scored on one side of every negative, or one class has a single case: no interval"


def _method(plan: Plan) -> str:
    if plan.truth.audit_fraction_unflagged < 1:
        return "weighted by the inverse of the sampling fraction; logit interval"
    return "DeLong, logit interval"


AUROC = Measure("auroc", "AUROC", "area", "performance", "score", True, "both", False, _auroc, _why, _method)
