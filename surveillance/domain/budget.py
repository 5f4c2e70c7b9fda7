"""The false-alarm budget of a deployment, in two tiers over all its charts."""

from dataclasses import dataclass

WEEKS_A_YEAR = 365.25 / 7


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """What one chart may spend: the average time between false signals, in years and in its own events."""

    years: float
    events: float


def line(per_year: float, share: float, events_per_week: float) -> BudgetLine:
    """Turn a share of a yearly budget into a run length in the chart's own events.

    >>> line(1.0, 0.4, 20.0).years
    2.5
    >>> round(line(1.0, 0.4, 20.0).events)
    2609
    """
    years = 1.0 / (per_year * share)
    return BudgetLine(years, years * WEEKS_A_YEAR * events_per_week)
