"""Brier score: the mean squared distance between what was foretold and what happened."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.estimate import Estimate, Interval, wald_interval
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.sampling_weights import as_weights, weighted_mean
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION

METHOD = "mean squared difference; normal interval from its standard error, kept within 0 and 1"
WEIGHTED = "each case weighted by one over its sampling fraction, linearised variance"


def brier(truth: Flags, probability: Scores, *, weight: Scores | None = None, confidence: float = 0.95) -> Estimate:
    """Estimate the Brier score: 0 is perfect, and always saying the prevalence p scores p(1-p).

    The mean of (y - p)^2. It rewards ranking as much as calibration and moves with prevalence: its
    parts (`brier_decomposition`) say which of them changed.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
        Between 0 and 1; exactly 0 and 1 are allowed.
    weight : float array of shape (n,), optional
        One over the sampling fraction of each verified case; without it all cases were verified.

    Raises
    ------
    NotEstimable
        If there is no case. (With one case, or the same error in every case, the value stands and the
        interval is absent with its reason.)

    Examples
    --------
    >>> brier(np.array([1, 0, 1, 0]), np.array([0.9, 0.1, 0.6, 0.5]))
    Estimate(value=0.11, low=0.00, high=0.22, n=4, positives=2)

    Notes
    -----
    Assumes: cases are independent, and every case or a random sample with known fractions is verified. Simulated
    (1,000 runs a cell): with an audit that found 16 or 8 positives on average 95 % intervals covered .94, 3 .88, 2 .85.
    Not for: comparing two sites or periods of different prevalence, or calibration alone.
    Departs from the published rule: the finding alone is scored because Brier's sum over both outcomes of a
    case is always twice this number.

    References
    ----------
    Brier (1950) Verification of forecasts expressed in terms of probability. Monthly Weather Review 78, 1-3.
    Binder (1983) On the variances of asymptotically normal estimators from complex surveys.
    International Statistical Review 51, 279-292.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    n, positives = len(flags), int(flags.sum())
    if n == 0:
        raise NotEstimable("Brier score needs cases with a confirmed finding, got 0")
    errors = (flags - probabilities) ** 2
    value, standard_error = weighted_mean(errors, as_weights(weight, n))
    method = METHOD if weight is None else f"{METHOD}; {WEIGHTED}"
    if n < 2 or np.ptp(errors) == 0.0:
        reason = f"The interval of the Brier score needs two cases with different errors, got {n} case(s)"
        return Estimate(value, NotEstimable(reason), None, n, positives, method)
    wide = wald_interval(value, standard_error, confidence)
    interval = Interval(max(0.0, wide.low), min(1.0, wide.high), confidence)
    return Estimate(value, interval, standard_error, n, positives, method)


BRIER = Metric("brier", "Brier score", Better.LOWER, (0.0, 1.0), brier, takes=("truth", "probability"))
