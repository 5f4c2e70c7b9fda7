"""The range of an AUROC when some positives were found by an audit only: few of them, and each stands for many."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, stdtrit

from surveillance.metrics.arrays import FloatArray
from surveillance.metrics.estimate import normal_quantile
from surveillance.metrics.topic import Topic
from surveillance.metrics.weighted_count import WeightedCount, share_of_first

TOPIC = Topic.PARTIAL_VERIFICATION


@dataclass(frozen=True, slots=True)
class PositiveGroup:
    """Positives that were verified in one way, for one or many AUROCs at once.

    Attributes
    ----------
    count : WeightedCount
    cases : float array of shape (k,)
    area : float array of shape (k,)
        Mean share of negatives that they outscore; nan without a case.
    variance : float array of shape (k,)
        Of that mean, the negatives held fixed; nan with fewer than two cases.
    """

    count: WeightedCount
    cases: FloatArray
    area: FloatArray
    variance: FloatArray


def audited_auroc_interval(
    area: FloatArray,
    negatives_variance: FloatArray,
    certain: PositiveGroup,
    found: PositiveGroup,
    confidence: float = 0.95,
) -> tuple[FloatArray, FloatArray]:
    """Return an interval for an AUROC that holds when an audit found few positives, or none.

    The AUROC is S A1 + (1 - S) A0: the share S of positives that are verified with certainty, and how they (A1) and
    the audited ones (A0) stand among the negatives. The limits of S are those of an audited share; of A0 Student's
    with one case fewer, between 0 and 1, and 0 to 1 where one or none was found; what remains (A1 and the negatives)
    is DeLong's on the logit scale. Distances are combined as the root of their squares, each times its factor.

    Parameters
    ----------
    area, negatives_variance : float arrays of shape (k,)
        The weighted AUROC, and its variance from the negatives alone.
    certain, found : PositiveGroup
        Positives verified with certainty, and by the audit.

    Returns
    -------
    low, high : float arrays of shape (k,); nan where the AUROC is absent, 0 or 1

    Examples
    --------
    >>> one = np.ones(1)
    >>> certain = PositiveGroup(WeightedCount(40 * one, 40 * one, one), 40 * one, 0.97 * one, 0.0001 * one)
    >>> found = PositiveGroup(WeightedCount(0 * one, 0 * one, 10 * one), 0 * one, np.nan * one, np.nan * one)
    >>> low, high = audited_auroc_interval(0.97 * one, 0.0001 * one, certain, found)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.49], [0.99])

    Notes
    -----
    Assumes: a known random audit of the rest. Measured coverage stands with `auroc_weighted`.
    Not for: a log whose audited cases have no truth yet: nothing then tells that there was an audit.
    Departs from the published rule: the variance of the negatives is taken once, for the whole, because they are common
    to A1 and A0, and MOVER combines limits that are independent.

    References
    ----------
    Zou, Huo & Taleban (2009) Environmetrics 20, 172-180. DeLong, DeLong & Clarke-Pearson (1988) Biometrics 44, 837-845.
    """
    able = (area > 0.0) & (area < 1.0)
    value = np.where(able, area, 0.5)
    share, share_low, share_high = share_of_first(certain.count, found.count, confidence)
    some, several = found.cases > 0, found.cases > 1
    # One certain positive has no spread of its own: the largest that a share between 0 and 1 can have.
    spread = np.where(certain.cases > 1, certain.variance, np.where(certain.cases > 0, 0.25, 0.0))
    variance = share**2 * spread + negatives_variance
    half = normal_quantile(confidence) * np.sqrt(variance) / (value * (1.0 - value))
    below, above = value - expit(logit(value) - half), expit(logit(value) + half) - value

    t = stdtrit(np.where(several, found.cases - 1.0, 1.0), 0.5 + confidence / 2.0)
    reach = np.where(several, t * np.sqrt(np.where(several, found.variance, 0.0)), 1.0)
    inside = np.where(some, found.area, 0.0)
    under = np.where(some, np.minimum(reach, inside), 0.0)
    over = np.where(some, np.minimum(reach, 1.0 - inside), 0.0)

    # What was not found may stand anywhere: at worst below every negative, and not above the positives that were.
    outside = np.where(certain.cases > 0, certain.area, 1.0)
    gap_low = outside - inside
    gap_high = np.where(some, gap_low, 0.0)
    down = np.where(gap_low >= 0, share - share_low, share_high - share) * gap_low
    up = np.where(gap_high >= 0, share_high - share, share - share_low) * gap_high
    low = value - np.sqrt(below**2 + down**2 + ((1.0 - share) * under) ** 2)
    high = value + np.sqrt(above**2 + up**2 + ((1.0 - share) * over) ** 2)
    return np.where(able, np.maximum(low, 0.0), np.nan), np.where(able, np.minimum(high, 1.0), np.nan)
