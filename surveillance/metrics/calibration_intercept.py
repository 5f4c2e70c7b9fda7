"""Calibration intercept (in the large): are the probabilities too low or too high on the whole."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.estimate import Estimate, wald_interval
from surveillance.metrics.log_odds import log_odds, moved
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.recalibration import fit_intercept
from surveillance.metrics.sampling_weights import as_weights
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION

METHOD = "intercept of logit(truth) = a + offset(logit p), maximum likelihood; Wald interval"
WEIGHTED = (
    "intercept of logit(truth) = a + offset(logit p), each case weighted by one over its sampling fraction; "
    "Wald interval with the sandwich variance"
)


def calibration_intercept(
    truth: Flags, probability: Scores, *, weight: Scores | None = None, confidence: float = 0.95
) -> Estimate:
    """Estimate by how much, in log-odds, the probabilities are too low (above 0) or too high (below 0).

    The slope is held at 1 (offset model). The intercept of the *slope* model is another number and
    not calibration in the large.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
        Exactly 0 or 1 is moved by 1e-6; the method says how many were.
    weight : float array of shape (n,), optional
        One over the sampling fraction of each verified case; without it all cases were verified.

    Raises
    ------
    NotEstimable
        If a class is absent.

    Examples
    --------
    >>> truth, probability = np.array([1, 0, 1, 0, 0, 1]), np.array([0.6, 0.2, 0.3, 0.4, 0.1, 0.5])
    >>> calibration_intercept(truth, probability)
    Estimate(value=0.72, low=-1.02, high=2.46, n=6, positives=3)

    Notes
    -----
    Assumes: cases are independent, and every case or a random sample with known fractions is verified. Simulated
    (1,000 runs a cell): with an audit that found 16 or 8 positives on average 95 % intervals covered .94, 6 .95, 3 .91,
    2 .85.
    Not for: saying that the AI has changed, since it moves with prevalence; nor for the shape of a
    miscalibration, which the slope and the curve show.
    Departs from the published rule: in nothing.

    References
    ----------
    Cox (1958) Two further applications of a model for binary regression. Biometrika 45, 562-565.
    Van Calster et al. (2016) A calibration hierarchy for risk models. J Clin Epidemiol 74, 167-176.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    if len(flags) == 0:
        raise NotEstimable("Calibration intercept needs cases of both classes, got 0 and 0")
    weights = None if weight is None else as_weights(weight, len(flags))
    value, standard_error = fit_intercept(flags, log_odds(probabilities), weights)
    interval = wald_interval(value, standard_error, confidence)
    method = (METHOD if weight is None else WEIGHTED) + moved(probabilities)
    return Estimate(value, interval, standard_error, len(flags), int(np.sum(flags)), method)


CALIBRATION_INTERCEPT = Metric(
    "calibration_intercept",
    "Calibration intercept",
    Better.TARGET,
    (float("-inf"), float("inf")),
    calibration_intercept,
    takes=("truth", "probability"),
    ideal=0.0,
)
