"""Alarms: what waits, and the answer a named person gives with a reason."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.alarm import AlarmState
from surveillance.domain.roles import Action, Actor, Role
from surveillance.domain.weeks import Week, span_words
from surveillance.domain.withdrawn_mark import one_a_file
from surveillance.errors import AlreadyDecided, NotAllowed
from surveillance.services.fleet import holders
from surveillance.services.free_text import without_identifiers
from surveillance.services.guard import guarded
from surveillance.services.page_models import AlarmCard
from surveillance.services.signals import week_of_label
from surveillance.services.withdrawn_evidence import rests_on_withdrawn
from surveillance.storage import alarms as kept_alarms
from surveillance.storage import people, register
from surveillance.storage.alarms import AlarmEvent, AlarmRecord
from surveillance.storage.store import Store

EVENT_WORDS = {
    "raised": "raised",
    "acknowledged": "acknowledged",
    "investigating": "being investigated",
    "closed": "closed",
    "note": "note",
    "restated": "restated",
}


SEVERITY = ("watch", "alarm", "action")


@guarded(Action.READ_SURVEILLANCE)
def alarms(actor: Actor, store: Store, *, at: datetime, open_only: bool = True) -> tuple[AlarmCard, ...]:
    """Return the alarms, one card an episode: those that wait first, by their due time; loaded history last."""
    with store.read() as connection:
        episodes: dict[int, list[AlarmRecord]] = defaultdict(list)
        for record in kept_alarms.alarms(connection):
            episodes[record.alarm.episode_id].append(record)
        reading = Reading(connection)
        cards = [reading.card(records, at) for records in episodes.values()]
    shown = [card for card in cards if not open_only or card.state != AlarmState.CLOSED]
    return tuple(sorted(shown, key=lambda c: (c.state != "raised", c.historical, c.due_at, c.alarm_id)))


@guarded(Action.ANSWER_ALARM)
def acknowledge(actor: Actor, store: Store, alarm_id: int, *, reason: str, at: datetime) -> AlarmCard:
    """Acknowledge an alarm with a reason, and with it every signal of its episode that still waits.

    The answer stays on record with the name, the role and the time.

    Raises
    ------
    NotAllowed
        Without a reason, or with one that seems to name a patient.
    AlreadyDecided
        If somebody has acknowledged it.
    """
    said = reason.strip()
    if not said:
        raise NotAllowed("Say in a few words why, before you acknowledge.")
    without_identifiers(said, "This reason")
    with store.write(actor=actor.person, role=actor.role.value, action=Action.ANSWER_ALARM.value, at=at) as unit:
        record = kept_alarms.alarm(unit.connection, alarm_id)
        if record.state != AlarmState.RAISED:
            last = next(event for event in reversed(record.events) if event.event in kept_alarms.STATES)
            name = people.person(unit.connection, last.by).name
            raise AlreadyDecided(f"{name} has answered this alarm already; nothing was changed.")
        waiting = [one for one in _episode(unit.connection, record) if one.state == AlarmState.RAISED]
        for one in waiting:
            kept_alarms.add_event(
                unit.connection,
                one.id,
                at=at,
                by=actor.person,
                role=actor.role.value,
                event="acknowledged",
                reason=said,
            )
        keys = [one.alarm.signal_key for one in waiting]
        unit.record({"alarms": [one.id for one in waiting], "keys": keys, "reason": said, "name": actor.name})
        return Reading(unit.connection).card(_episode(unit.connection, record), at)


def _episode(connection: Connection, record: AlarmRecord) -> list[AlarmRecord]:
    """Return every alarm of an alarm's episode."""
    own = kept_alarms.alarms(connection, record.alarm.deployment_id)
    return [one for one in own if one.alarm.episode_id == record.alarm.episode_id]


class Reading:
    """The register and the people, read once for a list of alarms."""

    def __init__(self, connection: Connection) -> None:
        self._deployments = {kept.id: kept for kept in register.deployments(connection)}
        self._names = {person.id: person.name for person in people.people(connection)}
        self._owners = holders(connection)
        self._marks = rests_on_withdrawn(connection, kept_alarms.alarms(connection), self._deployments)

    def card(self, records: list[AlarmRecord], at: datetime) -> AlarmCard:
        """Return one episode as an alarm: its gravest signal in front, one clock, one history."""
        waiting = [record for record in records if record.state == AlarmState.RAISED]
        ordered = sorted(waiting or records, key=lambda r: (-SEVERITY.index(r.alarm.detail["level"]), r.alarm.as_of))
        first = ordered[0]
        alarm = first.alarm
        deployment = self._deployments[alarm.deployment_id]
        low, high = (week_of_label(label or alarm.week) for label in (alarm.onset_low, alarm.onset_high))
        week, now = week_of_label(alarm.week), Week.of(at.date())
        due_at = min(record.alarm.due_at for record in ordered)
        others = sorted((r for r in records if r.id != first.id), key=lambda r: r.alarm.as_of)
        return AlarmCard(
            alarm_id=first.id,
            deployment_id=alarm.deployment_id,
            title=deployment.title,
            product=f"{deployment.model} {deployment.version}",
            level=alarm.detail["level"],
            kind=alarm.kind,
            headline=alarm.headline,
            week=week.words(now),
            onset=span_words(low, high, now),
            raised_at=min(record.alarm.raised_at for record in records),
            due_at=due_at,
            overdue=bool(waiting) and due_at < at,
            state=first.state,
            owner=self._owners[Role(alarm.owner_role)] if waiting else self._answered(first),
            historical=all(record.alarm.detail["historical"] for record in ordered),
            history=self._history(records),
            alarm_ids=tuple(record.id for record in records),
            signals=tuple(record.alarm.headline for record in others),
            rests_on=one_a_file(mark for record in (first, *others) for mark in self._marks.get(record.id, ())),
        )

    def _answered(self, record: AlarmRecord) -> str:
        """Return the name of whoever answered last."""
        answers = [event for event in record.events if event.event in ("acknowledged", "investigating", "closed")]
        return self._names.get(answers[-1].by, answers[-1].by) if answers else ""

    def _history(self, records: list[AlarmRecord]) -> tuple[tuple[datetime, str, str, str, str], ...]:
        events = sorted(
            (event for record in records for event in record.events), key=lambda event: (event.at, event.id)
        )
        told = [(e.at, *self._who(e), EVENT_WORDS[e.event], e.reason) for e in events]
        return tuple(dict.fromkeys(told))

    def _who(self, event: AlarmEvent) -> tuple[str, str]:
        """Return name and role; what the software did itself says which run did it."""
        name = self._names.get(event.by, event.by)
        if event.event in ("raised", "restated"):
            return f"the weekly evaluation, run by {name}", ""
        return name, Role(event.role).words
