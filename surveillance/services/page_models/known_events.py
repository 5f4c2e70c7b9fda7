"""Known events as their page lists them."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event: what, when, what it touches, who logged it; `withdrawn` says by whom and why, "" while it stands."""

    event_id: int
    kind: str
    on: date
    scope: str
    words: str
    logged_at: datetime
    logged_by: str
    withdrawn: str
