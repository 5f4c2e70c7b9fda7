"""The false-alarm budget of a deployment, in two tiers over all its charts."""

from dataclasses import dataclass
from math import exp

from surveillance.domain.plan import Plan

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


def chance_of_one(per_year: float, years: float) -> float:
    """Return the chance of at least one false signal within some years; run lengths are near geometric.

    >>> round(chance_of_one(0.1, 2.0), 2)
    0.18
    """
    return 1.0 - exp(-per_year * years)


def share_true(plan: Plan) -> float:
    """Return the share of stop-use recommendations that would be true for the plan's stated fault rate.

    With a fault every T years, each in the end found, and r false recommendations a year, the share is
    (1/T) / (1/T + r): a rate, not a promise.
    """
    faults = 1.0 / plan.budget.fault_every_years
    spent = sum(chart.share_of_budget.action for chart in plan.chart if chart.may_recommend_stop)
    false = plan.budget.recommendations_per_year * spent
    return faults / (faults + false)
