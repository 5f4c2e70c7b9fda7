"""How rare a false signal is, in words: years, chances, and the time between two."""

from surveillance.domain.budget import WEEKS_A_YEAR
from surveillance.domain.chart_cost import Tier
from surveillance.domain.numbers import percent


def years(value: float) -> str:
    """Return a time in years as it is said; one too short for that in weeks.

    >>> years(0.38), years(2.5), years(23.4), years(1.0)
    ('0.4 years', '2.5 years', '23 years', '1.0 year')
    >>> years(0.07), years(0.02), years(0.001)
    ('4 weeks', '1 week', 'under a week')
    """
    if value < 0.095:
        weeks = round(value * WEEKS_A_YEAR)
        return "under a week" if weeks < 1 else f"{weeks} week{'' if weeks == 1 else 's'}"
    text = f"{value:.1f}" if value < 9.95 else f"{value:,.0f}"
    return f"{text} year" if text == "1.0" else f"{text} years"


def chance(share: float) -> str:
    """Return a chance as it is said; one near certainty is not rounded up to it.

    >>> chance(0.18), chance(0.9999)
    ('18\\xa0%', 'over 99.9\\xa0%')
    """
    return percent(share) if share < 0.999 else f"over {percent(0.999)}"


def once(tier: Tier) -> str:
    """Return how often a limit is passed by chance: by its 10th percentile where the baseline was estimated.

    The average over such baselines would promise what half of them do not keep.
    """
    if tier.low_years is None:
        return f"once in {years(tier.stated_years)}"
    return f"once in {years(tier.low_years)}, or more rarely, in nine of ten such baselines"
