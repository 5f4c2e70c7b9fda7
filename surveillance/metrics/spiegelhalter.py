"""Spiegelhalter's test: could these outcomes have come from these probabilities."""

from math import sqrt

import numpy as np
from scipy.special import ndtr

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.test_result import TestResult
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION

METHOD = "Spiegelhalter's z from the Brier score, two-sided normal"


def spiegelhalter(truth: Flags, probability: Scores) -> TestResult:
    """Test whether the Brier score is what well-calibrated probabilities would give.

    z = sum (y - p)(1 - 2p) / sqrt(sum (1 - 2p)^2 p(1 - p)). Above 0 the probabilities are too
    extreme, below 0 too timid.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)

    Raises
    ------
    NotEstimable
        If there is no case, or every probability is 0, one half or 1 (the score then has no spread).

    Examples
    --------
    >>> result = spiegelhalter(np.array([1, 0, 0, 1]), np.array([0.8, 0.2, 0.1, 0.3]))
    >>> round(result.statistic, 2), round(result.p_value, 2)
    (-0.09, 0.93)

    Notes
    -----
    Assumes: cases are independent, and whether a case is verified depends on its score only; then the cases
    verified need no weights.
    Not for: the size of a miscalibration, since any will show with enough cases; nor for one that leaves
    the Brier score as it was.
    Departs from the published rule: in nothing.

    References
    ----------
    Spiegelhalter (1986) Probabilistic prediction in patient management and clinical trials.
    Statistics in Medicine 5, 421-433.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    if len(flags) == 0:
        raise NotEstimable("Spiegelhalter's test needs cases with a confirmed finding, got 0")
    tilt = 1.0 - 2.0 * probabilities
    variance = float(np.sum(tilt**2 * probabilities * (1.0 - probabilities)))
    if variance == 0.0:
        raise NotEstimable("Spiegelhalter's test needs probabilities other than 0, 1/2 and 1, got none")
    statistic = float(np.sum((flags - probabilities) * tilt)) / sqrt(variance)
    p_value = 2.0 * float(ndtr(-abs(statistic)))
    return TestResult(statistic, p_value, len(flags), int(flags.sum()), METHOD)
