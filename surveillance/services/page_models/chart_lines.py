"""The designed charts, ready to draw."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Mark:
    """A limit passed: where on the line, and which limit ("alarm" or "action")."""

    week_end: date
    statistic: float
    limit: str
    words: str


@dataclass(frozen=True, slots=True)
class ChartLine:
    """One designed chart by week with both limits, its cost in words, and the onset it estimates."""

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


@dataclass(frozen=True, slots=True)
class ChartsPage:
    """The charts tab: a sentence, four facts (title, value, note), and the charts."""

    sentence: str
    cards: tuple[tuple[str, str, str], ...]
    lines: tuple[ChartLine, ...]
    events: tuple[tuple[date, str], ...]
