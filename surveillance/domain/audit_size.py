"""How much of the unflagged studies an audit must take: for an interval of a wanted width, or a delay."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from surveillance.domain.chart_design import rate_design
from surveillance.domain.numbers import percent
from surveillance.domain.plan import Plan
from surveillance.domain.plan_parts import Chart
from surveillance.domain.verification import (
    DEFAULT_FAILURE,
    DEFAULT_FALSE_FLAG,
    DEFAULT_MISS,
    acceptable,
)
from surveillance.errors import NotEstimable
from surveillance.metrics import WeightedCount, share_of_first

FRACTIONS = (1.0, 0.5, 0.25, 0.1)
STEPS = 100  # audits are ordered in whole per cent


@dataclass(frozen=True, slots=True)
class AuditDelay:
    """What one audit fraction costs and finds, at the plan's volume.

    Attributes
    ----------
    fraction : share of unflagged studies drawn
    audited_per_week : unflagged studies that somebody must read again each week
    events_per_week : verified positives each week, the chart's events
    in_control : share of the verified positives that were not flagged when all is well
    median, p95 : weeks from the change to the unacceptable rate until the alarm limit is passed
    """

    fraction: float
    audited_per_week: float
    events_per_week: float
    in_control: float
    median: float
    p95: float


def delay_by_audit_fraction(plan: Plan, site: str, fractions: tuple[float, ...] = FRACTIONS) -> tuple[AuditDelay, ...]:
    """Return the delay of the chart of positives the AI did not flag, for several audit fractions.

    Each is a design of its own with the plan's budget: alarm limit, from a chart at zero, by the exact chain.

    Raises
    ------
    NotEstimable
        If the plan has no such chart, or leaves its acceptable rate to the baseline.
    """
    return tuple(_delay(plan, site, fraction) for fraction in fractions)


def audit_for_delay(plan: Plan, site: str, weeks: float, at: Literal["median", "p95"] = "median") -> AuditDelay:
    """Return the smallest audit, in whole per cent, that finds the unacceptable miss rate within some weeks.

    Delays do not fall steadily as audits grow: each has a limit of whole steps, so that a slightly larger audit may
    take a little longer. Audits are therefore tried from the smallest on; a larger one than this may be slower.

    Parameters
    ----------
    weeks : the wanted delay from the change until the alarm limit is passed
    at : whether half of such changes (median) or 95 % of them are to be found by then

    Raises
    ------
    NotEstimable
        If every audit takes longer, that of all unflagged studies included, or the plan has no such chart.
    """
    for step in range(1, STEPS + 1):
        found = _delay(plan, site, step / STEPS)
        if getattr(found, at) <= weeks:
            return found
    raise NotEstimable(
        f"A delay of {weeks:g} weeks needs more positives than the plan's volume brings, got "
        f"{getattr(found, at):.1f} weeks with every unflagged study audited"
    )


def audit_for_width(plan: Plan, site: str, width: float, window: int) -> float:
    """Return the smallest audit fraction, in whole per cent, whose interval for sensitivity is as narrow as wanted.

    The interval is that of `sensitivity_audited` at the counts expected in the window when all is well, at the plan's
    volume, prevalence and acceptable miss rate: about half of windows have a wider one.

    Parameters
    ----------
    width : upper less lower end, as a share
    window : weeks

    Raises
    ------
    NotEstimable
        If even an audit of every unflagged study gives a wider interval.
    """
    whole = expected_width(plan, site, 1.0, window)
    if whole > width:
        raise NotEstimable(
            f"An interval {percent(width)} wide needs more positives than {window} weeks bring, got {percent(whole)} "
            "with every unflagged study audited"
        )
    return _smallest(lambda fraction: expected_width(plan, site, fraction, window) <= width)


def expected_width(plan: Plan, site: str, fraction: float, window: int) -> float:
    """Return how wide the interval of sensitivity is at the counts expected in a window under an audit."""
    miss = acceptable(plan, "missed_positives", DEFAULT_MISS)
    positives = _processed(plan, site) * plan.expected_per_week.prevalence * window
    flagged, overlooked = np.array([positives * (1.0 - miss)]), np.array([positives * miss])
    groups = (
        WeightedCount(flagged, flagged, np.ones(1)),
        WeightedCount(overlooked, overlooked / fraction, np.array([1.0 / fraction])),
    )
    _, low, high = share_of_first(*groups, 0.95)
    return float(high[0] - low[0])


def _delay(plan: Plan, site: str, fraction: float) -> AuditDelay:
    truth = plan.truth.model_copy(update={"audit_fraction_unflagged": fraction})
    chart = _chart(plan).model_copy(update={"may_recommend_stop": False})  # the delay is the alarm limit's
    design = rate_design(plan.model_copy(update={"truth": truth}), chart, site)
    assert design.in_control is not None
    miss, wrong = (
        acceptable(plan, "missed_positives", DEFAULT_MISS),
        acceptable(plan, "false_flags", DEFAULT_FALSE_FLAG),
    )
    prevalence = plan.expected_per_week.prevalence
    unflagged = prevalence * miss + (1.0 - prevalence) * (1.0 - wrong)
    return AuditDelay(
        fraction=fraction,
        audited_per_week=_processed(plan, site) * unflagged * fraction,
        events_per_week=design.events_per_week,
        in_control=design.in_control,
        median=design.delay_median,
        p95=design.delay_p95,
    )


def _chart(plan: Plan) -> Chart:
    for chart in plan.chart:
        if chart.watches == "missed_positives":
            if not isinstance(chart.acceptable, float):
                raise NotEstimable(
                    "The audit a delay needs asks for an acceptable miss rate in the plan, got a baseline"
                )
            if chart.detector == "time_between_events":
                raise NotEstimable("The audit a delay needs asks for a bernoulli_cusum, got a time_between_events")
            return chart
    raise NotEstimable(
        "The audit a delay needs asks for a chart of positives the AI did not flag, got none in the plan"
    )


def _processed(plan: Plan, site: str) -> float:
    return plan.expected_per_week.at(site) * (1.0 - acceptable(plan, "technical_failures", DEFAULT_FAILURE))


def _smallest(suffices: Callable[[float], bool]) -> float:
    """Return the smallest fraction in whole per cent that suffices; a width only falls as an audit grows."""
    low, high = 0, STEPS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if suffices(middle / STEPS) else (middle, high)
    return high / STEPS
