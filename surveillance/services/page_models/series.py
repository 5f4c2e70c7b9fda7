"""Figures and weekly series of the tabs of a deployment."""

from dataclasses import dataclass
from datetime import date

from surveillance.domain.reliability import Reliability


@dataclass(frozen=True, slots=True)
class Series:
    """One metric week by week on one window; None where there is no value, with the reason in `why`."""

    metric: str
    title: str
    unit: str
    window: int
    week_end: tuple[date, ...]
    week: tuple[str, ...]
    value: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    n: tuple[int, ...]
    events: tuple[int, ...]
    mature: tuple[bool, ...]
    restated: tuple[bool, ...]
    verdict: tuple[str, ...]
    why: tuple[str, ...]
    threshold: float | None
    better: str
    method: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in a card: value with its range, counts, plan and verdict, all as text."""

    metric: str
    title: str
    value: str
    range: str
    counts: str
    verdict: str
    why: str
    method: str


@dataclass(frozen=True, slots=True)
class Performance:
    """The performance tab: a sentence, four figures, aligned series, and events for the time axis."""

    sentence: str
    windows: tuple[int, ...]
    window: int
    figures: tuple[Figure, ...]
    series: tuple[Series, ...]
    complete_to: date | None
    events: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class CalibrationPage:
    """The calibration tab: a sentence, the diagram, the figures; `absent` says why there is none."""

    sentence: str
    diagram: Reliability | None
    figures: tuple[Figure, ...]
    series: tuple[Series, ...]
    complete_to: date | None
    absent: str
    finding: str


@dataclass(frozen=True, slots=True)
class ThroughputPage:
    """The throughput tab: what came, what failed, how long it took, and which truths are still out."""

    sentence: str
    figures: tuple[Figure, ...]
    series: tuple[Series, ...]
    versions: tuple[tuple[str, int], ...]
