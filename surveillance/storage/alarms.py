"""Alarms, what people answered to them, and the episodes that gather them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from surveillance.errors import NotFound
from surveillance.storage.rows import add_row, fetch, values_of
from surveillance.storage.tables.judgement import ALARM, ALARM_EVENT, EPISODE

STATES = ("raised", "acknowledged", "investigating", "closed")


@dataclass(frozen=True, slots=True)
class NewAlarm:
    """A signal that a named person must answer; `signal_key` tells it from every other of its deployment."""

    deployment_id: int
    episode_id: int
    signal_key: str
    kind: str
    chart: str | None
    limit_name: str | None
    week: str
    as_of: datetime
    onset_low: str | None
    onset: str | None
    onset_high: str | None
    headline: str
    detail: dict[str, Any]
    raised_at: datetime
    due_at: datetime
    owner_role: str


@dataclass(frozen=True, slots=True)
class AlarmEvent:
    """One step in the life of an alarm: who did what, and why."""

    id: int
    alarm_id: int
    at: datetime
    by: str
    role: str
    event: str
    reason: str


@dataclass(frozen=True, slots=True)
class AlarmRecord:
    """An alarm as raised, with everything that was answered to it, oldest first."""

    id: int
    alarm: NewAlarm
    events: tuple[AlarmEvent, ...]

    @property
    def state(self) -> str:
        """Return how far the alarm has come: raised, acknowledged, investigating or closed."""
        return next((e.event for e in reversed(self.events) if e.event in STATES), "raised")


@dataclass(frozen=True, slots=True)
class EpisodeRecord:
    """Alarms of one deployment whose onset and signal overlap: one owner, one clock."""

    id: int
    deployment_id: int
    opened_at: datetime
    onset: str
    signal: str


def open_episode(connection: Connection, *, deployment_id: int, opened_at: datetime, onset: str, signal: str) -> int:
    """Open an episode and return its number."""
    values = {"deployment_id": deployment_id, "opened_at": opened_at, "onset": onset, "signal": signal}
    return add_row(connection, EPISODE, values)


def episodes(connection: Connection, deployment_id: int) -> tuple[EpisodeRecord, ...]:
    """List the episodes of a deployment, oldest first."""
    own = select(EPISODE).where(EPISODE.c.deployment_id == deployment_id).order_by(EPISODE.c.id)
    return fetch(connection, EpisodeRecord, own)


def raise_alarm(connection: Connection, alarm: NewAlarm, *, by: str, role: str) -> int | None:
    """Raise an alarm and return its number, or None where this signal is an alarm already."""
    if alarm.signal_key in signal_keys(connection, alarm.deployment_id):
        return None
    number = add_row(connection, ALARM, values_of(alarm))
    add_event(connection, number, at=alarm.raised_at, by=by, role=role, event="raised", reason=alarm.headline)
    return number


def signal_keys(connection: Connection, deployment_id: int) -> dict[str, int]:
    """Return the alarms of a deployment by the key of their signal."""
    rows = connection.execute(select(ALARM.c.signal_key, ALARM.c.id).where(ALARM.c.deployment_id == deployment_id))
    return {row.signal_key: row.id for row in rows}


def add_event(
    connection: Connection, alarm_id: int, *, at: datetime, by: str, role: str, event: str, reason: str
) -> int:
    """Add a step to an alarm's life; nothing before it is changed."""
    values = {"alarm_id": alarm_id, "at": at, "by": by, "role": role, "event": event, "reason": reason}
    return add_row(connection, ALARM_EVENT, values)


def alarms(connection: Connection, deployment_id: int | None = None) -> tuple[AlarmRecord, ...]:
    """List alarms with their events, newest first; of one deployment where its number is given."""
    query = select(ALARM).order_by(ALARM.c.id.desc())
    if deployment_id is not None:
        query = query.where(ALARM.c.deployment_id == deployment_id)
    return _with_events(connection, connection.execute(query).mappings().all())


def alarm(connection: Connection, alarm_id: int) -> AlarmRecord:
    """Return one alarm with its events.

    Raises
    ------
    NotFound
        If no alarm has this number.
    """
    found = connection.execute(select(ALARM).where(ALARM.c.id == alarm_id)).mappings().all()
    if not found:
        raise NotFound(f"No alarm has the number {alarm_id} in this store.")
    return _with_events(connection, found)[0]


def _with_events(connection: Connection, rows: Iterable[Any]) -> tuple[AlarmRecord, ...]:
    listed = list(rows)
    own = select(ALARM_EVENT).where(ALARM_EVENT.c.alarm_id.in_([row["id"] for row in listed]))
    events: dict[int, list[AlarmEvent]] = {}
    for event in fetch(connection, AlarmEvent, own.order_by(ALARM_EVENT.c.id)):
        events.setdefault(event.alarm_id, []).append(event)
    names = NewAlarm.__dataclass_fields__
    return tuple(
        AlarmRecord(row["id"], NewAlarm(**{name: row[name] for name in names}), tuple(events.get(row["id"], ())))
        for row in listed
    )
