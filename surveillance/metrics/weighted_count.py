"""How many cases some weighted cases stand for, and how many independent cases they are worth."""

from dataclasses import dataclass

import numpy as np

from surveillance.metrics.arrays import BoolArray, FloatArray
from surveillance.metrics.modified_wilson import modified_wilson
from surveillance.metrics.topic import Topic

TOPIC = Topic.PARTIAL_VERIFICATION


@dataclass(frozen=True, slots=True)
class WeightedCount:
    """Counts of weighted cases, one or many at once.

    Attributes
    ----------
    total : float array of shape (k,)
        Sum of weights: the cases they stand for.
    squares : float array of shape (k,)
        Sum of squared weights.
    typical : float array of shape (k,)
        What an effective case of the stratum stands for: squares over total of all its verified cases.

    Examples
    --------
    >>> found = WeightedCount(np.array([30.0]), np.array([500.0]), np.array([10.0]))
    >>> found.effective.round(2).tolist(), found.each.round(2).tolist()
    ([1.8], [16.67])
    """

    total: FloatArray
    squares: FloatArray
    typical: FloatArray

    @property
    def effective(self) -> FloatArray:
        """Return how many independent cases of equal weight these are worth; 0 where there is none."""
        return np.asarray(self.total / self.each)

    @property
    def each(self) -> FloatArray:
        """Return how many cases each effective case stands for (Kish: squares over total).

        Never less than is typical of the stratum: of a few cases, that all were drawn with a high fraction says
        little, and counting them at their low weights would make the range too short.
        """
        own = np.divide(self.squares, self.total, out=self.typical.copy(), where=self.squares > 0.0)
        return np.maximum(own, self.typical)


def weighted_count(which: BoolArray, weight: FloatArray, stratum: BoolArray) -> WeightedCount:
    """Count the cases of `which` by their weights; the stratum tells what one more would weigh."""
    own, among = weight[which], weight[stratum]
    typical = float((among**2).sum() / among.sum()) if among.size else 1.0
    return WeightedCount(np.array([own.sum()]), np.array([(own**2).sum()]), np.array([typical]))


def share_of_first(
    first: WeightedCount, second: WeightedCount, confidence: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return which share of the cases stood for belongs to the first of two groups, with its interval.

    Odds of weighted cases are the odds of effective cases times a constant, so an interval for the effective
    cases is carried over by a monotone map. nan where both groups are empty.

    Returns
    -------
    value, low, high : float arrays of shape (k,)

    Notes
    -----
    Assumes: cases were drawn at random within each group, each standing for one over its fraction.

    Not for: groups of which a case was drawn with certainty and most were not drawn at all by design.

    Departs from the published rule: effective cases stand where Wilson's rule counts cases, because cases of
    unequal weight tell less than as many of one weight (Kish).

    Examples
    --------
    >>> first = WeightedCount(np.array([45.0]), np.array([45.0]), np.array([1.0]))
    >>> second = WeightedCount(np.array([50.0]), np.array([500.0]), np.array([10.0]))
    >>> value, low, high = share_of_first(first, second, 0.95)
    >>> value.round(2).tolist(), low.round(2).tolist(), high.round(2).tolist()
    ([0.47], [0.27], [0.69])

    References
    ----------
    Kish (1965) Survey Sampling, section 11.7. Brown, Cai & DasGupta (2001) Statistical Science 16, 101-133.
    """
    everyone = first.total + second.total
    some = everyone > 0.0
    value = np.divide(first.total, everyone, out=np.full(len(everyone), np.nan), where=some)
    found = first.effective + second.effective
    low, high = modified_wilson(np.where(some, first.effective, 0.0), np.where(some, found, 1.0), confidence)

    def carried(share: FloatArray) -> FloatArray:
        ones = share * first.each
        return np.where(some, ones / (ones + (1.0 - share) * second.each), np.nan)

    return value, carried(low), carried(high)


def combined_share(
    yes: WeightedCount, no: WeightedCount, found: WeightedCount, clear: WeightedCount, confidence: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the share of positives over flagged cases (`yes`, `no`) and unflagged ones (`found`, `clear`).

    The limits of the flag rate W and of the positives in each stratum, p1 and p0, are combined for
    W p1 + (1 - W) p0 as the root of the squared distances, each times its factor (Newcombe's rule, "MOVER").

    Returns
    -------
    value, low, high : float arrays of shape (k,); nan where there is no case

    Notes
    -----
    Assumes: flagged and unflagged cases were verified at random within each stratum, each case with a known
    fraction.

    Not for: an audit of a chosen few; fractions that were not written down.

    Departs from the published rule: three terms are combined where Zou, Huo & Taleban combine two, because the flag
    rate is estimated too.

    Examples
    --------
    >>> def of(cases, each):
    ...     return WeightedCount(np.array([cases * each]), np.array([cases * each**2]), np.array([each]))
    >>> value, low, high = combined_share(of(45, 1.0), of(55, 1.0), of(2, 10.0), of(88, 10.0), 0.95)
    >>> value.round(3).tolist(), low.round(2).tolist(), high.round(2).tolist()
    ([0.065], [0.04], [0.12])

    References
    ----------
    Newcombe (1998) Statistics in Medicine 17, 873-890. Zou, Huo & Taleban (2009) Simple confidence intervals for
    lognormal means and their differences. Environmetrics 20, 172-180.
    """
    flagged, unflagged = added(yes, no), added(found, clear)
    share = share_of_first(flagged, unflagged, confidence)
    inside = share_of_first(yes, no, confidence)
    outside = share_of_first(found, clear, confidence)
    # An empty stratum tells nothing: any share of it may be positive.
    blank = 0.0, 0.0, 1.0
    p1, p1_low, p1_high = (np.where(flagged.total > 0, end, none) for end, none in zip(inside, blank, strict=True))
    p0, p0_low, p0_high = (np.where(unflagged.total > 0, end, none) for end, none in zip(outside, blank, strict=True))
    value = share[0] * p1 + (1.0 - share[0]) * p0
    gap = p1 - p0
    down, up = share[0] - share[1], share[2] - share[0]
    below = np.where(gap >= 0, down, up) * gap, share[0] * (p1 - p1_low), (1.0 - share[0]) * (p0 - p0_low)
    above = np.where(gap >= 0, up, down) * gap, share[0] * (p1_high - p1), (1.0 - share[0]) * (p0_high - p0)
    low = value - np.sqrt(sum(term**2 for term in below))
    high = value + np.sqrt(sum(term**2 for term in above))
    return value, np.maximum(low, 0.0), np.minimum(high, 1.0)


def added(first: WeightedCount, second: WeightedCount) -> WeightedCount:
    """Return two groups of cases as one."""
    return WeightedCount(first.total + second.total, first.squares + second.squares, first.typical)
