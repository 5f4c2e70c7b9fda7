"""Rows and heads of deployments, as This week and every page about one show them."""

from dataclasses import dataclass
from datetime import date, datetime

from surveillance.domain.row_state import RowState
from surveillance.services.page_models.quarantined import Quarantined


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
    """The top of every page about one deployment; `evaluation_id` changes whenever its figures may have.

    `awaiting` says which weeks are incomplete because held rows await correction.
    """

    deployment_id: int
    title: str
    product: str
    state: RowState
    use_status: str
    facts: str
    provisional: str
    evaluation_id: int = 0
    awaiting: tuple[str, ...] = ()


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
class ThisWeek:
    """The page a radiographer opens: rows that need an answer, quiet rows, and what ends the week.

    `unsettled` rows are beyond the plan, on watch or not complete, with no answer due; no signature covers them.
    """

    week_label: str
    week_words: str
    evaluated_at: datetime | None
    needy: tuple[WeekRow, ...]
    quiet: tuple[WeekRow, ...]
    quarantined: tuple[Quarantined, ...]
    signed_by: str
    store_name: str
    summary: str
    stopped: tuple[WeekRow, ...] = ()
    unsettled: tuple[WeekRow, ...] = ()
