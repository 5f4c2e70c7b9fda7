"""The use status of a version at a site: what was set, by whom and why; the last one holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from surveillance.storage.rows import add_row, fetch
from surveillance.storage.tables.register import USE_STATUS_EVENT


@dataclass(frozen=True, slots=True)
class UseStatus:
    """A use status from a moment on, who set it and why."""

    deployment_id: int
    status: str
    at: datetime
    by: str
    reason: str


def set_status(connection: Connection, *, deployment_id: int, status: str, at: datetime, by: str, reason: str) -> int:
    """Give a deployment a use status from a moment on; the earlier ones stay on record."""
    values = {"deployment_id": deployment_id, "status": status, "at": at, "by": by, "reason": reason}
    return add_row(connection, USE_STATUS_EVENT, values)


def statuses(connection: Connection, deployment_id: int) -> tuple[UseStatus, ...]:
    """List the use statuses of a deployment, oldest first."""
    events = USE_STATUS_EVENT
    own = select(events).where(events.c.deployment_id == deployment_id).order_by(events.c.id)
    return fetch(connection, UseStatus, own)


def current_status(connection: Connection, deployment_id: int) -> UseStatus | None:
    """Return the use status that holds now, or None where none was ever set."""
    listed = statuses(connection, deployment_id)
    return listed[-1] if listed else None


def current_statuses(connection: Connection) -> dict[int, UseStatus]:
    """Return the use status that holds now for every deployment that has one."""
    listed = fetch(connection, UseStatus, select(USE_STATUS_EVENT).order_by(USE_STATUS_EVENT.c.id))
    return {status.deployment_id: status for status in listed}
