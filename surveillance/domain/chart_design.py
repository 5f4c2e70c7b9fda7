"""The designed charts of a deployment: two limits each, from the budget, with what they cost."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.budget import WEEKS_A_YEAR, line
from surveillance.domain.chart_limits import Limits, rate_limits, risk_limits
from surveillance.domain.plan import Plan
from surveillance.domain.plan_parts import Chart
from surveillance.domain.verification import stream_rates, verified_per_week

TITLES = {
    "missed_positives": "Positives the AI did not flag",
    "false_flags": "False flags",
    "technical_failures": "Technical failures",
    "calibration": "Calibration",
    "outcome_given_risk": "Outcome given the predicted risk",
}


@dataclass(frozen=True, slots=True)
class ChartDesign:
    """One chart, ready to run: its limits in lattice steps and in the chart's unit, and what they cost.

    `alarm_years` and `action_years` are the achieved average times between false signals at the plan's
    volume; `delay_median` and `delay_p95` are weeks to pass the limit at the unacceptable level from a
    chart that stands at zero. For rate charts `in_control` and `out_of_control` are what the chart sees:
    the plan's rates carried to the verified stream, the second tuned so that the lattice is exact.
    """

    key: str
    watches: str
    title: str
    change: str
    level: str
    unit: str
    steps_per_unit: int
    alarm_steps: int
    action_steps: int | None
    events_per_week: float
    alarm_years: float
    action_years: float | None
    delay_median: float
    delay_p95: float
    action_delay_median: float | None
    action_delay_p95: float | None
    in_control: float | None
    out_of_control: float | None
    odds_ratio: float | None
    mix: str

    @property
    def alarm_limit(self) -> float:
        """Return the alarm limit in the chart's unit."""
        return self.alarm_steps / self.steps_per_unit

    @property
    def action_limit(self) -> float | None:
        """Return the stop-use limit in the chart's unit, if the chart may recommend a stop."""
        return None if self.action_steps is None else self.action_steps / self.steps_per_unit


def rate_design(plan: Plan, chart: Chart, site: str) -> ChartDesign:
    """Design a Bernoulli CUSUM from the plan's rates, the site's volume and the chart's share of the budget."""
    rates = stream_rates(plan, chart, site)
    volume = rates.events_per_week
    limits = rate_limits(rates.in_control, rates.out_of_control, *_run_lengths(plan, chart, 1.0, volume))
    return _design(
        limits,
        volume,
        key=chart.watches,
        watches=chart.watches,
        title=TITLES[chart.watches],
        change=f"evidence that {chart.acceptable:.0%} has become {chart.unacceptable:.0%}",
        level="alarm",
        unit="events",
        in_control=rates.in_control,
        odds_ratio=None,
        mix="",
    )


def risk_designs(plan: Plan, chart: Chart, site: str, risk: NDArray[np.float64], mix: str) -> tuple[ChartDesign, ...]:
    """Design a risk-adjusted CUSUM for each direction of a chart, for a deployment's own mix of risks.

    The directions share the chart's part of the budget equally. The mix is rounded to a thousandth; the
    chart itself weighs every study by its own score, on the lattice of its design.
    """
    values, counts = np.unique(np.round(risk, 3), return_counts=True)
    volume = verified_per_week(plan, site)
    lengths = _run_lengths(plan, chart, 1.0 / len(chart.odds_ratios), volume)
    return tuple(
        _design(
            risk_limits(ratio, tuple(values.tolist()), tuple(counts.tolist()), *lengths),
            volume,
            key=f"{chart.watches}:{ratio:g}",
            watches=chart.watches,
            title=f"{TITLES[chart.watches]}, {'higher' if ratio > 1 else 'lower'}",
            change=f"evidence that the odds of a {plan.finding} at a given score are {ratio:g} times what they were",
            level="watch" if chart.watches == "calibration" else "alarm",
            unit="log-likelihood ratio",
            in_control=None,
            odds_ratio=ratio,
            mix=mix,
        )
        for ratio in chart.odds_ratios
    )


def _run_lengths(plan: Plan, chart: Chart, part: float, volume: float) -> tuple[float, float | None]:
    """Return the run lengths that the budget asks of the alarm and the action limit, in the chart's events."""
    share, budget = chart.share_of_budget, plan.budget
    alarm = line(budget.alarms_per_year, share.alarm * part, volume).events
    if not chart.may_recommend_stop:
        return alarm, None
    return alarm, line(budget.recommendations_per_year, share.action * part, volume).events


def _design(
    limits: Limits,
    volume: float,
    *,
    key: str,
    watches: str,
    title: str,
    change: str,
    level: str,
    unit: str,
    in_control: float | None,
    odds_ratio: float | None,
    mix: str,
) -> ChartDesign:
    per_year = volume * WEEKS_A_YEAR
    median, p95 = limits.action_delay
    return ChartDesign(
        key=key,
        watches=watches,
        title=title,
        change=change,
        level=level,
        unit=unit,
        steps_per_unit=limits.steps_per_unit,
        alarm_steps=limits.alarm_steps,
        action_steps=limits.action_steps,
        events_per_week=volume,
        alarm_years=limits.alarm_run / per_year,
        action_years=None if limits.action_run is None else limits.action_run / per_year,
        delay_median=limits.delay[0] / volume,
        delay_p95=limits.delay[1] / volume,
        action_delay_median=None if median is None else median / volume,
        action_delay_p95=None if p95 is None else p95 / volume,
        in_control=in_control,
        out_of_control=None if odds_ratio is not None else limits.tuned,
        odds_ratio=odds_ratio,
        mix=mix,
    )
