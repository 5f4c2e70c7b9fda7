"""What the Data quality page receives: counts by week with their denominators, and what is seen for the first time."""

from dataclasses import dataclass
from datetime import date

from surveillance.services.page_models.axis_event import AxisEvent


@dataclass(frozen=True, slots=True)
class QualityWeek:
    """One week: `ordered` is None where no orders were loaded for it; the parts of `ordered` add up to it."""

    label: str
    week_end: date
    ordered: int | None
    results: int
    processed: int
    failed: int
    not_sent: int
    never_arrived: int
    without_order: int | None
    other_pathway: int
    expected: int
    arrived: int
    late: int
    indeterminate: int
    not_due: int
    overdue: int
    by_source: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QualityPage:
    """One deployment: sentences first, then `weeks`, what was seen first in them, and days since the last files.

    `files` are (kind, days since the last one as words, what it reached to); `first_seen` are (what, name, week,
    studies); `events` are the known events of those weeks.
    """

    title: str
    sentences: tuple[str, ...]
    weeks: tuple[QualityWeek, ...]
    files: tuple[tuple[str, str, str], ...]
    first_seen: tuple[tuple[str, str, str, str], ...]
    conflicting: int
    events: tuple[AxisEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """One line of a file that another line contradicts, and whether it is the one that counts."""

    case_id: str
    what: str
    file: str
    line: int
    says: str
    counts: str


@dataclass(frozen=True, slots=True)
class QualityRow:
    """One deployment in the list of all: counts of its newest judged week, and days since the last files."""

    deployment_id: int
    title: str
    week: str
    studies: str
    not_processed: str
    truths: str
    denominator: str
    waiting: str
    files: str
