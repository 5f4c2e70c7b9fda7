"""Observed over expected: how many findings there were against how many the scores promised."""

from math import sqrt

import numpy as np
from scipy.special import gammainccinv, gammaincinv

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.estimate import Estimate, Interval, normal_quantile
from surveillance.metrics.metric import Better, Metric

METHOD = "observed over expected count; exact Poisson interval of the observed, expected taken as fixed"


def observed_expected(truth: Flags, probability: Scores, *, confidence: float = 0.95) -> Estimate:
    """Estimate how many findings there were for each one that the probabilities promised.

    1 is calibration in the large; above 1 the AI promises too few. It moves when prevalence
    moves, so alone it does not say that the AI has changed.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)

    Raises
    ------
    NotEstimable
        If there is no case, or the probabilities promise no finding at all.

    Examples
    --------
    >>> observed_expected(np.array([1, 1, 1, 0, 0]), np.array([0.8, 0.4, 0.4, 0.2, 0.2]))
    Estimate(value=1.50, low=0.31, high=4.38, n=5, positives=3)

    References
    ----------
    Garwood (1936) Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    if len(flags) == 0:
        raise NotEstimable("O/E needs cases with a confirmed finding, got 0")
    observed, expected = int(flags.sum()), float(np.sum(probabilities))
    if expected == 0.0:
        raise NotEstimable(f"O/E needs an expected count above 0, got {len(flags)} probabilities of 0")
    low, high = poisson_interval(observed, confidence)
    standard_error = sqrt(observed) / expected if observed else None
    interval = Interval(low / expected, high / expected, confidence)
    return Estimate(observed / expected, interval, standard_error, len(flags), observed, METHOD)


def poisson_interval(count: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact (Garwood) interval for the mean of a Poisson count.

    >>> low, high = poisson_interval(10)
    >>> round(low, 4), round(high, 4)
    (4.7954, 18.3904)
    """
    normal_quantile(confidence)  # refuses a confidence outside 0 to 1
    tail = (1.0 - confidence) / 2.0
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammainccinv(count + 1, tail))


OBSERVED_EXPECTED = Metric(
    "observed_expected",
    "Observed / expected",
    Better.TARGET,
    (0.0, float("inf")),
    observed_expected,
    takes=("truth", "probability"),
    ideal=1.0,
)
