"""The logistic recalibration fits behind calibration intercept and slope."""

from math import sqrt

import numpy as np
from scipy.special import expit

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import BoolArray, FloatArray

STEPS = 100
CLOSE = 1e-11
SINGULAR = 1e-9  # below it the information rests on cases of one probability: rounding, not data


def fit_intercept(truth: BoolArray, offset: FloatArray) -> tuple[float, float]:
    """Fit logit P(truth) = a + offset by maximum likelihood; return a and its standard error.

    Newton's method on a concave likelihood in one unknown; steps are held to 1 in log-odds so
    that a start far away cannot overshoot.

    Raises
    ------
    NotEstimable
        If only one class is present: the fit would run off to infinity.
    """
    positives, n = int(truth.sum()), len(truth)
    if positives in (0, n):
        raise NotEstimable(f"Calibration intercept needs cases of both classes, got {positives} and {n - positives}")
    intercept = 0.0
    for _ in range(STEPS):
        fitted = expit(intercept + offset)
        information = float(np.sum(fitted * (1.0 - fitted)))
        step = float(np.clip((positives - np.sum(fitted)) / max(information, 1e-12), -1.0, 1.0))
        intercept += step
        if abs(step) < CLOSE:
            break
    fitted = expit(intercept + offset)
    return intercept, 1.0 / sqrt(float(np.sum(fitted * (1.0 - fitted))))


def fit_slope(truth: BoolArray, covariate: FloatArray) -> tuple[float, float, float]:
    """Fit logit P(truth) = a + b * covariate; return a, b and the standard error of b.

    With one covariate the maximum exists exactly when neither class lies wholly on one side of
    the other (Albert & Anderson 1984), which is checked first; then Newton's method with halving.

    Raises
    ------
    NotEstimable
        If a class is absent, the covariate is constant, or the classes are perfectly separated (or so
        nearly that a hundred steps do not reach the maximum).
    """
    positives, n = int(truth.sum()), len(truth)
    if positives in (0, n):
        raise NotEstimable(f"Calibration slope needs cases of both classes, got {positives} and {n - positives}")
    sick, well = covariate[truth], covariate[~truth]
    if covariate.min() == covariate.max():
        raise NotEstimable(f"Calibration slope needs probabilities that differ, got one value in {n} cases")
    if sick.min() >= well.max() or well.min() >= sick.max():
        raise NotEstimable(
            f"Calibration slope needs classes that overlap, got perfect separation of {positives} and {n - positives}"
        )
    nearly_separated = NotEstimable(
        "Calibration slope needs classes that overlap, "
        f"got all but perfect separation of {positives} and {n - positives}"
    )
    centre, scale = float(covariate.mean()), float(covariate.std())
    x = (covariate - centre) / scale
    a, b = float(np.log(positives / (n - positives))), 0.0
    best = _log_likelihood(truth, a + b * x)
    for _ in range(STEPS):
        fitted = expit(a + b * x)
        weight, residual = fitted * (1.0 - fitted), truth - fitted
        i_aa, i_ab, i_bb = float(weight.sum()), float(weight @ x), float(weight @ (x * x))
        u_a, u_b = float(residual.sum()), float(residual @ x)
        determinant = i_aa * i_bb - i_ab * i_ab
        if determinant <= SINGULAR * i_aa * i_bb:
            raise nearly_separated
        step_a = (i_bb * u_a - i_ab * u_b) / determinant
        step_b = (i_aa * u_b - i_ab * u_a) / determinant
        reached = _log_likelihood(truth, a + step_a + (b + step_b) * x)
        while reached < best - 1e-9 * abs(best):
            step_a, step_b = step_a / 2.0, step_b / 2.0
            reached = _log_likelihood(truth, a + step_a + (b + step_b) * x)
        a, b, best = a + step_a, b + step_b, reached
        if abs(step_a) + abs(step_b) < CLOSE:
            break
    else:
        raise nearly_separated
    fitted = expit(a + b * x)
    weight = fitted * (1.0 - fitted)
    i_aa, i_ab, i_bb = float(weight.sum()), float(weight @ x), float(weight @ (x * x))
    standard_error = sqrt(i_aa / (i_aa * i_bb - i_ab * i_ab)) / scale
    return a - b * centre / scale, b / scale, standard_error


def _log_likelihood(truth: BoolArray, predictor: FloatArray) -> float:
    """Return the Bernoulli log-likelihood of a linear predictor."""
    return float(np.sum(np.where(truth, predictor, 0.0) - np.logaddexp(0.0, predictor)))
