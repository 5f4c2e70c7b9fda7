"""Specificity: of the confirmed negatives, the share that the AI left unflagged."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, as_flags, require_same_length
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.proportion import METHOD, proportion_estimate
from surveillance.metrics.topic import Topic

TOPIC = Topic.OPERATING_POINT


def specificity(truth: Flags, called: Flags, *, confidence: float = 0.95) -> Estimate:
    """Estimate the share of confirmed negatives that the AI left unflagged.

    Parameters
    ----------
    truth, called : bool arrays of shape (n,)
        Whether the reference standard found disease; whether the AI flagged the case.

    Raises
    ------
    NotEstimable
        If there is no confirmed negative.

    Notes
    -----
    Assumes: cases are independent, and whether the truth of a case was looked up has nothing to do with the AI's
    flag.

    Not for: cases of which mainly the flagged ones were confirmed: specificity then looks too low, and
    `specificity_audited` or `specificity_weighted` undo that; several studies of one patient.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> specificity(np.array([0, 0, 0, 0, 1]), np.array([0, 0, 0, 1, 1]))
    Estimate(value=0.75, low=0.30, high=0.95, n=4, positives=0)

    References
    ----------
    Wilson (1927) JASA 22, 209-212.
    """
    flags, flagged = as_flags(truth, "truth"), as_flags(called, "called")
    require_same_length(flags, flagged)
    negatives = int(np.sum(~flags))
    if negatives == 0:
        raise NotEstimable(f"Specificity needs confirmed negatives, got 0 among {len(flags)} cases")
    left = int(np.sum(~flags & ~flagged))
    return proportion_estimate(left, negatives, positives=0, method=METHOD, confidence=confidence)


SPECIFICITY = Metric("specificity", "Specificity", Better.HIGHER, (0.0, 1.0), specificity, takes=("truth", "called"))
