"""The false-alarm budget of a department, ready to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FleetRow:
    """One deployment: what its charts cost together; None where it is not estimable, with the reason in `note`."""

    deployment_id: int
    title: str
    product: str
    charts: int
    waiting: int
    alarms_per_year: float | None
    alarm_chance: float | None
    recommendations_per_year: float | None
    recommendation_chance: float | None
    true_share: float | None
    note: str


@dataclass(frozen=True, slots=True)
class TierLine:
    """One limit of one chart: the arithmetic from its share of the budget to what it achieves."""

    chart: str
    tier: str
    share: str
    asked: str
    asked_studies: str
    achieved: str
    per_year: str
    chance: str
    basis: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The budget of one deployment: a line a chart and tier, and what is spent and left of each tier."""

    title: str
    lines: tuple[TierLine, ...]
    sums: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FalseAlarmsPage:
    """All deployments in use: a sentence, facts (title, value, note), a row each, and what is left out."""

    sentence: str
    facts: tuple[tuple[str, str, str], ...]
    rows: tuple[FleetRow, ...]
    left_out: str
    notes: tuple[str, ...]
