"""The chart of the time between rare events: two limits in studies, from the budget, with what they cost."""

from functools import lru_cache

from surveillance.detectors import TimeBetweenEvents
from surveillance.detectors.gap_two_limits import PER_STUDY, gap_limit_steps
from surveillance.domain.budget import WEEKS_A_YEAR, line
from surveillance.domain.chart_cost import tier
from surveillance.domain.chart_limits import HALF_AND_MOST, TierLimit
from surveillance.domain.chart_titles import chart_title
from surveillance.domain.designed_chart import ChartDesign
from surveillance.domain.in_control import STANDARD
from surveillance.domain.plan import Plan
from surveillance.domain.plan_chart import Chart
from surveillance.domain.rare_rate import in_many, round_number
from surveillance.domain.verification import stream_rates
from surveillance.errors import NotEstimable

OF = {
    "missed_positives": "verified positives",
    "false_flags": "verified negatives",
    "technical_failures": "studies",
}


def gap_design(plan: Plan, chart: Chart, site: str) -> ChartDesign:
    """Design the chart from the plan's standard, the site's volume and the chart's share of the budget.

    Rates are carried to the verified stream as those of a Bernoulli CUSUM are. The height is a rate in a round number
    of studies; a limit is the height of a run of events that took just so many studies.

    Raises
    ------
    NotEstimable
        If a run of events comes every week at this site, or the budget asks for fewer false signals than any limit
        gives.
    """
    seen, together = stream_rates(plan, chart, site), chart.events_together
    if seen.in_control * seen.events_per_week >= together:
        raise NotEstimable(
            f"The time between events needs events rarer than {together} a week, got"
            f" {seen.in_control * seen.events_per_week:.1f} at the acceptable rate: watch them with a bernoulli_cusum"
        )
    share, budget, volume = chart.share_of_budget, plan.budget, seen.events_per_week
    year = volume * WEEKS_A_YEAR
    rates = seen.in_control, seen.out_of_control
    alarm = _limit(*rates, line(budget.alarms_per_year, share.alarm, volume).events, year, together)
    action = None
    if chart.may_recommend_stop:
        asked = line(budget.recommendations_per_year, share.action, volume).events
        action = _limit(*rates, asked, year, together)
    assert isinstance(chart.acceptable, float)
    clinical, many = chart.acceptable, round_number(seen.in_control)
    found = None if action is None else tier(action, share.action, budget.recommendations_per_year, volume)
    return ChartDesign(
        key=chart.key,
        watches=chart.watches,
        title=chart_title(chart),
        change=f"evidence that {in_many(clinical)} has become {in_many(chart.unacceptable_rate(clinical))}",
        level="alarm",
        unit=f"events in {many:,} {OF[chart.watches]}",
        steps_per_unit=PER_STUDY // many,
        steps_down=0,
        alarm_steps=alarm.steps,
        action_steps=None if action is None else action.steps,
        events_per_week=volume,
        alarm=tier(alarm, share.alarm, budget.alarms_per_year, volume),
        action=found,
        in_control=seen.in_control,
        out_of_control=seen.out_of_control,
        asked_out_of_control=seen.out_of_control,
        odds_ratio=None,
        estimated=STANDARD,
        detector=chart.detector,
        together=together,
    )


@lru_cache(maxsize=256)
def _limit(low: float, high: float, asked: float, year: float, together: int) -> TierLimit:
    try:
        chart = TimeBetweenEvents.design(
            in_control=low, out_of_control=high, run_length=asked, events_together=together
        )
        steps = gap_limit_steps(chart.limit_studies, together)
    except ValueError as reason:
        raise NotEstimable(
            f"This chart cannot be designed from its share of the budget, in studies: {reason}"
        ) from None
    one, two = chart.run_length_distribution(low, [round(year), round(2 * year)])
    median, p95 = (float(chart.delay_quantile(high, share)) for share in HALF_AND_MOST)
    run = chart.run_length(low)
    return TierLimit(steps, asked, run, (float(one), float(two)), (median, p95), None, None)
