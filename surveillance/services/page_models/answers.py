"""What waits for a person's answer: alarms and recommendations."""

from dataclasses import dataclass
from datetime import datetime

from surveillance.services.page_models.deployment_row import Head


@dataclass(frozen=True, slots=True)
class AlarmCard:
    """One alarm, an episode of signals: one owner, one clock, its history (at, name, role in words, event, reason).

    `headline` is its gravest signal, `signals` the others of the episode, oldest first. `rests_on` says which
    withdrawn files gave rows to it.
    """

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
    alarm_ids: tuple[int, ...] = ()
    signals: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StopUsePage:
    """A recommendation with its evidence, what speaks against it, and what was answered.

    `rests_on` says which withdrawn files gave rows to its evidence.
    """

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
    rests_on: tuple[str, ...] = ()
