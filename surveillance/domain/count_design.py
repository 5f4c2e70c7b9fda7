"""The chart of weekly counts: a Poisson CUSUM whose cases are weeks, its two limits and what they cost."""

from functools import lru_cache

from surveillance.detectors import PoissonCusum
from surveillance.domain.budget import WEEKS_A_YEAR, line
from surveillance.domain.chart_cost import tier
from surveillance.domain.chart_limits import HALF_AND_MOST, TierLimit
from surveillance.domain.chart_titles import chart_title
from surveillance.domain.designed_chart import ChartDesign
from surveillance.domain.in_control import STANDARD
from surveillance.domain.plan import Plan
from surveillance.domain.plan_chart import Chart
from surveillance.errors import NotEstimable


def count_design(plan: Plan, chart: Chart) -> tuple[ChartDesign, PoissonCusum]:
    """Design the chart from the plan's means a week and the chart's share of the budget, run lengths in weeks.

    Returns
    -------
    tuple of ChartDesign and PoissonCusum
        The second with its alarm limit; it makes the steps of both.

    Raises
    ------
    NotEstimable
        If no such chart can be designed, with the reason.
    """
    assert chart.acceptable_per_week is not None
    assert chart.unacceptable_per_week is not None
    share, budget = chart.share_of_budget, plan.budget
    means = chart.acceptable_per_week, chart.unacceptable_per_week
    lower, alarm = _limit(*means, line(budget.alarms_per_year, share.alarm, 1.0).events)
    action = None
    if chart.may_recommend_stop:
        action = _limit(*means, line(budget.recommendations_per_year, share.action, 1.0).events)[1]
    upper = None if action is None else tier(action, share.action, budget.recommendations_per_year, 1.0)
    design = ChartDesign(
        key=chart.key,
        watches=chart.watches,
        title=chart_title(chart),
        change=f"evidence that {means[0]:g} a week have become {means[1]:g}",
        level="alarm",
        unit="events",
        steps_per_unit=lower.steps_per_event,
        steps_down=lower.steps_per_period,
        alarm_steps=alarm.steps,
        action_steps=None if action is None else action.steps,
        events_per_week=1.0,
        alarm=tier(alarm, share.alarm, budget.alarms_per_year, 1.0),
        action=upper,
        in_control=means[0],
        out_of_control=lower.out_of_control,
        asked_out_of_control=means[1],
        odds_ratio=None,
        estimated=STANDARD,
        detector=chart.detector,
    )
    return design, lower


@lru_cache(maxsize=256)
def _limit(low: float, high: float, asked: float) -> tuple[PoissonCusum, TierLimit]:
    try:
        chart = PoissonCusum.design(in_control=low, out_of_control=high, run_length=asked)
    except ValueError as reason:
        raise NotEstimable(f"This chart cannot be designed from its share of the budget, in weeks: {reason}") from None
    one, two = chart.run_length_distribution(low, [round(WEEKS_A_YEAR), round(2 * WEEKS_A_YEAR)])
    median, p95 = (float(chart.delay_quantile(high, share)) for share in HALF_AND_MOST)
    found = TierLimit(
        chart.limit_steps, asked, chart.run_length(low), (float(one), float(two)), (median, p95), None, None
    )
    return chart, found
