"""The designed charts of a deployment: two limits each, from the budget, with what they cost."""

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.budget import WEEKS_A_YEAR, line
from surveillance.domain.chart_cost import tier
from surveillance.domain.chart_limits import Limits, rate_limits, risk_limits
from surveillance.domain.chart_titles import TITLES
from surveillance.domain.designed_chart import ChartDesign as ChartDesign
from surveillance.domain.in_control import RISK_MIX, STANDARD, InControl
from surveillance.domain.numbers import percent
from surveillance.domain.plan import Plan
from surveillance.domain.plan_parts import Chart
from surveillance.domain.verification import StreamRates, stream_rates, verified_per_week


def rate_design(
    plan: Plan, chart: Chart, site: str, rates: StreamRates | None = None, source: InControl = STANDARD
) -> ChartDesign:
    """Design a Bernoulli CUSUM from its rates, the site's volume and the chart's share of the budget.

    `rates` are the plan's own unless given, for a chart whose in-control rate is not a standard.
    """
    seen = stream_rates(plan, chart, site) if rates is None else rates
    clinical = chart.acceptable if isinstance(chart.acceptable, float) else source.clinical
    baseline = source.sample if source.source == "baseline" else None
    asked = _run_lengths(plan, chart, 1.0, seen.events_per_week)
    year = seen.events_per_week * WEEKS_A_YEAR
    limits = rate_limits(seen.in_control, seen.out_of_control, *asked, year=year, baseline=baseline)
    whose = {"baseline": "the baseline's ", "acceptance": "the accepted "}.get(source.source, "")
    return _design(
        plan,
        chart,
        limits,
        1.0,
        key=chart.watches,
        title=TITLES[chart.watches],
        change=f"evidence that {whose}{percent(clinical)} has become {percent(chart.unacceptable_rate(clinical))}",
        level="alarm",
        unit="events",
        rates=seen,
        odds_ratio=None,
        source=source,
    )


def risk_designs(plan: Plan, chart: Chart, site: str, risk: NDArray[np.float64], mix: str) -> tuple[ChartDesign, ...]:
    """Design a risk-adjusted CUSUM for each direction of a chart, for a deployment's own mix of risks.

    The directions share the chart's part of the budget equally. The chart
    weighs every study by its own score on the lattice of its design, so that its run length is exact for the mix.
    """
    values, counts = np.unique(risk, return_counts=True)
    rates = StreamRates(0.0, 0.0, verified_per_week(plan, site))
    part = 1.0 / len(chart.odds_ratios)
    asked, year = _run_lengths(plan, chart, part, rates.events_per_week), rates.events_per_week * WEEKS_A_YEAR
    return tuple(
        _design(
            plan,
            chart,
            risk_limits(ratio, tuple(values.tolist()), tuple(counts.tolist()), *asked, year=year),
            part,
            key=f"{chart.watches}:{ratio:g}",
            title=f"{TITLES[chart.watches]}, {'higher' if ratio > 1 else 'lower'}",
            change=f"evidence that the odds of a {plan.finding} at a given score are {ratio:g} times what they were",
            level="watch" if chart.watches == "calibration" else "alarm",
            unit="log-likelihood ratio",
            rates=rates,
            odds_ratio=ratio,
            source=InControl(RISK_MIX, 0, len(risk), 0.0, mix),
        )
        for ratio in chart.odds_ratios
    )


def _run_lengths(plan: Plan, chart: Chart, part: float, volume: float) -> tuple[float, float | None]:
    """Return the run lengths that the budget asks of the alarm and the action limit, in the chart's studies."""
    share, budget = chart.share_of_budget, plan.budget
    alarm = line(budget.alarms_per_year, share.alarm * part, volume).events
    if not chart.may_recommend_stop:
        return alarm, None
    return alarm, line(budget.recommendations_per_year, share.action * part, volume).events


def _design(
    plan: Plan,
    chart: Chart,
    limits: Limits,
    part: float,
    *,
    key: str,
    title: str,
    change: str,
    level: str,
    unit: str,
    rates: StreamRates,
    odds_ratio: float | None,
    source: InControl,
) -> ChartDesign:
    volume, budget, share, upper = rates.events_per_week, plan.budget, chart.share_of_budget, limits.action
    action = None if upper is None else tier(upper, share.action * part, budget.recommendations_per_year, volume)
    of_rates = odds_ratio is None
    return ChartDesign(
        key=key,
        watches=chart.watches,
        title=title,
        change=change,
        level=level,
        unit=unit,
        steps_per_unit=limits.steps_per_unit,
        steps_down=limits.steps_down,
        alarm_steps=limits.alarm.steps,
        action_steps=None if upper is None else upper.steps,
        events_per_week=volume,
        alarm=tier(limits.alarm, share.alarm * part, budget.alarms_per_year, volume),
        action=action,
        in_control=rates.in_control if of_rates else None,
        out_of_control=limits.tuned if of_rates else None,
        asked_out_of_control=rates.out_of_control if of_rates else None,
        odds_ratio=odds_ratio,
        estimated=source,
        detector=chart.detector,
    )
