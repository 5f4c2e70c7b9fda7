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
    expected : float array of shape (k,)
        Sum of the probabilities.
    squared_error, squared_error_squares : float arrays of shape (k,)
        Sum of (y - p)^2 and of its squares.
    brier, brier_standard_error : float arrays of shape (k,)
    intercept, intercept_standard_error, slope, slope_standard_error : float arrays of shape (k,)
        As `metrics.calibration_intercept` and `metrics.calibration_slope` define them.
    """

    n: IntArray
    positives: IntArray
    expected: FloatArray
    squared_error: FloatArray
    squared_error_squares: FloatArray
    brier: FloatArray
    brier_standard_error: FloatArray
    intercept: FloatArray
    intercept_standard_error: FloatArray
    slope: FloatArray
    slope_standard_error: FloatArray


def calibration_spans(truth: ArrayLike, probability: ArrayLike, start: ArrayLike, stop: ArrayLike) -> CalibrationSpans:
    """Return sums, Brier score, calibration intercept and slope of each span of rows.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
        No nan; exactly 0 or 1 is moved by 1e-6 for intercept and slope.
    start, stop : int arrays of shape (k,)
        Span i holds rows start[i] to stop[i] - 1.
    """
    flags = np.ascontiguousarray(truth, dtype=np.bool_)
    probabilities = np.ascontiguousarray(probability, dtype=np.float64)
    first = np.ascontiguousarray(start, dtype=np.int64)
    last = np.ascontiguousarray(stop, dtype=np.int64)
    n, positives, expected, errors, squares, brier, brier_error = _sums(flags, probabilities, first, last)
    inside = np.clip(probabilities, EDGE, 1.0 - EDGE)
    log_odds = np.log(inside) - np.log1p(-inside)
    intercept, intercept_error = intercept_spans(flags, log_odds, first, last)
    slope, slope_error = slope_spans(flags, log_odds, first, last)
    return CalibrationSpans(
        n,
        positives,
        expected,
        errors,
        squares,
        brier,
        brier_error,
        intercept,
        intercept_error,
        slope,
        slope_error,
    )


@kernel
def _sums(
    truth: NDArray[np.bool_], probability: FloatArray, start: IntArray, stop: IntArray
) -> tuple[IntArray, IntArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    spans = len(start)
    cases = np.zeros(spans, np.int64)
    positives = np.zeros(spans, np.int64)
    expected = np.zeros(spans)
    errors = np.zeros(spans)
    squares = np.zeros(spans)
    brier = np.full(spans, np.nan)
    standard_error = np.full(spans, np.nan)
    for s in range(spans):
        n = max(stop[s] - start[s], 0)
        cases[s] = n
        for i in range(start[s], stop[s]):
            positives[s] += truth[i]
            expected[s] += probability[i]
            error = (truth[i] - probability[i]) ** 2
            errors[s] += error
            squares[s] += error * error
        if n == 0:
            continue
        mean = errors[s] / n
        brier[s] = mean
        if n < 2:
            continue
        spread = 0.0
        for i in range(start[s], stop[s]):
            spread += ((truth[i] - probability[i]) ** 2 - mean) ** 2
        standard_error[s] = np.sqrt(spread / (n - 1) / n)
    return cases, positives, expected, errors, squares, brier, standard_error
