"""Figures of windows whose unflagged studies were verified by an audit: each study counts one over its fraction."""

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.measures.cells import Cells
from surveillance.domain.measures.measure import Columns
from surveillance.kernels import auroc_strata, logit_interval
from surveillance.metrics import (
    PositiveGroup,
    WeightedCount,
    audited_auroc_interval,
    combined_share,
    share_of_first,
)

Floats = NDArray[np.float64]
CONFIDENCE = 0.95
ROUNDING = 1e-12  # half a pair of 100 000 x 100 000 is 5e-11: nothing smaller is a real distance from 0 or 1


def certain(cells: Cells, count: str) -> WeightedCount:
    """Return flagged studies of one class, each of which is verified."""
    total = cells.total(count)
    return WeightedCount(total, total, np.ones(len(total)))


def audited(cells: Cells, count: str) -> WeightedCount:
    """Return audited unflagged studies of one class; the weight of one more is that of all audited in the window."""
    names = ("missed", "true_negatives")
    total, squares = (np.add(*(cells.total(f"{name}_{of}") for name in names)) for of in ("weighted", "squares"))
    there = np.add(*(cells.total(name) for name in names)) > 0
    typical = np.full(len(cells), 1.0 / cells.audit_fraction)
    np.divide(squares, total, out=typical, where=there)
    some = cells.total(count) > 0  # sums of weights keep a rounding error after corrections; counts do not
    return WeightedCount(
        np.where(some, cells.total(f"{count}_weighted"), 0.0),
        np.where(some, cells.total(f"{count}_squares"), 0.0),
        typical,
    )


def sensitivity(cells: Cells) -> Columns:
    """Return the weighted share of positives that the AI flagged."""
    ends = share_of_first(certain(cells, "true_flags"), audited(cells, "missed"), CONFIDENCE)
    return _columns(cells, ends, "true_flags", "missed")


def specificity(cells: Cells) -> Columns:
    """Return the weighted share of negatives that the AI did not flag."""
    ends = share_of_first(audited(cells, "true_negatives"), certain(cells, "false_flags"), CONFIDENCE)
    return _columns(cells, ends, "true_negatives", "false_flags")


def negative_predictive_value(cells: Cells) -> Columns:
    """Return the weighted share of unflagged studies that are negative: the audited are a sample of them."""
    ends = share_of_first(audited(cells, "true_negatives"), audited(cells, "missed"), CONFIDENCE)
    return _columns(cells, ends, "true_negatives", "missed")


def prevalence(cells: Cells) -> Columns:
    """Return the weighted share of positives; nan where no unflagged study was verified: flagged ones tell too much."""
    found, clear = audited(cells, "missed"), audited(cells, "true_negatives")
    ends = combined_share(certain(cells, "true_flags"), certain(cells, "false_flags"), found, clear, CONFIDENCE)
    positives = cells.total("true_flags") + cells.total("missed")
    negatives = cells.total("false_flags") + cells.total("true_negatives")
    value, low, high = (np.where(found.total + clear.total > 0, end, np.nan) for end in ends)
    return Columns(value, low, high, (positives + negatives).astype(np.int64), positives.astype(np.int64))


def auroc(cells: Cells) -> Columns:
    """Return the weighted AUROC; without an interval where no unflagged study has a truth to tell of the rest."""
    parts = auroc_strata(cells.truth, cells.score, cells.weight, cells.row_start, cells.row_stop)
    area = parts["area"]
    # Sampling weights leave a rounding error: a perfect AUROC just short of 1 would be given a range of no width.
    perfect = np.abs(area - np.round(area)) < ROUNDING
    area = np.where(perfect, np.round(area), area)
    sampled, n = parts["sampled_weight"], (cells.row_stop - cells.row_start).astype(np.int64)
    typical = np.divide(parts["sampled_squares"], sampled, out=np.ones(len(area)), where=sampled > 0)
    one, other = _group(parts, "certain", np.ones(len(area))), _group(parts, "found", typical)
    positives = one.cases + other.cases
    mixed = (parts["sampled_cases"] > 0) & (parts["sampled_cases"] < n)
    alike = np.where(one.cases > 0, one.variance, other.variance) + parts["negatives_variance"]
    two_strata = audited_auroc_interval(area, parts["negatives_variance"], one, other, CONFIDENCE)
    ends = [np.where(mixed, *end) for end in zip(two_strata, logit_interval(area, alike), strict=True)]
    spread = np.nan_to_num(one.variance) + np.nan_to_num(other.variance) + parts["negatives_variance"]
    unflagged = cells.total("missed") + cells.total("true_negatives")
    able = (unflagged > 0) & (positives > 1) & (spread > ROUNDING**2)
    low, high = (np.where(able, end, np.nan) for end in ends)
    return Columns(area, low, high, n, positives.astype(np.int64))


def _group(parts: dict[str, Floats], name: str, typical: Floats) -> PositiveGroup:
    count = WeightedCount(parts[f"{name}_total"], parts[f"{name}_squares"], typical)
    return PositiveGroup(count, parts[f"{name}_cases"], parts[f"{name}_area"], parts[f"{name}_variance"])


def _columns(cells: Cells, ends: tuple[Floats, Floats, Floats], successes: str, others: str) -> Columns:
    events = cells.total(successes)
    return Columns(*ends, (events + cells.total(others)).astype(np.int64), events.astype(np.int64))
