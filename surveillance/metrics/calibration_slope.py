"""Calibration slope: are the probabilities too extreme or too timid."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.estimate import Estimate, wald_interval
from surveillance.metrics.log_odds import log_odds, moved
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.recalibration import fit_slope
from surveillance.metrics.sampling_weights import as_weights
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION

METHOD = "slope of logit(truth) = a + b logit p, maximum likelihood; Wald interval"
WEIGHTED = (
    "slope of logit(truth) = a + b logit p, each case weighted by one over its sampling fraction; "
    "Wald interval with the sandwich variance"
)


def calibration_slope(
    truth: Flags, probability: Scores, *, weight: Scores | None = None, confidence: float = 0.95
) -> Estimate:
    """Estimate whether probabilities are too extreme (below 1) or too timid (above 1).

    The slope of a logistic regression of the truth on the log-odds of the probability.

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
        If a class is absent, all probabilities are one, or the classes are perfectly separated.

    Examples
    --------
    >>> truth, probability = np.array([1, 0, 1, 0, 0, 1]), np.array([0.6, 0.2, 0.3, 0.4, 0.1, 0.5])
    >>> round(calibration_slope(truth, probability).value, 2)
    2.61

    Notes
    -----
    Assumes: cases are independent, and the truth follows a straight line in the log-odds of the probability. Simulated
    (1,000 runs a cell): with an audit that found 16 or 8 positives on average 95 % intervals covered .93, 6 .91, 3 .83,
    2 .78, and lay too high.
    Not for: fewer than about 100 positives and 100 negatives (a judgement, not a derivation), or bends in
    the curve, which a straight line averages away.
    Departs from the published rule: probabilities of exactly 0 and 1 are moved by 1e-6 because their
    log-odds are infinite; a score printed as 0.000 means very small, not impossible.

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
    weights = None if weight is None else as_weights(weight, len(flags))
    _, value, standard_error = fit_slope(flags, log_odds(probabilities), weights)
    interval = wald_interval(value, standard_error, confidence)
    method = (METHOD if weight is None else WEIGHTED) + moved(probabilities)
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
