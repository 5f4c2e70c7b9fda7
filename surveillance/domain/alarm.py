"""Alarms: a signal or a fact that a named person must answer by a due time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from surveillance.domain.chart_path import ChartPath, Signal
from surveillance.domain.facts import Fact
from surveillance.domain.plan import Plan
from surveillance.domain.rarity import once
from surveillance.domain.signal_wording import ALSO_MOVED_BY
from surveillance.domain.weeks import Week

DEFAULT_HOURS = 72.0


class AlarmState(StrEnum):
    """The life of an alarm; each step is an event with a name and a reason."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    INVESTIGATING = "investigating"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class AlarmDraft:
    """An alarm that an evaluation asks for; the service keeps it once, under its key."""

    key: str
    kind: str
    level: str
    chart: str | None
    limit: str | None
    week: Week
    as_of: int
    onset: Week
    onset_low: Week
    onset_high: Week
    headline: str
    hours: float


def hours_to_answer(plan: Plan, condition: str) -> float:
    """Return how long a person has to answer, by the plan's trigger for a condition."""
    return next((t.answer_within_hours for t in plan.trigger if t.when == condition), DEFAULT_HOURS)


def from_signal(plan: Plan, path: ChartPath, signal: Signal) -> AlarmDraft:
    """Turn a chart's signal into an alarm; a chart that also moves with prevalence raises `watch` only."""
    assert path.design is not None
    design = path.design
    limit = "stop-use" if signal.limit == "action" else "alarm"
    cost = design.action if signal.limit == "action" else design.alarm
    condition = "action limit crossed" if signal.limit == "action" else "alarm limit crossed"
    passed = f"{path.title}: the chart passed its {limit} limit in {signal.week.words(path.last_week)}."
    chance = "" if cost is None else f" By chance that happens {once(cost)}."
    also = f" {ALSO_MOVED_BY}." if design.level == "watch" else ""
    return AlarmDraft(
        key=signal.key,
        kind="chart",
        level="action" if signal.limit == "action" else design.level,
        chart=signal.chart,
        limit=signal.limit,
        week=signal.week,
        as_of=signal.as_of,
        onset=signal.onset,
        onset_low=signal.onset_low,
        onset_high=signal.onset_high,
        headline=f"{passed}{chance} It began about {signal.onset.words(path.last_week)}.{also}",
        hours=hours_to_answer(plan, condition),
    )


def from_fact(plan: Plan, fact: Fact) -> AlarmDraft:
    """Turn a plain fact into an alarm."""
    return AlarmDraft(
        key=fact.key,
        kind=fact.condition,
        level="alarm",
        chart=None,
        limit=None,
        week=fact.week,
        as_of=fact.as_of,
        onset=fact.week,
        onset_low=fact.week,
        onset_high=fact.week,
        headline=fact.text,
        hours=hours_to_answer(plan, fact.condition),
    )


def due(raised_at: datetime, hours: float) -> datetime:
    """Return when an alarm must be answered; its clock starts when this store raised it."""
    return raised_at + timedelta(hours=hours)
