"""Known events: logged once, withdrawn by an event of their own, never changed."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from surveillance.domain.known_event import EventKind, KnownEvent, Withdrawn
from surveillance.errors import AlreadyDecided, NotFound
from surveillance.storage.rows import add_row
from surveillance.storage.tables.known_events import KNOWN_EVENT, KNOWN_EVENT_WITHDRAWAL


def add_event(
    connection: Connection,
    *,
    kind: EventKind,
    on: date,
    site: str,
    model: str,
    scanner: str,
    words: str,
    at: datetime,
    by: str,
) -> int:
    """Keep an event and return its number."""
    scope = {"site": site, "model": model, "scanner": scanner}
    what = {"kind": kind.value, "on_date": on.isoformat(), "words": words}
    return add_row(connection, KNOWN_EVENT, {**what, **scope, "at": at, "by": by})


def known_events(connection: Connection, *, by: datetime | None = None) -> tuple[KnownEvent, ...]:
    """List every event by day, withdrawn ones among them; only those that stood at a moment, if one is given."""
    query = (
        select(
            KNOWN_EVENT,
            KNOWN_EVENT_WITHDRAWAL.c.at.label("withdrawn_at"),
            KNOWN_EVENT_WITHDRAWAL.c.by.label("withdrawn_by"),
            KNOWN_EVENT_WITHDRAWAL.c.reason,
        )
        .outerjoin(KNOWN_EVENT_WITHDRAWAL, KNOWN_EVENT_WITHDRAWAL.c.event_id == KNOWN_EVENT.c.id)
        .order_by(KNOWN_EVENT.c.on_date, KNOWN_EVENT.c.id)
    )
    found = []
    for row in connection.execute(query):
        gone = None if row.withdrawn_at is None else Withdrawn(row.withdrawn_at, row.withdrawn_by, row.reason)
        found.append(
            KnownEvent(
                id=row.id,
                kind=EventKind(row.kind),
                on=date.fromisoformat(row.on_date),
                site=row.site,
                model=row.model,
                scanner=row.scanner,
                words=row.words,
                logged_at=row.at,
                logged_by=row.by,
                withdrawn=gone,
            )
        )
    return tuple(one for one in found if by is None or one.stood(by))


def withdraw(connection: Connection, event_id: int, *, at: datetime, by: str, reason: str) -> KnownEvent:
    """Withdraw an event from now on; return it as it stood.

    Raises
    ------
    NotFound
        If no event has this number.
    AlreadyDecided
        If it is withdrawn already.
    """
    found = next((one for one in known_events(connection) if one.id == event_id), None)
    if found is None:
        raise NotFound(f"No known event has the number {event_id} in this store.")
    if found.withdrawn is not None:
        raise AlreadyDecided(f"The event of {found.on.isoformat()}, {found.words}, is withdrawn already.")
    values = {"event_id": event_id, "at": at, "by": by, "reason": reason}
    connection.execute(insert(KNOWN_EVENT_WITHDRAWAL).values(values))
    return found
