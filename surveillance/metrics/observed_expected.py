"""Observed over expected: how many findings there were against how many the scores promised."""

from math import sqrt

import numpy as np
from scipy.special import gammainccinv, gammaincinv

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import (
    Flags,
    FloatArray,
    Scores,
    as_flags,
    as_probabilities,
    require_same_length,
)
from surveillance.metrics.estimate import Estimate, Interval, normal_quantile
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.sampling_weights import as_weights
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION

METHOD = "observed over expected count; exact Poisson interval of the observed, expected taken as fixed"
WEIGHTED = (
    "observed over expected count, each case weighted by one over its sampling fraction; gamma interval of the "
    "weighted count (Fay & Feuer), expected taken as fixed"
)


def observed_expected(
    truth: Flags, probability: Scores, *, weight: Scores | None = None, confidence: float = 0.95
) -> Estimate:
    """Estimate how many findings there were for each one that the probabilities promised.

    The number of positives over the sum of the probabilities. 1 is calibration in the large; above 1
    the AI promises too few. The interval is Garwood's exact one for the observed count; for verified
    samples it is Fay and Feuer's, which is Garwood's where all weights are equal.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
    weight : float array of shape (n,), optional
        One over the sampling fraction of each verified case; without it all cases were verified.

    Raises
    ------
    NotEstimable
        If there is no case, or the probabilities promise no finding at all.

    Examples
    --------
    >>> observed_expected(np.array([1, 1, 1, 0, 0]), np.array([0.8, 0.4, 0.4, 0.2, 0.2]))
    Estimate(value=1.50, low=0.31, high=4.38, n=5, positives=3)

    Notes
    -----
    Assumes: positives are counts of independent cases, and the expected count has no error of its own.
    Not for: saying that the AI has changed: it moves when prevalence moves, and it can be 1 while high
    scores promise too much and low ones too little.
    Departs from the published rule: in nothing.

    References
    ----------
    Garwood (1936) Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    Fay & Feuer (1997) Confidence intervals for directly standardized rates: a method based on the gamma
    distribution. Statistics in Medicine 16, 791-801.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    if len(flags) == 0:
        raise NotEstimable("O/E needs cases with a confirmed finding, got 0")
    weights = as_weights(weight, len(flags))
    expected = float(weights @ probabilities)
    if expected == 0.0:
        raise NotEstimable(f"O/E needs an expected count above 0, got {len(flags)} probabilities of 0")
    each = weights[flags]
    low, high = weighted_poisson_interval(each, float(weights.max()), confidence)
    standard_error = sqrt(float(each @ each)) / expected if len(each) else None
    interval = Interval(low / expected, high / expected, confidence)
    method = METHOD if weight is None else WEIGHTED
    return Estimate(float(each.sum()) / expected, interval, standard_error, len(flags), len(each), method)


def poisson_interval(count: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact (Garwood) interval for the mean of a Poisson count.

    >>> low, high = poisson_interval(10)
    >>> round(low, 4), round(high, 4)
    (4.7954, 18.3904)
    """
    return weighted_poisson_interval(np.ones(count), 1.0, confidence)


def weighted_poisson_interval(each: FloatArray, largest: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return Fay and Feuer's interval for a sum of weighted events; at equal weights it is Garwood's, scaled.

    Parameters
    ----------
    each : float array of shape (events,)
        The weight of each event.
    largest : float
        The largest weight an event could have had: what one more event may add.

    Examples
    --------
    >>> low, high = weighted_poisson_interval(np.full(10, 2.0), 2.0)
    >>> round(low, 4), round(high, 4)
    (9.5908, 36.7807)
    """
    normal_quantile(confidence)  # refuses a confidence outside 0 to 1
    tail = (1.0 - confidence) / 2.0
    total, squares = float(each.sum()), float(each @ each)
    low = float(gammaincinv(total**2 / squares, tail)) * squares / total if len(each) else 0.0
    more, more_squares = total + largest, squares + largest**2
    return low, float(gammainccinv(more**2 / more_squares, tail)) * more_squares / more


OBSERVED_EXPECTED = Metric(
    "observed_expected",
    "Observed / expected",
    Better.TARGET,
    (0.0, float("inf")),
    observed_expected,
    takes=("truth", "probability"),
    ideal=1.0,
)
