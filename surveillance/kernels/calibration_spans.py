"""Calibration figures of many windows that may overlap."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from surveillance.kernels.compile import kernel
from surveillance.kernels.recalibration_spans import intercept_spans, slope_spans

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
EDGE = 1e-6  # as in metrics.log_odds


@dataclass(frozen=True, slots=True, eq=False)
class CalibrationSpans:
    """One entry per span; floats are nan where absent.

    Attributes
    ----------
    n, positives : int arrays of shape (k,)
        Verified cases, not weights.
    observed, observed_squares, heaviest : float arrays of shape (k,)
        Sum of the positives' weights, of their squares, and the largest weight of any case.
    expected : float array of shape (k,)
        Weighted sum of the probabilities.
    squared_error, squared_error_squares : float arrays of shape (k,)
        Sum of (y - p)^2 and of its squares, unweighted.
    spiegelhalter : float array of shape (k,)
        As `metrics.spiegelhalter` defines it, unweighted.
    brier, brier_standard_error : float arrays of shape (k,)
    intercept, intercept_standard_error, slope, slope_standard_error : float arrays of shape (k,)
        As `metrics.calibration_intercept` and `metrics.calibration_slope` define them.
    """

    n: IntArray
    positives: IntArray
    observed: FloatArray
    observed_squares: FloatArray
    heaviest: FloatArray
    expected: FloatArray
    squared_error: FloatArray
    squared_error_squares: FloatArray
    spiegelhalter: FloatArray
    brier: FloatArray
    brier_standard_error: FloatArray
    intercept: FloatArray
    intercept_standard_error: FloatArray
    slope: FloatArray
    slope_standard_error: FloatArray


def calibration_spans(
    truth: ArrayLike, probability: ArrayLike, start: ArrayLike, stop: ArrayLike, weight: ArrayLike | None = None
) -> CalibrationSpans:
    """Return sums, Brier score, Spiegelhalter's z, calibration intercept and slope of each span of rows.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
        No nan; exactly 0 or 1 is moved by 1e-6 for intercept and slope.
    start, stop : int arrays of shape (k,)
        Span i holds rows start[i] to stop[i] - 1.
    weight : float array of shape (n,), or None
        One over the sampling fraction; with it standard errors are the sandwich ones.
    """
    flags = np.ascontiguousarray(truth, dtype=np.bool_)
    probabilities = np.ascontiguousarray(probability, dtype=np.float64)
    weights = np.ones(len(flags)) if weight is None else np.ascontiguousarray(weight, dtype=np.float64)
    first = np.ascontiguousarray(start, dtype=np.int64)
    last = np.ascontiguousarray(stop, dtype=np.int64)
    cases, sums = _sums(flags, probabilities, weights, first, last)
    inside = np.clip(probabilities, EDGE, 1.0 - EDGE)
    log_odds = np.log(inside) - np.log1p(-inside)
    sampled = weight is not None
    intercept, intercept_error = intercept_spans(flags, log_odds, weights, sampled, first, last)
    slope, slope_error = slope_spans(flags, log_odds, weights, sampled, first, last)
    return CalibrationSpans(
        n=cases[0],
        positives=cases[1],
        observed=sums[0],
        observed_squares=sums[1],
        heaviest=sums[2],
        expected=sums[3],
        squared_error=sums[4],
        squared_error_squares=sums[5],
        spiegelhalter=sums[6],
        brier=sums[7],
        brier_standard_error=sums[8],
        intercept=intercept,
        intercept_standard_error=intercept_error,
        slope=slope,
        slope_standard_error=slope_error,
    )


@kernel
def _sums(
    truth: NDArray[np.bool_], probability: FloatArray, weight: FloatArray, start: IntArray, stop: IntArray
) -> tuple[IntArray, FloatArray]:
    spans = len(start)
    cases = np.zeros((2, spans), np.int64)
    sums = np.zeros((9, spans))
    sums[6:] = np.nan  # Spiegelhalter's z, Brier score and its standard error
    for s in range(spans):
        n = max(stop[s] - start[s], 0)
        cases[0, s] = n
        size, weighted_error, tilted, variance = 0.0, 0.0, 0.0, 0.0
        for i in range(start[s], stop[s]):
            w, p = weight[i], probability[i]
            if truth[i]:
                cases[1, s] += 1
                sums[0, s] += w
                sums[1, s] += w * w
            sums[2, s] = max(sums[2, s], w)
            sums[3, s] += w * p
            error = (truth[i] - p) ** 2
            sums[4, s] += error
            sums[5, s] += error * error
            size += w
            weighted_error += w * error
            tilted += (truth[i] - p) * (1.0 - 2.0 * p)
            variance += (1.0 - 2.0 * p) ** 2 * p * (1.0 - p)
        if n == 0:
            continue
        if variance > 0.0:
            sums[6, s] = tilted / np.sqrt(variance)
        mean = weighted_error / size
        sums[7, s] = mean
        if n < 2:
            continue
        spread = 0.0
        for i in range(start[s], stop[s]):
            spread += (weight[i] * ((truth[i] - probability[i]) ** 2 - mean)) ** 2
        sums[8, s] = np.sqrt(spread * n / (n - 1)) / size
    return cases, sums
