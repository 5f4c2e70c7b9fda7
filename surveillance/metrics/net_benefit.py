"""Net benefit: true flags less false flags, weighed as the threshold itself weighs them."""

from dataclasses import dataclass

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import (
    Flags,
    FloatArray,
    Scores,
    as_flags,
    as_probabilities,
    require_same_length,
)
from surveillance.metrics.estimate import Estimate, Interval, wald_interval
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.sampling_weights import as_weights, weighted_mean
from surveillance.metrics.topic import Topic

TOPIC = Topic.OPERATING_POINT

METHOD = "true less weighed false flags a case; normal interval with the variance of that mean"


@dataclass(frozen=True, slots=True)
class NetBenefit:
    """Net benefit of the AI's flags beside that of flagging every case; flagging none is 0.

    Attributes
    ----------
    flags, flag_all : Estimate
        Net true positives a case.
    threshold : float
        The probability from which on the AI flags.
    exchange : float
        How many true flags one false flag costs: the odds of the threshold.
    """

    flags: Estimate
    flag_all: Estimate
    threshold: float
    exchange: float


def compare_net_benefit(
    truth: Flags,
    called: Flags,
    threshold: float,
    *,
    weight: Scores | None = None,
    confidence: float = 0.95,
) -> NetBenefit:
    """Compare the AI's flags with flagging every study and with flagging none.

    True positives less false positives times the odds of the threshold, a case. Whoever flags at a
    probability of 20 % accepts four false flags for one true one; that exchange is applied to the result.

    Parameters
    ----------
    truth : bool array of shape (n,)
    called : bool array of shape (n,)
        Whether the AI flagged.
    threshold : float
        Between 0 and 1: the probability from which on it flags.
    weight : float array of shape (n,), optional
        One over the sampling fraction of each verified case; without it all cases were verified.

    Raises
    ------
    NotEstimable
        If there is no case.
    ValueError
        If the threshold is not between 0 and 1.

    Examples
    --------
    >>> truth, called = np.array([1, 1, 0, 0, 0]), np.array([1, 0, 1, 0, 0])
    >>> found = compare_net_benefit(truth, called, 0.2)
    >>> round(found.flags.value, 2), round(found.flag_all.value, 2), found.exchange
    (0.15, 0.25, 0.25)

    Notes
    -----
    Assumes: the threshold is where the department would itself draw the line, so that its odds say what a
    false flag costs; cases are independent.
    Not for: a threshold that was set for another reason, such as a wanted sensitivity: the exchange is then
    not what anyone chose; nor for sites of different prevalence.
    Departs from the published rule: in nothing.

    References
    ----------
    Vickers & Elkin (2006) Decision curve analysis: a novel method for evaluating prediction models. Medical
    Decision Making 26, 565-574.
    Sande et al. (2020) Statistical inference for decision curve analysis, with applications to cataract
    diagnosis. Statistics in Medicine 39, 2980-3002.
    """
    found, flagged = as_flags(truth, "truth"), as_flags(called, "called")
    require_same_length(found, flagged)
    if not 0.0 < threshold < 1.0:
        raise ValueError(f"threshold must lie between 0 and 1, got {threshold:g}")
    n = len(found)
    if n == 0:
        raise NotEstimable("Net benefit needs cases with a confirmed finding, got 0")
    exchange = threshold / (1.0 - threshold)
    weights, positives = as_weights(weight, n), int(found.sum())
    worth = np.where(found, 1.0, -exchange)
    method = METHOD if weight is None else f"{METHOD}; each case weighted by one over its sampling fraction"
    return NetBenefit(
        _mean(worth * flagged, weights, positives, method, confidence),
        _mean(worth, weights, positives, method, confidence),
        threshold,
        exchange,
    )


def net_benefit(truth: Flags, called: Flags, probability: Scores, *, confidence: float = 0.95) -> Estimate:
    """Estimate the net benefit of the AI's flags at its own operating threshold.

    As `compare_net_benefit`, with the lowest flagged probability as the threshold.

    Parameters
    ----------
    truth, called : bool arrays of shape (n,)
    probability : float array of shape (n,)

    Raises
    ------
    NotEstimable
        If there is no case, or none is flagged at a probability above 0 and below 1.

    Examples
    --------
    >>> truth, called = np.array([1, 1, 0, 0, 0]), np.array([1, 0, 1, 0, 0])
    >>> round(net_benefit(truth, called, np.array([0.9, 0.1, 0.2, 0.1, 0.05])).value, 2)
    0.15

    Notes
    -----
    Assumes: the AI flags from one probability on, and that is where the department would draw the line.
    Not for: a threshold that was set for another reason, such as a wanted sensitivity.
    Departs from the published rule: the threshold is read from the flags because few products state it.

    References
    ----------
    Vickers & Elkin (2006) Decision curve analysis: a novel method for evaluating prediction models. Medical
    Decision Making 26, 565-574.
    """
    flagged, probabilities = as_flags(called, "called"), as_probabilities(probability)
    require_same_length(flagged, probabilities)
    among = probabilities[flagged]
    if not len(among) or not 0.0 < among.min() < 1.0:
        raise NotEstimable(
            f"Net benefit needs flags at probabilities between 0 and 1, got {len(among)} flags"
            + (f" from {among.min():g} on" if len(among) else "")
        )
    return compare_net_benefit(truth, flagged, float(among.min()), confidence=confidence).flags


def _mean(worth: FloatArray, weights: FloatArray, positives: int, method: str, confidence: float) -> Estimate:
    """Return the mean worth of a case with a normal interval, if cases differ in worth."""
    value, error = weighted_mean(worth, weights)
    n = len(worth)
    if n < 2 or np.ptp(worth) == 0.0:
        reason = f"The interval of the net benefit needs two cases of different worth, got {n} case(s)"
        return Estimate(value, NotEstimable(reason), None, n, positives, method)
    wide = wald_interval(value, error, confidence)
    return Estimate(value, Interval(wide.low, min(1.0, wide.high), confidence), error, n, positives, method)


NET_BENEFIT = Metric(
    "net_benefit",
    "Net benefit",
    Better.HIGHER,
    (float("-inf"), 1.0),
    net_benefit,
    takes=("truth", "called", "probability"),
)
