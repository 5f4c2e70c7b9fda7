"""Sensitivity: of the confirmed positives, the share that the AI flagged."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, as_flags, require_same_length
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.proportion import METHOD, proportion_estimate
from surveillance.metrics.topic import Topic

TOPIC = Topic.OPERATING_POINT


def sensitivity(truth: Flags, called: Flags, *, confidence: float = 0.95) -> Estimate:
    """Estimate the share of confirmed positives that the AI flagged.

    Parameters
    ----------
    truth, called : bool arrays of shape (n,)
        Whether the reference standard found disease; whether the AI flagged the case.

    Raises
    ------
    NotEstimable
        If there is no confirmed positive.

    Notes
    -----
    Assumes: cases are independent, and whether the truth of a case was looked up has nothing to do with the AI's
    flag.

    Not for: cases of which mainly the flagged ones were confirmed: sensitivity then looks too high, and
    `sensitivity_audited` or `sensitivity_weighted` undo that; several studies of one patient; a truth with errors
    of its own, when positives are rare (`apparent_miss_rate`).

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> sensitivity(np.array([1, 1, 1, 1, 0]), np.array([1, 1, 1, 0, 0]))
    Estimate(value=0.75, low=0.30, high=0.95, n=4, positives=4)

    References
    ----------
    Wilson (1927) JASA 22, 209-212.
    """
    flags, flagged = as_flags(truth, "truth"), as_flags(called, "called")
    require_same_length(flags, flagged)
    positives = int(flags.sum())
    if positives == 0:
        raise NotEstimable(f"Sensitivity needs confirmed positives, got 0 among {len(flags)} cases")
    hits = int(np.sum(flags & flagged))
    return proportion_estimate(hits, positives, positives=positives, method=METHOD, confidence=confidence)


SENSITIVITY = Metric("sensitivity", "Sensitivity", Better.HIGHER, (0.0, 1.0), sensitivity, takes=("truth", "called"))
