"""Likelihood-ratio tests of calibration: are intercept 0 and slope 1, together and one after the other."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.log_odds import log_odds, moved
from surveillance.metrics.recalibration import fit_intercept, fit_slope, log_likelihood
from surveillance.metrics.test_result import TestResult
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION

METHOD = "likelihood ratio of logit(truth) = a + b logit p against"


@dataclass(frozen=True, slots=True)
class CalibrationTests:
    """The joint test and its two parts, which add up to it.

    Attributes
    ----------
    joint : TestResult
        Intercept 0 and slope 1 against both free: chi-squared with 2 degrees of freedom.
    intercept : TestResult
        Intercept 0 against free, slope held at 1: 1 degree of freedom.
    slope : TestResult
        Slope 1 against free, intercept free in both: 1 degree of freedom.
    """

    joint: TestResult
    intercept: TestResult
    slope: TestResult


def calibration_likelihood_ratio(truth: Flags, probability: Scores) -> CalibrationTests:
    """Test whether the probabilities need any straightening at all, in level or in spread.

    Twice the gain in log-likelihood when intercept and slope of logit P(truth) = a + b logit p are
    fitted instead of taken as 0 and 1, and the same for each in turn.

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
    >>> tests = calibration_likelihood_ratio(truth, probability)
    >>> round(tests.joint.statistic, 2), round(tests.joint.p_value, 2)
    (1.64, 0.44)

    Notes
    -----
    Assumes: cases are independent, and whether a case is verified depends on its score only; then the cases
    verified need no weights.
    Not for: the size of a miscalibration, since any will show with enough cases; nor for one that is
    curved, which a straight line may miss.
    Departs from the published rule: in nothing.

    References
    ----------
    Cox (1958) Two further applications of a model for binary regression. Biometrika 45, 562-565.
    Miller, Hui & Tierney (1991) Validation techniques for logistic regression models. Statistics in
    Medicine 10, 1213-1226.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    if len(flags) == 0:
        raise NotEstimable("Calibration test needs cases of both classes, got 0 and 0")
    x, ones = log_odds(probabilities), np.ones(len(flags))
    shift, _ = fit_intercept(flags, x)
    a, b, _ = fit_slope(flags, x)
    as_given, shifted, free = (log_likelihood(flags, line, ones) for line in (x, shift + x, a + b * x))
    note = moved(probabilities)

    def test(gain: float, freedom: int, against: str) -> TestResult:
        statistic = max(0.0, 2.0 * gain)
        p_value = float(gammaincc(freedom / 2.0, statistic / 2.0))
        return TestResult(statistic, p_value, len(flags), int(flags.sum()), f"{METHOD} {against}{note}")

    return CalibrationTests(
        joint=test(free - as_given, 2, "a = 0 and b = 1, 2 degrees of freedom"),
        intercept=test(shifted - as_given, 1, "a = 0 with b = 1, 1 degree of freedom"),
        slope=test(free - shifted, 1, "b = 1 with a free, 1 degree of freedom"),
    )
