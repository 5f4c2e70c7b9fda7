"""What the pages receive: values ready to draw, decided by nobody after they leave the services."""

from dataclasses import dataclass
from datetime import date, datetime

from surveillance.domain.reliability import Reliability
from surveillance.domain.row_state import RowState


@dataclass(frozen=True, slots=True)
class Spark:
    """The last 26 weeks of a deployment's most telling chart, as shares of its stop-use limit."""

    title: str
    values: tuple[float, ...]
    alarm_at: float
    words: str
    has_action: bool


@dataclass(frozen=True, slots=True)
class Head:
    """The top of every page about one deployment."""

    deployment_id: int
    title: str
    product: str
    state: RowState
    use_status: str
    facts: str
    provisional: str


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One deployment on This week: who, what, why, until when, and what to press.

    `answer` is "stop_use", "alarm" or "" and `answer_id` the recommendation or alarm it opens.
    """

    head: Head
    sentence: str
    data_to: date | None
    complete_to: str
    spark: Spark | None
    due_at: datetime | None
    owner: str
    answer: str
    answer_id: int | None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Studies kept apart because their version is not registered."""

    model: str
    version: str
    site: str
    studies: int


@dataclass(frozen=True, slots=True)
class ThisWeek:
    """The page a radiographer opens: rows that need an answer, quiet rows, and what ends the week."""

    week_label: str
    week_words: str
    evaluated_at: datetime | None
    needy: tuple[WeekRow, ...]
    quiet: tuple[WeekRow, ...]
    quarantined: tuple[Quarantined, ...]
    signed_by: str
    store_name: str
    summary: str


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


@dataclass(frozen=True, slots=True)
class AlarmCard:
    """One alarm with its clock and its history (at, name, role in words, event, reason)."""

    alarm_id: int
    deployment_id: int
    title: str
    product: str
    level: str
    kind: str
    headline: str
    week: str
    onset: str
    raised_at: datetime
    due_at: datetime
    overdue: bool
    state: str
    owner: str
    historical: bool
    history: tuple[tuple[datetime, str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class StopUsePage:
    """A recommendation with its evidence, what speaks against it, and what was answered."""

    recommendation_id: int
    head: Head
    reason: str
    evidence: tuple[tuple[str, str], ...]
    against: str
    raised_at: datetime
    due_at: datetime
    overdue: bool
    owner: str
    state: str
    answered: str
    content_sha256: str
    also_on_pathway: tuple[str, ...]
    could_sign: tuple[str, ...]
    if_declined: str
    what_follows: tuple[str, ...]
