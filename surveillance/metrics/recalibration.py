"""The logistic recalibration fits behind calibration intercept and slope."""

from math import sqrt

import numpy as np
from scipy.special import expit

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import BoolArray, FloatArray

STEPS = 100
CLOSE = 1e-11
SINGULAR = 1e-9  # below it the information rests on cases of one probability: rounding, not data


def fit_intercept(truth: BoolArray, offset: FloatArray, weight: FloatArray | None = None) -> tuple[float, float]:
    """Fit logit P(truth) = a + offset by maximum likelihood; return a and its standard error.

    Newton's method on a concave likelihood in one unknown; steps are held to 1 in log-odds so
    that a start far away cannot overshoot. With sampling weights the standard error is the sandwich
    one (Binder 1983), with n / (n - 1).

    Raises
    ------
    NotEstimable
        If only one class is present: the fit would run off to infinity.
    """
    positives, n = int(truth.sum()), len(truth)
    if positives in (0, n):
        raise NotEstimable(f"Calibration intercept needs cases of both classes, got {positives} and {n - positives}")
    weights = np.ones(n) if weight is None else weight
    observed, intercept = float(weights @ truth), 0.0
    for _ in range(STEPS):
        fitted = expit(intercept + offset)
        information = float(weights @ (fitted * (1.0 - fitted)))
        step = float(np.clip((observed - float(weights @ fitted)) / max(information, 1e-12), -1.0, 1.0))
        intercept += step
        if abs(step) < CLOSE:
            break
    fitted = expit(intercept + offset)
    information = float(weights @ (fitted * (1.0 - fitted)))
    if weight is None:
        return intercept, 1.0 / sqrt(information)
    scores = float(np.sum((weights * (truth - fitted)) ** 2))
    return intercept, sqrt(scores * n / (n - 1)) / information


def fit_slope(truth: BoolArray, covariate: FloatArray, weight: FloatArray | None = None) -> tuple[float, float, float]:
    """Fit logit P(truth) = a + b * covariate; return a, b and the standard error of b.

    With one covariate the maximum exists exactly when neither class lies wholly on one side of
    the other (Albert & Anderson 1984), which is checked first; then Newton's method with halving.
    With sampling weights the standard error is the sandwich one (Binder 1983), with n / (n - 1).

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
    weights = np.ones(n) if weight is None else weight
    centre, scale = float(covariate.mean()), float(covariate.std())
    x = (covariate - centre) / scale
    observed = float(weights @ truth)
    a, b = float(np.log(observed / (float(weights.sum()) - observed))), 0.0
    best = log_likelihood(truth, a + b * x, weights)
    for _ in range(STEPS):
        fitted = expit(a + b * x)
        residual = weights * (truth - fitted)
        i_aa, i_ab, i_bb = _information(weights * fitted * (1.0 - fitted), x)
        u_a, u_b = float(residual.sum()), float(residual @ x)
        determinant = i_aa * i_bb - i_ab * i_ab
        if determinant <= SINGULAR * i_aa * i_bb:
            raise nearly_separated
        step_a = (i_bb * u_a - i_ab * u_b) / determinant
        step_b = (i_aa * u_b - i_ab * u_a) / determinant
        reached = log_likelihood(truth, a + step_a + (b + step_b) * x, weights)
        while reached < best - 1e-9 * abs(best):
            step_a, step_b = step_a / 2.0, step_b / 2.0
            reached = log_likelihood(truth, a + step_a + (b + step_b) * x, weights)
        a, b, best = a + step_a, b + step_b, reached
        if abs(step_a) + abs(step_b) < CLOSE * (1.0 + abs(a) + abs(b)):  # near separation the fit itself is large
            break
    else:
        raise nearly_separated
    fitted = expit(a + b * x)
    i_aa, i_ab, i_bb = _information(weights * fitted * (1.0 - fitted), x)
    determinant = i_aa * i_bb - i_ab * i_ab
    if weight is None:
        variance = i_aa / determinant
    else:
        # The slope's row of the inverse information, times each case's score, squared and summed.
        influence = (i_aa * x - i_ab) / determinant * weights * (truth - fitted)
        variance = float(influence @ influence) * n / (n - 1)
    return a - b * centre / scale, b / scale, sqrt(variance) / scale


def log_likelihood(truth: BoolArray, predictor: FloatArray, weights: FloatArray) -> float:
    """Return the weighted Bernoulli log-likelihood of a linear predictor.

    >>> round(log_likelihood(np.array([True, False]), np.zeros(2), np.ones(2)), 4)
    -1.3863
    """
    return float(weights @ (np.where(truth, predictor, 0.0) - np.logaddexp(0.0, predictor)))


def _information(weight: FloatArray, x: FloatArray) -> tuple[float, float, float]:
    """Return the sums of a weight, of it times x, and of it times x squared."""
    return float(weight.sum()), float(weight @ x), float(weight @ (x * x))
