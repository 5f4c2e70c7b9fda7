"""Sensitivity and specificity when unflagged cases are verified by a random audit."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.estimate import Estimate, Interval
from surveillance.metrics.proportion import proportion_estimate
from surveillance.metrics.topic import Topic
from surveillance.metrics.weighted_count import WeightedCount, share_of_first

TOPIC = Topic.PARTIAL_VERIFICATION


def sensitivity_audited(
    flagged_positives: int, unflagged_positives: int, fraction: float, *, confidence: float = 0.95
) -> Estimate:
    """Estimate sensitivity from all flagged positives and those that an audit of unflagged cases found.

    The value is the inverse-probability weighted one, a / (a + b / f), as Begg & Greenes give it. Given how
    many positives were verified, b is binomial; its interval (Wilson's, with the ends of Brown, Cai & DasGupta
    for one to three events) is carried over by the same monotone formula.

    Parameters
    ----------
    flagged_positives, unflagged_positives : int
        Verified positives that the AI flagged, and audited positives that it did not flag.
    fraction : float
        Share of unflagged cases drawn for audit, above 0 and up to 1.

    Raises
    ------
    NotEstimable
        If there is no verified positive.

    Examples
    --------
    >>> sensitivity_audited(90, 1, 0.10)
    Estimate(value=0.90, low=0.61, high=0.99, n=91, positives=91)

    Notes
    -----
    Assumes: every flagged case is verified, and unflagged ones by a random draw whose fraction is known. Exact
    coverage at sensitivities of .70 to .95 and 20 to 100 verified positives: mean .952 to .965, least .924 at an
    audit of 50 %; .954 to .976, least .920, at 25 %; .961 to .982, least .928, at 10 %. (Wilson's own interval
    carried over: least .900, .897 and .841.)
    Not for: truths that arrive more often in one stratum than in the other: use `begg_greenes`, which counts them.
    Departs from the published rule: the interval is not the paper's delta method, because at the few positives that
    an audit finds that has no interval (none found) or too short a one.

    References
    ----------
    Begg & Greenes (1983) Biometrics 39, 207-215. Brown, Cai & DasGupta (2001) Statistical Science 16, 101-133.
    Wilson (1927) JASA 22, 209-212.
    """
    n = flagged_positives + unflagged_positives
    if n == 0:
        raise NotEstimable("Sensitivity needs verified positives, got 0")
    return _audited(flagged_positives, unflagged_positives, fraction, False, confidence)


def specificity_audited(
    flagged_negatives: int, unflagged_negatives: int, fraction: float, *, confidence: float = 0.95
) -> Estimate:
    """Estimate specificity from all flagged negatives and those that an audit of unflagged cases found.

    The value is the inverse-probability weighted one, (d / f) / (c + d / f); the interval is that of the
    verified negatives, carried over by the same monotone formula, as for `sensitivity_audited`.

    Parameters
    ----------
    flagged_negatives, unflagged_negatives : int
        Verified negatives that the AI flagged, and audited negatives that it did not flag.
    fraction : float
        Share of unflagged cases drawn for audit, above 0 and up to 1.

    Raises
    ------
    NotEstimable
        If there is no verified negative.

    Examples
    --------
    >>> specificity_audited(50, 95, 0.10)
    Estimate(value=0.95, low=0.93, high=0.96, n=145, positives=0)

    Notes
    -----
    Assumes: every flagged case is verified, and unflagged ones by a random draw whose fraction is known. The
    coverage is that of the interval for a binomial share, as for `sensitivity_audited`.
    Not for: truths that arrive more often in one stratum than in the other: use `begg_greenes`, which counts them.
    Departs from the published rule: the interval is not the paper's delta method, because at the few cases that an
    audit finds that has no interval (none found) or too short a one.

    References
    ----------
    Begg & Greenes (1983) Biometrics 39, 207-215. Brown, Cai & DasGupta (2001) Statistical Science 16, 101-133.
    Wilson (1927) JASA 22, 209-212.
    """
    n = flagged_negatives + unflagged_negatives
    if n == 0:
        raise NotEstimable("Specificity needs verified negatives, got 0")
    return _audited(flagged_negatives, unflagged_negatives, fraction, True, confidence)


def _audited(flagged: int, unflagged: int, fraction: float, want_unflagged: bool, confidence: float) -> Estimate:
    """Return which share of all cases of one class was flagged, or was not; the flagged are all verified."""
    n = flagged + unflagged
    positives = 0 if want_unflagged else n
    if not fraction > 0.0:
        raise ValueError(f"The audit fraction must lie above 0 and up to 1, got {fraction:g}")
    if fraction == 1.0:
        return proportion_estimate(
            unflagged if want_unflagged else flagged, n, positives=positives, confidence=confidence
        )
    groups = _count(flagged, 1.0), _count(unflagged, 1.0 / fraction)
    first, second = reversed(groups) if want_unflagged else groups
    value, low, high = (float(end[0]) for end in share_of_first(first, second, confidence))
    # The odds are multiplied by a constant, so the log-odds have the standard error of a binomial share.
    error = value * (1.0 - value) * (1.0 / flagged + 1.0 / unflagged) ** 0.5 if flagged and unflagged else None
    method = (
        f"weighted by one over the audit fraction {fraction:g} (Begg & Greenes); interval of the verified cases "
        "(Wilson; Brown, Cai & DasGupta for up to three events), carried over"
    )
    return Estimate(value, Interval(low, high, confidence), error, n, positives, method)


def _count(cases: int, weight: float) -> WeightedCount:
    return WeightedCount(np.array([cases * weight]), np.array([cases * weight**2]), np.array([weight]))
