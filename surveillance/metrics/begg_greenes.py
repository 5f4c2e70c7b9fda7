"""Sensitivity and specificity corrected for verification that depends on what the AI said."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import expit, logit

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray
from surveillance.metrics.estimate import Estimate, Interval, normal_quantile
from surveillance.metrics.proportion import proportion_estimate
from surveillance.metrics.topic import Topic
from surveillance.metrics.weighted_count import WeightedCount, combined_share, share_of_first

TOPIC = Topic.PARTIAL_VERIFICATION
NAIVE = "as verified, not corrected; Wilson score interval"
CORRECTED = "corrected for the shares of flagged and unflagged cases that were verified (Begg & Greenes 1983)"
DELTA = f"{CORRECTED}; delta-method variance on the logit scale"
RARE = f"{CORRECTED}; interval of the weighted counts, since a cell has fewer than 10 cases"
FEWEST_FOR_DELTA = 10
Ends = tuple[FloatArray, FloatArray, FloatArray]


@dataclass(frozen=True, slots=True)
class BeggGreenes:
    """Figures as verified and corrected, side by side.

    Attributes
    ----------
    naive_sensitivity, naive_specificity, naive_prevalence : Estimate
        Of the verified cases alone, with Wilson's interval.
    sensitivity, specificity, prevalence : Estimate
        Of all cases.
    """

    naive_sensitivity: Estimate
    naive_specificity: Estimate
    naive_prevalence: Estimate
    sensitivity: Estimate
    specificity: Estimate
    prevalence: Estimate


def begg_greenes(
    true_flags: int,
    false_flags: int,
    unflagged_positives: int,
    unflagged_negatives: int,
    *,
    unverified_flagged: int,
    unverified_unflagged: int,
    confidence: float = 0.95,
) -> BeggGreenes:
    """Correct sensitivity, specificity and prevalence for truths that were looked up more often after a flag.

    With n1 flagged and n0 unflagged cases of N, and p1, p0 the share of positives among those verified of each:
    prevalence = (n1 p1 + n0 p0) / N, sensitivity = n1 p1 / (n1 p1 + n0 p0), specificity =
    n0 (1 - p0) / (n1 (1 - p1) + n0 (1 - p0)). The variances are the paper's, by the delta method; on the logit scale
    that of sensitivity is N / (n1 n0) + (1 - p1) / true flags + (1 - p0) / unflagged positives.

    Parameters
    ----------
    true_flags, false_flags, unflagged_positives, unflagged_negatives : int
        Verified cases: flagged with and without the finding, unflagged with and without it.
    unverified_flagged, unverified_unflagged : int
        Cases that nobody looked up.

    Raises
    ------
    NotEstimable
        If no flagged, or no unflagged, case was verified, or none of them is positive or none negative.
    ValueError
        If a count is negative.

    Examples
    --------
    The liver scans of Drum & Christacopoulos, of which 650 were made and 344 verified:

    >>> both = begg_greenes(231, 32, 27, 54, unverified_flagged=166, unverified_unflagged=140)
    >>> both.naive_sensitivity
    Estimate(value=0.90, low=0.85, high=0.93, n=258, positives=258)
    >>> both.sensitivity
    Estimate(value=0.84, low=0.78, high=0.88, n=258, positives=258)

    Notes
    -----
    Assumes: whether a case was verified depends on the AI's yes or no and on nothing else that tells of disease.
    Measured (2,000 runs a cell) at prevalence 8 %, 20 to 100 verified positives, audits of 50, 25 and 10 % and
    sensitivities of .80 to .95: 95 % intervals covered .95 to .99 for sensitivity, .94 to .96 for specificity and .95
    to .99 for prevalence.
    Not for: verification on suspicion.
    Departs from the published rule: intervals are taken on the logit scale, so that they stay between 0 and 1. With
    fewer than 10 cases in a cell the delta method has none, or one that is too short (it covered .2 to .9 there), and
    the interval is that of the weighted counts, as for `sensitivity_weighted`.

    References
    ----------
    Begg & Greenes (1983) Assessment of diagnostic tests when disease verification is subject to selection bias.
    Biometrics 39, 207-215. Zhou, Obuchowski & McClish (2011) Statistical Methods in Diagnostic Medicine, 10.2.
    """
    cells = (true_flags, false_flags, unflagged_positives, unflagged_negatives)
    if min(*cells, unverified_flagged, unverified_unflagged) < 0:
        raise ValueError("counts of cases must not be negative")
    flagged, unflagged = true_flags + false_flags, unflagged_positives + unflagged_negatives
    positives, negatives = true_flags + unflagged_positives, false_flags + unflagged_negatives
    for count, words in (
        (flagged, "flagged"),
        (unflagged, "unflagged"),
        (positives, "positive"),
        (negatives, "negative"),
    ):
        if count == 0:
            raise NotEstimable(f"The correction for partial verification needs verified {words} cases, got 0")
    n1, n0 = flagged + unverified_flagged, unflagged + unverified_unflagged
    yes, no = _count(true_flags, n1 / flagged), _count(false_flags, n1 / flagged)
    found, clear = _count(unflagged_positives, n0 / unflagged), _count(unflagged_negatives, n0 / unflagged)
    p1, p0, w1 = true_flags / flagged, unflagged_positives / unflagged, n1 / (n1 + n0)
    drawn = (n1 + n0) / (n1 * n0)

    def over(cases: float, count: int) -> float:
        return cases / count if count else float("nan")

    prevalence = w1 * p1 + (1 - w1) * p0
    spread = w1 * (1 - w1) * (p1 - p0) ** 2 / (n1 + n0)
    spread += w1**2 * p1 * (1 - p1) / flagged + (1 - w1) ** 2 * p0 * (1 - p0) / unflagged
    few = tuple(count < FEWEST_FOR_DELTA for count in cells)
    return BeggGreenes(
        naive_sensitivity=_naive(true_flags, positives, positives, confidence),
        naive_specificity=_naive(unflagged_negatives, negatives, 0, confidence),
        naive_prevalence=_naive(positives, positives + negatives, positives, confidence),
        sensitivity=_corrected(
            share_of_first(yes, found, confidence),
            drawn + over(1 - p1, true_flags) + over(1 - p0, unflagged_positives),
            few[0] or few[2],
            (positives, positives),
            confidence,
        ),
        specificity=_corrected(
            share_of_first(clear, no, confidence),
            drawn + over(p1, false_flags) + over(p0, unflagged_negatives),
            few[1] or few[3],
            (negatives, 0),
            confidence,
        ),
        prevalence=_corrected(
            combined_share(yes, no, found, clear, confidence),
            spread / (prevalence * (1 - prevalence)) ** 2,
            any(few),
            (positives + negatives, positives),
            confidence,
        ),
    )


def _naive(successes: int, n: int, positives: int, confidence: float) -> Estimate:
    return proportion_estimate(successes, n, positives=positives, method=NAIVE, confidence=confidence)


def _count(cases: int, weight: float) -> WeightedCount:
    return WeightedCount(np.array([cases * weight]), np.array([cases * weight**2]), np.array([weight]))


def _corrected(weighted: Ends, variance: float, few: bool, counts: tuple[int, int], confidence: float) -> Estimate:
    """Return a corrected figure; `variance` is that of its logit, and `weighted` its interval where counts are few."""
    value, low, high = (float(end[0]) for end in weighted)
    error = sqrt(variance) * value * (1.0 - value) if 0.0 < value < 1.0 else None
    if few:
        return Estimate(value, Interval(low, high, confidence), error, *counts, RARE)
    half = normal_quantile(confidence) * sqrt(variance)
    interval = Interval(float(expit(logit(value) - half)), float(expit(logit(value) + half)), confidence)
    return Estimate(value, interval, error, *counts, DELTA)
