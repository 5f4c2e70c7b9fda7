"""Alarms: what waits, and the answer a named person gives with a reason."""

from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.alarm import AlarmState
from surveillance.domain.roles import Action, Actor, Role
from surveillance.domain.weeks import Week, span_words
from surveillance.errors import AlreadyDecided, NotAllowed
from surveillance.services.fleet import holders
from surveillance.services.guard import guarded
from surveillance.services.page_models import AlarmCard
from surveillance.services.signals import week_of_label
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
        reading = Reading(connection)
        cards = [reading.card(record, at) for record in records]
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
            name = people.person(unit.connection, last.by).name
            raise AlreadyDecided(f"{name} has answered this alarm already; nothing was changed.")
        kept_alarms.add_event(
            unit.connection, alarm_id, at=at, by=actor.person, role=actor.role.value, event="acknowledged", reason=said
        )
        unit.record({"alarm": alarm_id, "key": record.alarm.signal_key, "reason": said, "name": actor.name})
        return Reading(unit.connection).card(kept_alarms.alarm(unit.connection, alarm_id), at)


class Reading:
    """The register and the people, read once for a list of alarms."""

    def __init__(self, connection: Connection) -> None:
        self._deployments = {kept.id: kept for kept in register.deployments(connection)}
        self._names = {person.id: person.name for person in people.people(connection)}
        self._owners = holders(connection)

    def card(self, record: AlarmRecord, at: datetime) -> AlarmCard:
        """Return one alarm with its clock and its history."""
        alarm = record.alarm
        deployment = self._deployments[alarm.deployment_id]
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
            overdue=record.state == AlarmState.RAISED and alarm.due_at < at,
            state=record.state,
            owner=self._owners[Role(alarm.owner_role)],
            historical=bool(alarm.detail["historical"]),
            history=tuple(
                (e.at, self._names.get(e.by, e.by), Role(e.role).words, EVENT_WORDS[e.event], e.reason)
                for e in record.events
            ),
        )
