"""People and the roles they hold."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from surveillance.errors import AlreadyDecided, NotFound
from surveillance.storage.rows import add_row, fetch
from surveillance.storage.tables.people import ENTITLEMENT, PERSON


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A named person, and the account of the operating system that is theirs at the command line."""

    id: str
    name: str
    os_account: str | None
    added_at: datetime


def add_person(
    connection: Connection, *, person_id: str, name: str, at: datetime, os_account: str | None = None
) -> PersonRecord:
    """Keep a person.

    Raises
    ------
    AlreadyDecided
        If the identifier or the account is taken.
    """
    taken = PERSON.c.id == person_id
    if os_account is not None:
        taken = taken | (PERSON.c.os_account == os_account)
    if connection.execute(select(PERSON.c.id).where(taken)).first() is not None:
        raise AlreadyDecided(f"A person {person_id}, or the account {os_account}, is known already.")
    connection.execute(insert(PERSON).values(id=person_id, name=name, os_account=os_account, added_at=at))
    return PersonRecord(person_id, name, os_account, at)


def person(connection: Connection, person_id: str) -> PersonRecord:
    """Return a person.

    Raises
    ------
    NotFound
        If nobody has this identifier.
    """
    found = fetch(connection, PersonRecord, select(PERSON).where(PERSON.c.id == person_id))
    if not found:
        raise NotFound(f"Nobody is known as {person_id} in this store.")
    return found[0]


def person_by_account(connection: Connection, os_account: str) -> PersonRecord | None:
    """Find the person whose account of the operating system this is."""
    found = fetch(connection, PersonRecord, select(PERSON).where(PERSON.c.os_account == os_account))
    return found[0] if found else None


def people(connection: Connection) -> tuple[PersonRecord, ...]:
    """List everybody by name."""
    return fetch(connection, PersonRecord, select(PERSON).order_by(PERSON.c.name, PERSON.c.id))


def grant(connection: Connection, *, person_id: str, role: str, at: datetime, by: str) -> int:
    """Give a person a role."""
    return _entitle(connection, person_id, role, "granted", at, by)


def revoke(connection: Connection, *, person_id: str, role: str, at: datetime, by: str) -> int:
    """Take a role from a person; that they held it stays on record."""
    return _entitle(connection, person_id, role, "revoked", at, by)


def roles_of(connection: Connection, person_id: str) -> frozenset[str]:
    """Return the roles a person holds now."""
    own = select(ENTITLEMENT.c.role, ENTITLEMENT.c.event).where(ENTITLEMENT.c.person_id == person_id)
    last = {row.role: row.event for row in connection.execute(own.order_by(ENTITLEMENT.c.id))}
    return frozenset(role for role, event in last.items() if event == "granted")


def _entitle(connection: Connection, person_id: str, role: str, event: str, at: datetime, by: str) -> int:
    values = {"person_id": person_id, "role": role, "event": event, "at": at, "by": by}
    return add_row(connection, ENTITLEMENT, values)
