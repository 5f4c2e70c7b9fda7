"""Binned calibration figures of many windows that may overlap."""

from dataclasses import dataclass
from math import exp, floor, lgamma, log, log1p

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class BinnedCalibration:
    """One entry per span; nan where there are fewer cases than bins.

    Attributes
    ----------
    error, by_chance : float arrays of shape (k,)
        The ECE, and its mean for a perfect product: `metrics.chance_calibration_error`.
    reliability, resolution : float arrays of shape (k,)
        Of the Brier score: `metrics.brier_decomposition`.
    """

    error: FloatArray
    by_chance: FloatArray
    reliability: FloatArray
    resolution: FloatArray


def ece_spans(
    truth: ArrayLike, probability: ArrayLike, start: ArrayLike, stop: ArrayLike, bins: int = 10
) -> FloatArray:
    """Return the ECE on equal-count bins of each span, equal to `metrics.expected_calibration_error`.

    Parameters
    ----------
    truth, probability, start, stop, bins
        As for `binned_calibration_spans`.

    Returns
    -------
    float array of shape (k,), nan where there are fewer cases than bins
    """
    return binned_calibration_spans(truth, probability, start, stop, bins).error


def binned_calibration_spans(
    truth: ArrayLike,
    probability: ArrayLike,
    start: ArrayLike,
    stop: ArrayLike,
    bins: int = 10,
    weight: ArrayLike | None = None,
) -> BinnedCalibration:
    """Return the calibration error on equal-count bins of each span, what chance gives, and two Brier parts.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
    start, stop : int arrays of shape (k,)
        Span i holds rows start[i] to stop[i] - 1.
    bins : int
    weight : float array of shape (n,), or None
        One over the sampling fraction.
    """
    probabilities = np.asarray(probability, dtype=np.float64)
    order = np.argsort(probabilities, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    weights = np.ones(len(order)) if weight is None else np.asarray(weight, dtype=np.float64)
    found = _spans(
        place,
        probabilities[order],
        np.ascontiguousarray(truth, dtype=np.bool_)[order],
        weights[order],
        np.ascontiguousarray(start, dtype=np.int64),
        np.ascontiguousarray(stop, dtype=np.int64),
        int(bins),
    )
    return BinnedCalibration(found[0], found[1], found[2], found[3])


@kernel
def _spans(
    place: IntArray,
    probability: FloatArray,
    truth: NDArray[np.bool_],
    weight: FloatArray,
    start: IntArray,
    stop: IntArray,
    bins: int,
) -> FloatArray:
    # Rows are named by their place in the order of probabilities, so sorting whole numbers sorts a span.
    spans = len(start)
    found = np.full((4, spans), np.nan)
    longest = 0
    for s in range(spans):
        longest = max(longest, stop[s] - start[s])
    room = np.empty(longest, np.int64)
    # Of each bin: weights, weighted probabilities, weighted positives, w p (1 - p), w^2 p (1 - p).
    sums = np.empty((5, bins))
    for s in range(spans):
        n = stop[s] - start[s]
        if n < bins or n < 1:
            continue
        block = room[:n]
        block[:] = place[start[s] : stop[s]]
        block.sort()
        sums[:] = 0.0
        first = 0
        for rank in range(n):
            at = block[rank]
            p, w = probability[at], weight[at]
            if rank > 0 and p != probability[block[rank - 1]]:
                first = rank
            b = first * bins // n
            sums[0, b] += w
            sums[1, b] += w * p
            sums[2, b] += w * truth[at]
            sums[3, b] += w * p * (1.0 - p)
            sums[4, b] += w * w * p * (1.0 - p)
        size = sums[0].sum()
        prevalence = sums[2].sum() / size
        error, chance, reliability, resolution = 0.0, 0.0, 0.0, 0.0
        for b in range(bins):
            if sums[0, b] == 0.0:
                continue
            gap = sums[1, b] - sums[2, b]
            error += abs(gap)
            reliability += gap * gap / sums[0, b]
            resolution += sums[0, b] * (sums[2, b] / sums[0, b] - prevalence) ** 2
            if sums[4, b] > 0.0:
                # De Moivre's mean deviation of the binomial of the same mean and variance.
                step = sums[4, b] / sums[3, b]
                rare = min(sums[1, b], sums[0, b] - sums[1, b]) / step
                share = min(max(1.0 - sums[4, b] / step**2 / rare, 1e-12), 1.0 - 1e-12)
                trials = rare / share
                k = floor(rare) + 1.0
                left = max(trials - k, 0.0)
                ways = lgamma(trials + 1.0) - lgamma(k + 1.0) - lgamma(left + 1.0)
                chance += step * 2.0 * k * (1.0 - share) * exp(ways + k * log(share) + left * log1p(-share))
        found[0, s], found[1, s] = error / size, chance / size
        found[2, s], found[3, s] = reliability / size, resolution / size
    return found
