"""The limits of a chart from the run lengths its budget asks, and what each of them costs."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from surveillance.detectors import BernoulliCusum, RiskAdjustedCusum
from surveillance.detectors.estimated_mix import estimated_mix_run_length
from surveillance.detectors.estimated_rate import estimated_run_length
from surveillance.detectors.run_length_chances import risk_chances
from surveillance.detectors.run_length_quantiles import risk_delay

LARGER = 1.5  # times the baseline: 300 instead of 200 positives
HALF_AND_MOST = (0.5, 0.95)


@dataclass(frozen=True, slots=True)
class TierLimit:
    """One limit of a chart and what it costs, in the chart's own studies; percentiles only of an estimated design."""

    steps: int
    asked: float
    run: float
    chances: tuple[float, float]
    delay: tuple[float, float]
    low: float | None
    larger_low: float | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The lattice of a chart and its two limits; the second is None where the chart may not recommend a stop.

    `tuned` is the unacceptable rate that the lattice stands for, or the odds ratio of a risk-adjusted chart.
    """

    steps_per_unit: int
    steps_down: int
    tuned: float
    alarm: TierLimit
    action: TierLimit | None


def rate_limits(
    low: float,
    high: float,
    alarm: float,
    action: float | None,
    *,
    year: float,
    baseline: tuple[float, float] | None = None,
) -> Limits:
    """Return the limits of a Bernoulli CUSUM for two run lengths in studies of the chart.

    Parameters
    ----------
    low, high : acceptable and unacceptable rate of the chart's events
    alarm, action : run lengths asked for
    year : studies of the chart in a year
    baseline : events and studies that `low` was estimated from; None for a standard
    """
    worth, down, tuned, lower = _rate_tier(low, high, alarm, year, baseline)
    upper = None if action is None else _rate_tier(low, high, action, year, baseline)[3]
    return Limits(worth, down, tuned, lower, upper)


@lru_cache(maxsize=1024)
def _rate_tier(
    low: float, high: float, asked: float, year: float, baseline: tuple[float, float] | None
) -> tuple[int, int, float, TierLimit]:
    chart = BernoulliCusum.design(in_control=low, out_of_control=high, run_length=asked)
    one, two = chart.run_length_distribution(low, [round(year), round(2 * year)])
    median, p95 = (chart.delay_quantile(high, share) for share in HALF_AND_MOST)
    found = more = None
    if baseline is not None:
        events, studies = baseline
        found = estimated_run_length(chart.run_length, events, studies).low
        more = estimated_run_length(chart.run_length, LARGER * events, LARGER * studies).low
    chances = float(one), float(two)
    made = TierLimit(chart.limit_steps, asked, chart.run_length(low), chances, (median, p95), found, more)
    return chart.steps_per_event, chart.steps_down, chart.out_of_control, made


def risk_limits(
    ratio: float,
    values: tuple[float, ...],
    counts: tuple[int, ...],
    alarm: float,
    action: float | None,
    *,
    year: float,
) -> Limits:
    """Return the limits of a risk-adjusted CUSUM for a mix of risks, given as values and their counts."""
    unit, lower = _risk_tier(ratio, values, counts, alarm, year)
    upper = None if action is None else _risk_tier(ratio, values, counts, action, year)[1]
    return Limits(unit, 0, ratio, lower, upper)


@lru_cache(maxsize=1024)
def _risk_tier(
    ratio: float, values: tuple[float, ...], counts: tuple[int, ...], asked: float, year: float
) -> tuple[int, TierLimit]:
    risk = np.repeat(np.array(values), counts)
    chart, run = RiskAdjustedCusum.design_with_run_length(risk=risk, odds_ratio=ratio, run_length=asked)
    one, two = risk_chances(chart, risk, (year, 2 * year), run_length=run)
    median, p95 = risk_delay(chart, risk, ratio, HALF_AND_MOST)
    low = estimated_mix_run_length(chart, risk, nominal=run).low
    more = run * (low / run) ** (LARGER**-0.5)  # the spread, on the logarithmic scale, falls with the root
    return chart.steps_per_unit, TierLimit(chart.limit_steps, asked, run, (one, two), (median, p95), low, more)
