"""How often a stable year shows at least one mark on an XmR chart, measured once for limits from so many weeks."""

from collections.abc import Sequence
from dataclasses import dataclass

from surveillance.errors import NotEstimable

YEARS = 20_000  # stable years simulated for each number of weeks
WITH_A_MARK = {12: 13_818, 16: 13_353, 20: 13_037, 24: 12_672, 36: 12_009, 52: 11_610}


@dataclass(frozen=True, slots=True)
class StableYear:
    """The chance of at least one mark in a stable year of 52 weeks.

    Attributes
    ----------
    one, any_of_them : float
        On one chart, and on at least one of several that do not move together.
    weeks : int
        Weeks that fix the limits, as simulated: the most that are not more than those of the charts.
    """

    one: float
    any_of_them: float
    weeks: int


def stable_year(baselines: Sequence[int]) -> StableYear:
    """Return how often stable charts are marked by chance within a year, from the number of weeks that fix each.

    Simulated with `xmr_false_alarm_rate`: 20,000 years of independent normal values for each number of weeks. Between
    two of them the smaller counts, which marks more often.

    Parameters
    ----------
    baselines : sequence of int
        Weeks that fix the limits, one number a chart.

    Raises
    ------
    NotEstimable
        If there is no chart, or one with fewer than 12 weeks.

    Examples
    --------
    >>> year = stable_year([14, 14, 14])
    >>> round(year.one, 2), round(year.any_of_them, 2), year.weeks
    (0.69, 0.97, 12)

    Notes
    -----
    Assumes: normal, independent weeks; charts that do not move together.
    Not for: the chance of a mark in a real series, which is higher where neighbouring weeks are alike.
    Departs from the published rule: in nothing: no rate is published for the four rules together.

    References
    ----------
    None: a definition of this product.
    """
    fewest = min(baselines, default=0)
    known = [weeks for weeks in WITH_A_MARK if weeks <= fewest]
    if not known:
        raise NotEstimable(f"The chance of a mark needs limits from {min(WITH_A_MARK)} weeks, got {fewest}")
    one = WITH_A_MARK[known[-1]] / YEARS
    return StableYear(one, 1 - (1 - one) ** len(baselines), known[-1])
