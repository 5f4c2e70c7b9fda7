"""Flag rate: the share of processed cases that the AI flagged; needs no truth."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, as_flags
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.proportion import METHOD, proportion_estimate
from surveillance.metrics.topic import Topic

TOPIC = Topic.OPERATING_POINT


def flag_rate(called: Flags, *, confidence: float = 0.95) -> Estimate:
    """Estimate the share of processed cases that the AI flagged.

    Parameters
    ----------
    called : bool array of shape (n,)

    Raises
    ------
    NotEstimable
        If there is no case.

    Notes
    -----
    Assumes: cases are independent; of the truth, nothing: it is not needed.

    Not for: saying that the AI got better or worse: the rate moves with the prevalence and with who is scanned as
    well as with the AI.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> flag_rate(np.array([1, 0, 0, 0]))
    Estimate(value=0.25, low=0.05, high=0.70, n=4, positives=1)

    References
    ----------
    Wilson (1927) JASA 22, 209-212.
    """
    flagged = as_flags(called, "called")
    if len(flagged) == 0:
        raise NotEstimable("Flag rate needs processed cases, got 0")
    flags = int(np.sum(flagged))
    return proportion_estimate(flags, len(flagged), positives=flags, method=METHOD, confidence=confidence)


FLAG_RATE = Metric("flag_rate", "Flag rate", Better.NEITHER, (0.0, 1.0), flag_rate, takes=("called",))
