"""Predictive values and prevalence when each verified case stands for several: one over its sampling fraction."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import BoolArray, Flags, FloatArray, Scores
from surveillance.metrics.estimate import Estimate, Interval, normal_quantile
from surveillance.metrics.topic import Topic
from surveillance.metrics.weighted_count import WeightedCount, combined_share, share_of_first, weighted_count
from surveillance.metrics.weighted_rates import METHOD, verified_columns

TOPIC = Topic.PARTIAL_VERIFICATION
PREVALENCE_METHOD = (
    "each case weighted by one over its sampling fraction; the intervals of the flag rate and of the positives among "
    "flagged and unflagged cases combined by Newcombe's rule (MOVER)"
)


def positive_predictive_value_weighted(
    truth: Flags, called: Flags, weight: Scores, *, confidence: float = 0.95
) -> Estimate:
    """Estimate the share of flagged cases that were confirmed positive, from cases verified with known fractions.

    Where one fraction holds for all flagged cases they are a simple random sample of the flagged, and the value is that
    of `positive_predictive_value`.

    Parameters
    ----------
    truth, called : bool arrays of shape (n,)
        Verified cases only.
    weight : float array of shape (n,)
        One over the fraction with which the case was drawn for verification.

    Raises
    ------
    NotEstimable
        If no verified case was flagged.
    ValueError
        If a weight is not positive and finite.

    Examples
    --------
    >>> positive_predictive_value_weighted(np.array([1, 1, 0, 0]), np.array([1, 1, 1, 0]), np.array([1, 1, 1, 4]))
    Estimate(value=0.67, low=0.12, high=0.98, n=3, positives=2)

    Notes
    -----
    Assumes: flagged cases were drawn for verification at random with these fractions.
    Not for: telling whether the AI changed: it falls when disease becomes rarer.
    Departs from the published rule: at unequal weights the interval counts the effective number of cases (Kish),
    because cases of unequal weight tell less than as many of one weight.

    References
    ----------
    Brown, Cai & DasGupta (2001) Statistical Science 16, 101-133. Kish (1965) Survey Sampling, section 11.7.
    """
    positive, flagged, weights = verified_columns(truth, called, weight)
    if not flagged.any():
        raise NotEstimable(f"PPV needs flagged cases, got 0 among {len(positive)} cases")
    right = int((positive & flagged).sum())
    return _within(positive & flagged, flagged, weights, right, confidence)


def negative_predictive_value_weighted(
    truth: Flags, called: Flags, weight: Scores, *, confidence: float = 0.95
) -> Estimate:
    """Estimate the share of unflagged cases that are negative, from an audit of some of them.

    Audited unflagged cases are a random sample of the unflagged, so with one fraction it is their plain share.

    Parameters
    ----------
    truth, called, weight : arrays of shape (n,)
        As in `positive_predictive_value_weighted`.

    Raises
    ------
    NotEstimable
        If every verified case was flagged.
    ValueError
        If a weight is not positive and finite.

    Examples
    --------
    >>> truth, called = np.array([1] + 60 * [0]), np.zeros(61)
    >>> negative_predictive_value_weighted(truth, called, np.full(61, 10.0))
    Estimate(value=0.98, low=0.91, high=1.00, n=61, positives=1)

    Notes
    -----
    Assumes: unflagged cases were drawn for the audit at random with these fractions. In simulation at sensitivities
    of .80 to .95, prevalence 8 % and audits of 50, 25 and 10 %, 95 % intervals covered .95 to .99.
    Not for: telling whether the AI changed: it rises when disease becomes rarer.
    Departs from the published rule: at unequal weights the interval counts the effective number of cases (Kish),
    because cases of unequal weight tell less than as many of one weight.

    References
    ----------
    Brown, Cai & DasGupta (2001) Statistical Science 16, 101-133. Kish (1965) Survey Sampling, section 11.7.
    """
    positive, flagged, weights = verified_columns(truth, called, weight)
    if flagged.all():
        raise NotEstimable(f"NPV needs unflagged cases, got 0 among {len(positive)} cases")
    overlooked = int((positive & ~flagged).sum())
    return _within(~positive & ~flagged, ~flagged, weights, overlooked, confidence)


def prevalence_weighted(truth: Flags, called: Flags, weight: Scores, *, confidence: float = 0.95) -> Estimate:
    """Estimate the share of all cases with the finding, when only some of them were verified.

    Weighted positives over all weights. It is W p1 + (1 - W) p0, with W the flag rate and p1, p0 the positives among
    flagged and unflagged cases; the distances from each value to its limits are combined as the root of their
    squares, each times its factor (Newcombe's method for a difference; "MOVER"), so the range is not symmetric.

    Parameters
    ----------
    truth, called, weight : arrays of shape (n,)
        As in `positive_predictive_value_weighted`.

    Raises
    ------
    NotEstimable
        If there is no verified case.
    ValueError
        If a weight is not positive and finite.

    Examples
    --------
    >>> truth, called = np.array([1] * 9 + [0] * 6 + [1] + [0] * 14), np.array([1] * 15 + [0] * 15)
    >>> prevalence_weighted(truth, called, np.where(called, 1.0, 10.0))
    Estimate(value=0.12, low=0.05, high=0.33, n=30, positives=10)

    Notes
    -----
    Assumes: cases were drawn for verification at random with these fractions. In simulation at sensitivities of .80 to
    .95, prevalence 8 % and audits of 50, 25 and 10 %, 95 % intervals covered .95 to .98.
    Not for: a truth with errors of its own, which changes the recorded prevalence.
    Departs from the published rule: three independent terms are combined where Zou, Huo & Taleban combine two, because
    the flag rate is estimated too.

    References
    ----------
    Newcombe (1998) Statistics in Medicine 17, 873-890. Zou, Huo & Taleban (2009) Simple confidence intervals for
    lognormal means and their differences. Environmetrics 20, 172-180.
    """
    positive, flagged, weights = verified_columns(truth, called, weight)
    if not len(positive):
        raise NotEstimable("Prevalence needs verified cases, got 0")
    yes, no, found, clear = (
        weighted_count(which, weights, stratum)
        for which, stratum in (
            (positive & flagged, flagged),
            (~positive & flagged, flagged),
            (positive & ~flagged, ~flagged),
            (~positive & ~flagged, ~flagged),
        )
    )
    value, low, high = (float(end[0]) for end in combined_share(yes, no, found, clear, confidence))
    spread = (high - low) / (2.0 * normal_quantile(confidence)) if 0.0 < value < 1.0 else None
    return Estimate(
        value, Interval(low, high, confidence), spread, len(positive), int(positive.sum()), PREVALENCE_METHOD
    )


def _within(which: BoolArray, stratum: BoolArray, weight: FloatArray, positives: int, confidence: float) -> Estimate:
    """Return which share of one stratum some of its cases make up."""
    first, second = weighted_count(which, weight, stratum), weighted_count(stratum & ~which, weight, stratum)
    value, low, high = (float(end[0]) for end in share_of_first(first, second, confidence))
    worth = _effective(first, second)
    error = (value * (1.0 - value) / worth) ** 0.5 if 0.0 < value < 1.0 else None
    return Estimate(value, Interval(low, high, confidence), error, int(stratum.sum()), positives, METHOD)


def _effective(first: WeightedCount, second: WeightedCount) -> float:
    total, squares = first.total + second.total, first.squares + second.squares
    return float(np.asarray(total**2 / squares)[0])
