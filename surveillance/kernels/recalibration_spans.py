"""Logistic recalibration (Cox) of many windows that may overlap: the twins of `metrics.recalibration`.

With sampling weights the standard errors are the sandwich ones; `sampled` says that weights were given.
"""

import numpy as np
from numpy.typing import NDArray

from surveillance.kernels.compile import kernel

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@kernel
def intercept_spans(
    truth: NDArray[np.bool_],
    log_odds: FloatArray,
    weights: FloatArray,
    sampled: bool,
    start: IntArray,
    stop: IntArray,
) -> tuple[FloatArray, FloatArray]:
    """Return calibration intercept and its standard error of each span; nan where a class is absent."""
    spans = len(start)
    intercept = np.full(spans, np.nan)
    standard_error = np.full(spans, np.nan)
    for s in range(spans):
        n = stop[s] - start[s]
        m = 0
        observed = 0.0
        for i in range(start[s], stop[s]):
            m += truth[i]
            observed += weights[i] * truth[i]
        if m == 0 or m >= n:
            continue
        a = 0.0
        information = 0.0
        scores = 0.0
        for _ in range(100):
            fitted_sum = 0.0
            information = 0.0
            scores = 0.0
            for i in range(start[s], stop[s]):
                fitted = 1.0 / (1.0 + np.exp(-(a + log_odds[i])))
                fitted_sum += weights[i] * fitted
                information += weights[i] * fitted * (1.0 - fitted)
                scores += (weights[i] * (truth[i] - fitted)) ** 2
            step = min(max((observed - fitted_sum) / max(information, 1e-12), -1.0), 1.0)
            a += step
            if abs(step) < 1e-11:
                break
        intercept[s] = a
        if sampled:
            standard_error[s] = np.sqrt(scores * n / (n - 1)) / information
        else:
            standard_error[s] = 1.0 / np.sqrt(information)
    return intercept, standard_error


@kernel
def slope_spans(
    truth: NDArray[np.bool_],
    log_odds: FloatArray,
    weights: FloatArray,
    sampled: bool,
    start: IntArray,
    stop: IntArray,
) -> tuple[FloatArray, FloatArray]:
    """Return calibration slope and its standard error of each span; nan where no maximum exists."""
    spans = len(start)
    slope = np.full(spans, np.nan)
    standard_error = np.full(spans, np.nan)
    for s in range(spans):
        n = stop[s] - start[s]
        m = 0
        low1, high1, low0, high0 = np.inf, -np.inf, np.inf, -np.inf
        total = 0.0
        observed = 0.0
        size = 0.0
        for i in range(start[s], stop[s]):
            z = log_odds[i]
            total += z
            size += weights[i]
            observed += weights[i] * truth[i]
            if truth[i]:
                m += 1
                low1, high1 = min(low1, z), max(high1, z)
            else:
                low0, high0 = min(low0, z), max(high0, z)
        # The maximum exists exactly when neither class lies wholly on one side of the other.
        if m == 0 or m >= n or low1 >= high0 or low0 >= high1:
            continue
        centre = total / n
        spread = 0.0
        for i in range(start[s], stop[s]):
            spread += (log_odds[i] - centre) ** 2
        scale = np.sqrt(spread / n)
        a = np.log(observed / (size - observed))
        b = 0.0
        last_a, last_b = a, b
        best = -np.inf
        i_aa, i_ab, i_bb = 0.0, 0.0, 0.0
        taken = 0
        settled = False
        while taken < 100:
            likelihood, u_a, u_b, i_aa, i_ab, i_bb = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
            for i in range(start[s], stop[s]):
                x = (log_odds[i] - centre) / scale
                predictor = a + b * x
                fitted = 1.0 / (1.0 + np.exp(-predictor))
                residual = truth[i] - fitted
                likelihood += weights[i] * np.log1p(-abs(residual))
                weight = weights[i] * fitted * (1.0 - fitted)
                u_a += weights[i] * residual
                u_b += weights[i] * residual * x
                i_aa += weight
                i_ab += weight * x
                i_bb += weight * x * x
            if likelihood < best - 1e-9 * abs(best):
                a, b = 0.5 * (a + last_a), 0.5 * (b + last_b)  # the step overshot: half of it
                continue
            best = likelihood
            determinant = i_aa * i_bb - i_ab * i_ab
            if determinant <= 1e-9 * i_aa * i_bb:  # SINGULAR, as in metrics.recalibration
                break
            step_a = (i_bb * u_a - i_ab * u_b) / determinant
            step_b = (i_aa * u_b - i_ab * u_a) / determinant
            last_a, last_b = a, b
            a += step_a
            b += step_b
            taken += 1
            if abs(step_a) + abs(step_b) < 1e-11 * (1.0 + abs(a) + abs(b)):
                settled = True
                break
        if not settled:
            continue
        slope[s] = b / scale
        determinant = i_aa * i_bb - i_ab * i_ab
        variance = i_aa / determinant
        if sampled:
            spread = 0.0
            for i in range(start[s], stop[s]):
                x = (log_odds[i] - centre) / scale
                fitted = 1.0 / (1.0 + np.exp(-(a + b * x)))
                spread += ((i_aa * x - i_ab) / determinant * weights[i] * (truth[i] - fitted)) ** 2
            variance = spread * n / (n - 1)
        standard_error[s] = np.sqrt(variance) / scale
    return slope, standard_error
