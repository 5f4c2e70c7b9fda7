"""Reliability curve: promised against observed frequency, bin by bin, with counts."""

from dataclasses import dataclass

import numpy as np

from surveillance.metrics.arrays import (
    Flags,
    FloatArray,
    IntArray,
    Scores,
    as_flags,
    as_probabilities,
    require_same_length,
)
from surveillance.metrics.calibration_bins import calibration_bins
from surveillance.metrics.proportion import wilson
from surveillance.metrics.sampling_weights import as_weights
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION


@dataclass(frozen=True, slots=True, eq=False)
class ReliabilityCurve:
    """One entry per bin that holds a case, lowest probabilities first.

    Attributes
    ----------
    mean_predicted, observed : float arrays of shape (bins,)
        Mean probability, and share of confirmed positives.
    low, high : float arrays of shape (bins,)
        Wilson interval of the observed share; with weights, at Kish's effective count.
    n, positives : int arrays of shape (bins,)
        Verified cases, not weights.
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
    weight: Scores | None = None,
    confidence: float = 0.95,
) -> ReliabilityCurve:
    """Return how often the finding was there, for cases the AI gave about the same probability.

    Cases are put into bins by their probability; each bin has its mean probability, its share of
    positives with Wilson's interval, and its counts. The intervals joined are the band of the diagram.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
    bins : int
        Bins of equal count; equal probabilities share a bin, and empty bins are left out.
    edges : tuple of float
        Inner edges of fixed bins instead, ascending: where most probabilities are small, bins of equal
        count would leave the upper half of the scale to one point.
    weight : float array of shape (n,), optional
        One over the sampling fraction of each verified case; without it all cases were verified.

    Raises
    ------
    NotEstimable
        If there are fewer cases than bins.

    Examples
    --------
    >>> curve = reliability_curve(np.array([0, 0, 1, 1]), np.array([0.1, 0.3, 0.6, 0.8]), bins=2)
    >>> curve.mean_predicted.round(2).tolist(), curve.observed.tolist(), curve.n.tolist()
    ([0.2, 0.7], [0.0, 1.0], [2, 2])

    Notes
    -----
    Assumes: cases are independent, and frequency changes little within a bin.
    Not for: a verdict from one bin: of ten perfect bins four in ten samples have one whose interval misses
    the diagonal.
    Departs from the published rule: in nothing.

    References
    ----------
    Broecker & Smith (2007) Increasing the reliability of reliability diagrams. Weather and Forecasting
    22, 651-661.
    Korn & Graubard (1998) Confidence intervals for proportions with small expected number of positive
    counts estimated from survey data. Survey Methodology 24, 193-201.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    where, bins, words = calibration_bins(probabilities, bins, edges, "A reliability curve")
    weights = as_weights(weight, len(flags))
    n = np.bincount(where, minlength=bins)
    filled = n > 0
    size = np.bincount(where, weights, bins)[filled]
    observed = np.bincount(where, weights * flags, bins)[filled] / size
    effective = size**2 / np.bincount(where, weights**2, bins)[filled]
    low, high = wilson(np.clip(observed, 0.0, 1.0) * effective, effective, confidence)
    return ReliabilityCurve(
        np.bincount(where, weights * probabilities, bins)[filled] / size,
        observed,
        low,
        high,
        n[filled],
        np.bincount(where[flags], minlength=bins)[filled],
        f"{words}; Wilson score intervals"
        + (
            "" if weight is None else " at Kish's effective count, each case weighted by one over its sampling fraction"
        ),
    )
