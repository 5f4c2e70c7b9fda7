"""The ranges of a window in which patients have several studies: wider, by as much as their studies go together."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from surveillance.domain.measures import Cells, Columns
from surveillance.domain.repeat_studies import SHARES, WindowRepeats
from surveillance.kernels import auroc_repeats, wilson_interval

Floats = NDArray[np.float64]


def widened(name: str, columns: Columns, cells: Cells, repeats: WindowRepeats) -> Columns:
    """Return a measure's columns with the ranges that the repeat studies of its windows call for.

    A share gets Wilson's range on the effective number of its studies (Rao & Scott 1992), an AUROC Obuchowski's
    variance (1997). Values, counts and the ranges of windows without repeat studies stay as they are.
    """
    if name in ("auroc", "auroc_naive"):
        return _wider_area(columns, cells, weighted=cells.audited and name == "auroc")
    if name not in SHARES or not len(repeats.week):
        return columns
    n, successes = columns.n.astype(np.float64), columns.events.astype(np.float64)
    effect = repeats.design_effects(SHARES[name], successes, n)
    return _wider_share(columns, effect) if (effect > 1.0).any() else columns


def _wider_share(columns: Columns, effect: Floats) -> Columns:
    """Move the ends of a share's range as Wilson's ends move from its studies to the effective number of them.

    On the logit scale, so that a range which was carried through a sampling design is carried the same way.
    """
    moved = np.flatnonzero(effect > 1.0)
    n, hits, factor = columns.n[moved], columns.events[moved], effect[moved]
    before, after = wilson_interval(hits, n), wilson_interval(hits / factor, n / factor)
    ends = []
    for end, old, new in zip((columns.low, columns.high), before, after, strict=True):
        wider = end.copy()
        inner = (end[moved] > 0.0) & (end[moved] < 1.0) & (old > 0.0) & (old < 1.0)
        here = moved[inner]
        wider[here] = expit(logit(end[here]) + logit(new[inner]) - logit(old[inner]))
        ends.append(wider)
    return replace(columns, low=ends[0], high=ends[1])


def _wider_area(columns: Columns, cells: Cells, weighted: bool) -> Columns:
    """Scale an AUROC's range on the logit scale by the ratio of its errors with and without repeat studies."""
    assert cells.patient is not None
    again = cells.patient >= 0
    held = np.concatenate(([0], np.cumsum(again)))
    windows = np.flatnonzero(held[cells.row_stop] - held[cells.row_start] > 1)
    start, stop = cells.row_start[windows], cells.row_stop[windows]
    weight = cells.weight if weighted else None
    repeated, independent = auroc_repeats(cells.truth, cells.score, weight, cells.patient, start, stop)
    low, high = columns.low.copy(), columns.high.copy()
    value = columns.value[windows]
    for end in (low, high):
        old = end[windows]
        inner = (old > 0.0) & (old < 1.0) & (value > 0.0) & (value < 1.0) & (independent > 0.0)
        able = inner & (repeated > 0.0)
        here, middle = np.where(able, old, 0.5), np.where(able, value, 0.5)
        ratio = np.sqrt(np.where(able, repeated, 1.0) / np.where(able, independent, 1.0))
        scaled = expit(logit(middle) + ratio * (logit(here) - logit(middle)))
        end[windows] = np.where(able, scaled, np.where(inner, np.nan, old))  # one patient of a class: no range
    return replace(columns, low=low, high=high)
