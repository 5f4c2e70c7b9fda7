"""Brier score: the mean squared distance between what was foretold and what happened."""

from math import sqrt

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.estimate import Estimate, Interval, wald_interval
from surveillance.metrics.metric import Better, Metric

METHOD = "mean squared difference; normal interval from its standard error, kept within 0 and 1"


def brier(truth: Flags, probability: Scores, *, confidence: float = 0.95) -> Estimate:
    """Estimate the Brier score: 0 is perfect, and always saying the prevalence p scores p(1-p).

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
        Between 0 and 1; exactly 0 and 1 are allowed.

    Raises
    ------
    NotEstimable
        If there is no case. (With one case, or the same error in every case, the value stands and the
        interval is absent with its reason.)

    Examples
    --------
    >>> brier(np.array([1, 0, 1, 0]), np.array([0.9, 0.1, 0.6, 0.5]))
    Estimate(value=0.11, low=0.00, high=0.22, n=4, positives=2)

    References
    ----------
    Brier (1950) Verification of forecasts expressed in terms of probability. Monthly Weather Review 78, 1-3.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    n, positives = len(flags), int(flags.sum())
    if n == 0:
        raise NotEstimable("Brier score needs cases with a confirmed finding, got 0")
    errors = (flags - probabilities) ** 2
    value = float(errors.mean())
    if n < 2 or np.ptp(errors) == 0.0:
        reason = f"The interval of the Brier score needs two cases with different errors, got {n} case(s)"
        return Estimate(value, NotEstimable(reason), None, n, positives, METHOD)
    standard_error = float(errors.std(ddof=1)) / sqrt(n)
    wide = wald_interval(value, standard_error, confidence)
    interval = Interval(max(0.0, wide.low), min(1.0, wide.high), confidence)
    return Estimate(value, interval, standard_error, n, positives, METHOD)


BRIER = Metric("brier", "Brier score", Better.LOWER, (0.0, 1.0), brier, takes=("truth", "probability"))
