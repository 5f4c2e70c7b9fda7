"""Reliability curve: promised against observed frequency, bin by bin, with counts."""

from dataclasses import dataclass

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import (
    Flags,
    FloatArray,
    IntArray,
    Scores,
    as_flags,
    as_probabilities,
    require_same_length,
)
from surveillance.metrics.equal_count_bins import equal_count_bins
from surveillance.metrics.proportion import wilson


@dataclass(frozen=True, slots=True, eq=False)
class ReliabilityCurve:
    """One entry per bin that holds a case, lowest probabilities first.

    Attributes
    ----------
    mean_predicted, observed : float arrays of shape (bins,)
        Mean probability, and share of confirmed positives.
    low, high : float arrays of shape (bins,)
        Wilson interval of the observed share.
    n, positives : int arrays of shape (bins,)
    method : str
    """

    mean_predicted: FloatArray
    observed: FloatArray
    low: FloatArray
    high: FloatArray
    n: IntArray
    positives: IntArray
    method: str


def reliability_curve(
    truth: Flags,
    probability: Scores,
    *,
    bins: int = 10,
    edges: tuple[float, ...] = (),
    confidence: float = 0.95,
) -> ReliabilityCurve:
    """Return how often the finding was there, for cases the AI gave about the same probability.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
    bins : int
        Bins of equal count; equal probabilities share a bin, and empty bins are left out.
    edges : tuple of float
        Inner edges of fixed bins instead, ascending: where most probabilities are small, bins of equal
        count would leave the upper half of the scale to one point.

    Raises
    ------
    NotEstimable
        If there are fewer cases than bins.

    Examples
    --------
    >>> curve = reliability_curve(np.array([0, 0, 1, 1]), np.array([0.1, 0.3, 0.6, 0.8]), bins=2)
    >>> curve.mean_predicted.round(2).tolist(), curve.observed.tolist(), curve.n.tolist()
    ([0.2, 0.7], [0.0, 1.0], [2, 2])
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    if len(flags) < bins:
        raise NotEstimable(f"A reliability curve of {bins} bins needs at least {bins} cases, got {len(flags)}")
    if edges:
        bins = len(edges) + 1
        where = np.searchsorted(np.asarray(edges), probabilities, side="right")
    else:
        where = equal_count_bins(probabilities, bins)
    n = np.bincount(where, minlength=bins)
    filled = n > 0
    promised = np.bincount(where, probabilities, bins)[filled]
    positives = np.bincount(where[flags], minlength=bins)[filled]
    counts = n[filled]
    low, high = wilson(positives, counts, confidence)
    if edges:
        method = f"bins at {', '.join(f'{edge:g}' for edge in edges)}; Wilson score intervals"
    else:
        method = f"{bins} bins of equal count, equal probabilities in one bin; Wilson score intervals"
    return ReliabilityCurve(promised / counts, positives / counts, low, high, counts, positives, method)
