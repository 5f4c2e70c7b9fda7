"""Known events: a change in the department is logged once, listed, and withdrawn with a reason; never rewritten."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from surveillance.domain.known_event import EventKind, KnownEvent
from surveillance.domain.roles import Action, Actor
from surveillance.errors import AlreadyDecided, NotAllowed
from surveillance.services.free_text import without_identifiers
from surveillance.services.guard import guarded
from surveillance.services.page_models import EventRow
from surveillance.storage import known_events as kept
from surveillance.storage import people, register
from surveillance.storage.store import Store

LONGEST = 120
PATIENT_NUMBER = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")
EARLIEST, AHEAD = date(2000, 1, 1), timedelta(days=366)


@dataclass(frozen=True, slots=True)
class EventDraft:
    """What is said of a change; an empty site, product or scanner means all of them."""

    kind: EventKind
    on: date
    words: str
    site: str = ""
    model: str = ""
    scanner: str = ""


@guarded(Action.LOG_EVENT)
def log_event(actor: Actor, store: Store, draft: EventDraft, *, at: datetime) -> str:
    """Log a change; it stands from now on every time axis that it concerns, past weeks among them.

    Raises
    ------
    NotAllowed
        Without words, with words that are too long or look like a patient's, with a scanner and no site (scanners
        of two sites may bear one name), with a site or product nobody registered, or with a day out of range.
    AlreadyDecided
        If the same change of the same day and scope is logged and stands.
    """
    given = EventDraft(draft.kind, draft.on, *(" ".join(text.split()) for text in (
        draft.words, draft.site, draft.model, draft.scanner)))  # fmt: skip
    action = Action.LOG_EVENT.value
    with store.write(actor=actor.person, role=actor.role.value, action=action, at=at) as unit:
        known = register.deployments(unit.connection)
        _refuse(given, {one.site for one in known}, {one.model for one in known}, at)
        if any(_same(one, given) for one in kept.known_events(unit.connection) if one.withdrawn is None):
            raise AlreadyDecided(f"This event of {given.on.isoformat()} is logged already: {given.words}.")
        scope = {"site": given.site, "model": given.model, "scanner": given.scanner}
        number = kept.add_event(
            unit.connection, kind=given.kind, on=given.on, words=given.words, **scope, at=at, by=actor.person
        )
        unit.record(
            {"event": number, "kind": given.kind.value, "on": given.on.isoformat(), "words": given.words, **scope}
        )
    return f"Logged by {actor.name} as event {number}: {given.kind.words}, {given.on.isoformat()}, {given.words}."


@guarded(Action.LOG_EVENT)
def withdraw_event(actor: Actor, store: Store, event_id: int, *, reason: str, at: datetime) -> str:
    """Withdraw an event with a reason: it is drawn no more from now on, and what was shown before stays on record.

    Raises
    ------
    NotAllowed
        Without a reason, or with one that seems to name a patient.
    NotFound
        If no event has this number.
    AlreadyDecided
        If it is withdrawn already.
    """
    said = " ".join(reason.split())
    if not said:
        raise NotAllowed("Say in a few words why, before you withdraw an event.")
    without_identifiers(said, "This reason")
    action = Action.LOG_EVENT.value
    with store.write(actor=actor.person, role=actor.role.value, action=action, at=at) as unit:
        event = kept.withdraw(unit.connection, event_id, at=at, by=actor.person, reason=said)
        unit.record({"event": event_id, "withdrawn": True, "words": event.words, "reason": said})
    return f"Withdrawn by {actor.name}: {event.words}, {event.on.isoformat()}. It is drawn no more."


@guarded(Action.READ_SURVEILLANCE)
def known_events(actor: Actor, store: Store, *, at: datetime) -> tuple[EventRow, ...]:
    """Return every event as logged by a moment, the newest day first; withdrawn ones say by whom and why."""
    with store.read() as connection:
        events = [one for one in kept.known_events(connection) if one.logged_at <= at]
        names = {person.id: person.name for person in people.people(connection)}
    return tuple(_row(one, names, at) for one in sorted(events, key=lambda one: (one.on, one.id), reverse=True))


@guarded(Action.READ_SURVEILLANCE)
def scopes(actor: Actor, store: Store) -> tuple[tuple[str, str], ...]:
    """Return what an event may be about, as (site, product): everything, each site, each product, each at its site."""
    with store.read() as connection:
        known = register.deployments(connection)
    pairs = {(one.site, one.model) for one in known}
    sites, models = sorted({site for site, _ in pairs}), sorted({model for _, model in pairs})
    return (("", ""), *((site, "") for site in sites), *(("", model) for model in models), *sorted(pairs))


def _row(event: KnownEvent, names: dict[str, str], at: datetime) -> EventRow:
    gone = event.withdrawn if event.withdrawn is not None and event.withdrawn.at <= at else None
    return EventRow(
        event_id=event.id,
        kind=event.kind.words,
        on=event.on,
        scope=event.scope,
        words=event.words,
        logged_at=event.logged_at,
        logged_by=names.get(event.logged_by, event.logged_by),
        withdrawn="" if gone is None else f"withdrawn by {names.get(gone.by, gone.by)}: {gone.reason}",
    )


def _refuse(given: EventDraft, sites: set[str], models: set[str], at: datetime) -> None:
    if not given.words:
        raise NotAllowed("Say in a few words what changed, as it shall stand on the charts.")
    if len(given.words) > LONGEST:
        raise NotAllowed(f"Say what changed in at most {LONGEST} letters; got {len(given.words)}.")
    if any(PATIENT_NUMBER.search(text) for text in (given.words, given.scanner)):
        raise NotAllowed("These words look as if they held a patient's number. Say it without.")
    for text in (given.words, given.scanner):
        without_identifiers(text, "This event")
    if given.scanner and not given.site:
        raise NotAllowed("Name the scanner's site too: scanners of two sites may bear one name.")
    for name, known, what in ((given.site, sites, "site"), (given.model, models, "product")):
        if name and name not in known:
            raise NotAllowed(f"No {what} {name} is registered here, so the event would be drawn nowhere.")
    if not EARLIEST <= given.on <= (at + AHEAD).date():
        raise NotAllowed(f"The day must lie between 2000 and a year from now; got {given.on.isoformat()}.")


def _same(one: KnownEvent, given: EventDraft) -> bool:
    kept_already = (one.kind, one.on, one.words, one.site, one.model, one.scanner)
    return kept_already == (given.kind, given.on, given.words, given.site, given.model, given.scanner)
