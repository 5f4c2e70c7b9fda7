"""Quantiles of a waiting time, with an interval that assumes nothing about its shape."""

import numpy as np
from scipy.special import bdtr

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Scores, as_scores
from surveillance.metrics.estimate import Estimate, Interval, normal_quantile
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.topic import Topic

TOPIC = Topic.THROUGHPUT


def quantile(values: Scores, share: float, *, label: str = "The quantile", confidence: float = 0.95) -> Estimate:
    """Estimate the value that a given share of cases does not exceed.

    The interval runs between two order statistics whose binomial tails are each at most half the
    error allowed, so it covers at least its confidence whatever the distribution. The value itself is
    interpolated linearly between its two neighbours (Hyndman & Fan's type 7).

    Parameters
    ----------
    values : float array of shape (n,)
        In any unit, e.g. hours; the answer is in the same unit.
    share : float
        Between 0 and 1: 0.5 for the median.
    label : str
        Opens the sentence where there is no answer.

    Raises
    ------
    NotEstimable
        If there is no value. (With too few for that share the value stands without an interval.)
    ValueError
        If the share does not lie between 0 and 1.

    Notes
    -----
    Assumes: values are independent and from one distribution; of its shape, nothing.

    Not for: times of which the longest are still running, since leaving them out makes the quantile too short;
    a share near 0 or 1 of few cases (the 95th percentile has an interval from 72 cases on).

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> quantile(np.arange(1.0, 101.0), 0.5)
    Estimate(value=50.50, low=40.00, high=61.00, n=100, positives=0)

    References
    ----------
    Conover (1999) Practical Nonparametric Statistics, 3rd ed., section 3.2.
    """
    if not 0.0 < share < 1.0:
        raise ValueError(f"share must lie between 0 and 1, got {share:g}")
    normal_quantile(confidence)  # refuses a confidence outside 0 to 1
    column = np.sort(as_scores(values, "values"))
    n = len(column)
    if n == 0:
        raise NotEstimable(f"{label} needs at least one case, got 0")
    value = float(np.quantile(column, share))
    method = f"{100 * share:g} % quantile by linear interpolation; interval between order statistics (binomial)"
    tail = (1.0 - confidence) / 2.0
    below = bdtr(np.arange(n), n, share)  # P(at most k of n lie below the true quantile), k = 0 .. n-1
    lower = int(np.searchsorted(below, tail, side="right"))  # the rank, from 1, of the lower end
    upper = int(np.searchsorted(below, 1.0 - tail, side="left")) + 1
    if lower < 1 or upper > n:
        reason = f"The interval of {label[0].lower()}{label[1:]} needs more cases, got {n}"
        return Estimate(value, NotEstimable(reason), None, n, 0, method)
    interval = Interval(float(column[lower - 1]), float(column[upper - 1]), confidence)
    return Estimate(value, interval, None, n, 0, method)


def turnaround_median(turnaround: Scores, *, confidence: float = 0.95) -> Estimate:
    """Estimate the time within which the AI answered half of the studies.

    The 50 % quantile of the time from acquisition to result, with the interval of `quantile`.

    Parameters
    ----------
    turnaround : float array of shape (n,)
        Hours from acquisition to result.

    Raises
    ------
    NotEstimable
        If no study has a result.

    Notes
    -----
    Assumes: times are independent, of studies that have a result.

    Not for: studies still waiting for a result or never processed: they have no time and are counted elsewhere, so
    that a stalled AI can show a short median and many studies without a result.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> turnaround_median(np.array([0.1, 0.2, 0.3])).value
    0.2

    References
    ----------
    As for `quantile`: Conover (1999) Practical Nonparametric Statistics, 3rd ed., section 3.2.
    """
    return quantile(turnaround, 0.5, label="The median turnaround", confidence=confidence)


def turnaround_95th(turnaround: Scores, *, confidence: float = 0.95) -> Estimate:
    """Estimate the time within which the AI answered 95 % of the studies.

    The 95 % quantile of the time from acquisition to result, with the interval of `quantile`.

    Parameters
    ----------
    turnaround : float array of shape (n,)
        Hours from acquisition to result.

    Raises
    ------
    NotEstimable
        If no study has a result.

    Notes
    -----
    Assumes: times are independent, of studies that have a result.

    Not for: studies still waiting for a result or never processed: they have no time and are counted elsewhere, so
    that a stalled AI can show a short percentile and many studies without a result.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> round(turnaround_95th(np.arange(0.0, 101.0)).value, 1)
    95.0

    References
    ----------
    As for `quantile`: Conover (1999) Practical Nonparametric Statistics, 3rd ed., section 3.2.
    """
    return quantile(turnaround, 0.95, label="The 95th percentile of turnaround", confidence=confidence)


TURNAROUND_MEDIAN = Metric(
    "turnaround_median",
    "Median turnaround",
    Better.LOWER,
    (0.0, float("inf")),
    turnaround_median,
    takes=("turnaround",),
)
TURNAROUND_95TH = Metric(
    "turnaround_95th",
    "95th percentile of turnaround",
    Better.LOWER,
    (0.0, float("inf")),
    turnaround_95th,
    takes=("turnaround",),
)
