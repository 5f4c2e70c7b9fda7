"""Other names of registered versions as files write them: signed, taken back with a reason, and signed anew."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from surveillance.errors import AlreadyDecided, NotFound
from surveillance.storage.rows import add_row, fetch
from surveillance.storage.standing import name_stands
from surveillance.storage.tables.register import VERSION_ALIAS, VERSION_ALIAS_RETURN, VERSION_ALIAS_WITHDRAWAL
from surveillance.storage.times import EVER, to_micros


@dataclass(frozen=True, slots=True)
class VersionName:
    """Another name of a deployment's version, when it was signed first and by whom."""

    id: int
    deployment_id: int
    version: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class NameWithdrawal:
    """A name that was taken back: from when on (microseconds), by whom and why."""

    id: int
    alias_id: int
    at: int
    by: str
    reason: str


def names(connection: Connection, seen_by: int = EVER) -> tuple[VersionName, ...]:
    """List the names that stood at a moment (microseconds), in the order they were first signed."""
    standing = select(VERSION_ALIAS).where(name_stands(seen_by)).order_by(VERSION_ALIAS.c.id)
    return fetch(connection, VersionName, standing)


def every_name(connection: Connection) -> tuple[VersionName, ...]:
    """List every name that was ever signed, those taken back among them."""
    return fetch(connection, VersionName, select(VERSION_ALIAS).order_by(VERSION_ALIAS.c.id))


def standing_name(connection: Connection, alias_id: int) -> VersionName:
    """Return a name by its number.

    Raises
    ------
    NotFound
        If there is none.
    AlreadyDecided
        If it was taken back already.
    """
    found = fetch(connection, VersionName, select(VERSION_ALIAS).where(VERSION_ALIAS.c.id == alias_id))
    if not found:
        raise NotFound(f"No name of a version has the number {alias_id} in this store.")
    if found[0] not in names(connection):
        last = name_withdrawals(connection, alias_id)[-1]
        raise AlreadyDecided(f"The name {found[0].version} was taken back by {last.by} already; nothing was changed.")
    return found[0]


def name_withdrawals(connection: Connection, alias_id: int) -> tuple[NameWithdrawal, ...]:
    """List when a name was taken back, oldest first."""
    table = VERSION_ALIAS_WITHDRAWAL
    return fetch(connection, NameWithdrawal, select(table).where(table.c.alias_id == alias_id).order_by(table.c.id))


def keep_name(connection: Connection, *, deployment_id: int, version: str, at: datetime, by: str) -> int:
    """Keep a name of a deployment's version; one that was taken back returns. `register.add_alias` checks first."""
    same = VERSION_ALIAS.c.deployment_id == deployment_id, VERSION_ALIAS.c.version == version
    kept = connection.execute(select(VERSION_ALIAS.c.id).where(*same)).scalar()
    if kept is None:
        values = {"deployment_id": deployment_id, "version": version, "at": at, "by": by}
        return add_row(connection, VERSION_ALIAS, values)
    last = name_withdrawals(connection, kept)[-1]
    connection.execute(insert(VERSION_ALIAS_RETURN).values(withdrawal_id=last.id, at=to_micros(at), by=by))
    return int(kept)


def withdraw_name(connection: Connection, alias_id: int, *, at: int, by: str, reason: str) -> None:
    """Take a name back from a moment on (microseconds); what it said until then stays on record.

    Raises
    ------
    AlreadyDecided
        If it was taken back already.
    """
    own = standing_name(connection, alias_id)
    add_row(connection, VERSION_ALIAS_WITHDRAWAL, {"alias_id": own.id, "at": at, "by": by, "reason": reason})
