"""The designed charts, ready to draw."""

from dataclasses import dataclass
from datetime import date

from surveillance.services.page_models.axis_event import AxisEvent


@dataclass(frozen=True, slots=True)
class Mark:
    """A limit passed: where on the line, and which limit ("alarm" or "action")."""

    week_end: date
    statistic: float
    limit: str
    words: str


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One designed chart by week with both limits, its cost in words, and the onset it estimates.

    `costs` are rows of a table: what, for the alarm limit, for the stop-use limit. `vlad` runs over the first
    weeks of `week_end`, expected less observed events; empty for a chart without one.
    """

    key: str
    title: str
    change: str
    unit: str
    level: str
    week_end: tuple[date, ...]
    statistic: tuple[float | None, ...]
    peak: tuple[float | None, ...]
    complete_to: date | None
    alarm_limit: float | None
    action_limit: float | None
    alarm_words: str
    action_words: str
    current_words: str
    marks: tuple[Mark, ...]
    onset: tuple[date, date] | None
    onset_words: str
    waiting: str
    design_words: str
    costs: tuple[tuple[str, str, str], ...] = ()
    vlad: tuple[float | None, ...] = ()
    vlad_words: str = ""


@dataclass(frozen=True, slots=True)
class ChartsPage:
    """The charts tab: a sentence, four facts (title, value, note), the charts, and how all of them behave."""

    sentence: str
    cards: tuple[tuple[str, str, str], ...]
    lines: tuple[ChartLine, ...]
    events: tuple[AxisEvent, ...]
    notes: tuple[str, ...] = ()
