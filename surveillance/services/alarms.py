"""Alarms: what waits, and the answer a named person gives with a reason."""

from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.alarm import AlarmState
from surveillance.domain.roles import Action, Actor, Role
from surveillance.domain.weeks import Week, span_words
from surveillance.errors import AlreadyDecided, NotAllowed
from surveillance.services.deployments import needs_answer
from surveillance.services.guard import guarded
from surveillance.services.page_models import AlarmCard
from surveillance.services.signals import week_of_label
from surveillance.services.this_week import holders
from surveillance.storage import alarms as kept_alarms
from surveillance.storage import people, register
from surveillance.storage.alarms import AlarmRecord
from surveillance.storage.store import Store

EVENT_WORDS = {
    "raised": "raised",
    "acknowledged": "acknowledged",
    "investigating": "being investigated",
    "closed": "closed",
    "note": "note",
    "restated": "restated",
}


@guarded(Action.READ_SURVEILLANCE)
def alarms(actor: Actor, store: Store, *, at: datetime, open_only: bool = True) -> tuple[AlarmCard, ...]:
    """Return the alarms, those that wait first, then by their due time; a loaded history's stand last."""
    with store.read() as connection:
        records = kept_alarms.alarms(connection)
        if open_only:
            records = tuple(r for r in records if r.state != AlarmState.CLOSED)
        cards = [_card(connection, record, at) for record in records]
    return tuple(sorted(cards, key=lambda c: (c.state != "raised", c.historical, c.due_at, c.alarm_id)))


@guarded(Action.ANSWER_ALARM)
def acknowledge(actor: Actor, store: Store, alarm_id: int, *, reason: str, at: datetime) -> AlarmCard:
    """Acknowledge an alarm with a reason; it stays on record with the name, the role and the time.

    Raises
    ------
    NotAllowed
        Without a reason.
    AlreadyDecided
        If somebody has acknowledged it.
    """
    said = reason.strip()
    if not said:
        raise NotAllowed("Say in a few words why, before you acknowledge.")
    with store.write(actor=actor.person, role=actor.role.value, action=Action.ANSWER_ALARM.value, at=at) as unit:
        record = kept_alarms.alarm(unit.connection, alarm_id)
        if record.state != AlarmState.RAISED:
            last = record.events[-1]
            name = _name(unit.connection, last.by)
            raise AlreadyDecided(f"{name} has answered this alarm already; nothing was changed.")
        kept_alarms.add_event(
            unit.connection, alarm_id, at=at, by=actor.person, role=actor.role.value, event="acknowledged", reason=said
        )
        unit.record({"alarm": alarm_id, "key": record.alarm.signal_key, "reason": said, "name": actor.name})
        return _card(unit.connection, kept_alarms.alarm(unit.connection, alarm_id), at)


def _card(connection: Connection, record: AlarmRecord, at: datetime) -> AlarmCard:
    alarm = record.alarm
    deployment = register.deployment(connection, alarm.deployment_id)
    low, high = (week_of_label(label or alarm.week) for label in (alarm.onset_low, alarm.onset_high))
    week, now = week_of_label(alarm.week), Week.of(at.date())
    return AlarmCard(
        alarm_id=record.id,
        deployment_id=alarm.deployment_id,
        title=deployment.title,
        product=f"{deployment.model} {deployment.version}",
        level=alarm.detail["level"],
        kind=alarm.kind,
        headline=alarm.headline,
        week=week.words(now),
        onset=span_words(low, high, now),
        raised_at=alarm.raised_at,
        due_at=alarm.due_at,
        overdue=needs_answer(record) and alarm.due_at < at,
        state=record.state,
        owner=holders(connection, Role(alarm.owner_role)),
        historical=bool(alarm.detail["historical"]),
        history=tuple(
            (e.at, _name(connection, e.by), Role(e.role).words, EVENT_WORDS[e.event], e.reason) for e in record.events
        ),
    )


def _name(connection: Connection, person: str) -> str:
    return people.person(connection, person).name
