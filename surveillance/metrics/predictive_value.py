"""Predictive values: how far a flag, or its absence, can be believed."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, as_flags, require_same_length
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.proportion import METHOD, proportion_estimate
from surveillance.metrics.topic import Topic

TOPIC = Topic.OPERATING_POINT


def positive_predictive_value(truth: Flags, called: Flags, *, confidence: float = 0.95) -> Estimate:
    """Estimate the share of flagged cases that were confirmed positive.

    It falls when disease becomes rarer though the AI is unchanged: read it beside
    `expected_positive_predictive_value`.

    Parameters
    ----------
    truth, called : bool arrays of shape (n,)

    Raises
    ------
    NotEstimable
        If no case was flagged.

    Notes
    -----
    Assumes: flagged cases are independent, and all of them (or a random share) were confirmed or refuted.

    Not for: comparing periods or sites whose prevalence differs; several studies of one patient.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> positive_predictive_value(np.array([1, 1, 0, 0]), np.array([1, 1, 1, 0]))
    Estimate(value=0.67, low=0.21, high=0.94, n=3, positives=2)

    References
    ----------
    Wilson (1927) JASA 22, 209-212.
    """
    flags, flagged = as_flags(truth, "truth"), as_flags(called, "called")
    require_same_length(flags, flagged)
    n, right = int(flagged.sum()), int(np.sum(flags & flagged))
    if n == 0:
        raise NotEstimable(f"PPV needs flagged cases, got 0 among {len(flags)} cases")
    return proportion_estimate(right, n, positives=right, method=METHOD, confidence=confidence)


def negative_predictive_value(truth: Flags, called: Flags, *, confidence: float = 0.95) -> Estimate:
    """Estimate the share of unflagged cases that were confirmed negative.

    Parameters
    ----------
    truth, called : bool arrays of shape (n,)

    Raises
    ------
    NotEstimable
        If every case was flagged.

    Notes
    -----
    Assumes: unflagged cases are independent, and all of them (or a random share) were confirmed or refuted.

    Not for: unflagged cases of which only the suspicious ones were looked up; comparing periods or sites whose
    prevalence differs. Where disease is rare it is high for any AI, also for one that flags nobody.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> negative_predictive_value(np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1]))
    Estimate(value=0.67, low=0.21, high=0.94, n=3, positives=1)

    References
    ----------
    Wilson (1927) JASA 22, 209-212.
    """
    flags, flagged = as_flags(truth, "truth"), as_flags(called, "called")
    require_same_length(flags, flagged)
    n, right = int(np.sum(~flagged)), int(np.sum(~flags & ~flagged))
    if n == 0:
        raise NotEstimable(f"NPV needs unflagged cases, got 0 among {len(flags)} cases")
    return proportion_estimate(right, n, positives=n - right, method=METHOD, confidence=confidence)


def expected_positive_predictive_value(sensitivity: float, specificity: float, prevalence: float) -> float:
    """Return the PPV that an unchanged AI would have at this prevalence, by Bayes' rule.

    Parameters
    ----------
    sensitivity, specificity, prevalence : float
        Shares between 0 and 1; the first two from the baseline, the last from this week.

    Raises
    ------
    NotEstimable
        If such an AI would flag nothing.
    ValueError
        If a share lies outside 0 to 1.

    Notes
    -----
    Assumes: the AI's sensitivity and specificity are those given, in this week's cases too.

    Not for: a change in the kind of case (milder disease, other scanners), which changes sensitivity and
    specificity with the prevalence. It has no range: those of its three inputs are not carried through.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> round(expected_positive_predictive_value(0.90, 0.95, 0.08), 3)
    0.61
    >>> round(expected_positive_predictive_value(0.90, 0.95, 0.04), 3)
    0.429

    References
    ----------
    Altman & Bland (1994) Diagnostic tests 2: predictive values. BMJ 309, 102.
    """
    for share in (sensitivity, specificity, prevalence):
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"sensitivity, specificity and prevalence are shares, got {share:g}")
    rightly = sensitivity * prevalence
    wrongly = (1.0 - specificity) * (1.0 - prevalence)
    if rightly + wrongly == 0.0:
        raise NotEstimable("Expected PPV needs an AI that flags some cases, got one that would flag none")
    return rightly / (rightly + wrongly)


POSITIVE_PREDICTIVE_VALUE = Metric(
    "positive_predictive_value",
    "PPV",
    Better.HIGHER,
    (0.0, 1.0),
    positive_predictive_value,
    takes=("truth", "called"),
)
NEGATIVE_PREDICTIVE_VALUE = Metric(
    "negative_predictive_value",
    "NPV",
    Better.HIGHER,
    (0.0, 1.0),
    negative_predictive_value,
    takes=("truth", "called"),
)
