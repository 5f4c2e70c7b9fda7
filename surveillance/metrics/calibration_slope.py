"""Calibration slope: are the probabilities too extreme or too timid."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.estimate import Estimate, wald_interval
from surveillance.metrics.log_odds import log_odds, moved
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.recalibration import fit_slope

METHOD = "slope of logit(truth) = a + b logit p, maximum likelihood; Wald interval"


def calibration_slope(truth: Flags, probability: Scores, *, confidence: float = 0.95) -> Estimate:
    """Estimate whether probabilities are too extreme (below 1) or too timid (above 1).

    The slope of a logistic regression of the truth on the log-odds of the probability.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
        Exactly 0 or 1 is moved by 1e-6; the method says how many were.

    Raises
    ------
    NotEstimable
        If a class is absent, all probabilities are one, or the classes are perfectly separated.

    Examples
    --------
    >>> truth, probability = np.array([1, 0, 1, 0, 0, 1]), np.array([0.6, 0.2, 0.3, 0.4, 0.1, 0.5])
    >>> round(calibration_slope(truth, probability).value, 2)
    2.61

    References
    ----------
    Cox (1958) Two further applications of a model for binary regression. Biometrika 45, 562-565.
    Albert & Anderson (1984) On the existence of maximum likelihood estimates in logistic regression
    models. Biometrika 71, 1-10.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    if len(flags) == 0:
        raise NotEstimable("Calibration slope needs cases of both classes, got 0 and 0")
    _, value, standard_error = fit_slope(flags, log_odds(probabilities))
    interval = wald_interval(value, standard_error, confidence)
    method = METHOD + moved(probabilities)
    return Estimate(value, interval, standard_error, len(flags), int(np.sum(flags)), method)


CALIBRATION_SLOPE = Metric(
    "calibration_slope",
    "Calibration slope",
    Better.TARGET,
    (float("-inf"), float("inf")),
    calibration_slope,
    takes=("truth", "probability"),
    ideal=1.0,
)
