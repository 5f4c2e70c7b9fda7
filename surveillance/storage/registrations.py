"""Registrations taken back, and made anew under the same version, site and threshold."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from surveillance.storage.rows import add_row
from surveillance.storage.tables import METADATA
from surveillance.storage.tables.register import DEPLOYMENT_RETURN, DEPLOYMENT_WITHDRAWAL
from surveillance.storage.times import EVER, to_micros

# Events of the registration itself; everything else that names a deployment rests on it.
OWN = ("version_alias", "use_status_event", "deployment_withdrawal")


def made_anew(connection: Connection, seen_by: int = EVER) -> dict[int, dict[str, Any]]:
    """Return what the newest registration of each deployment said by a moment, where it was made anew."""
    fields = (DEPLOYMENT_RETURN.c.zone, DEPLOYMENT_RETURN.c.title, DEPLOYMENT_RETURN.c.cases_from)
    query = (
        select(DEPLOYMENT_WITHDRAWAL.c.deployment_id, *fields)
        .join(DEPLOYMENT_RETURN, DEPLOYMENT_RETURN.c.withdrawal_id == DEPLOYMENT_WITHDRAWAL.c.id)
        .where(DEPLOYMENT_RETURN.c.at <= seen_by)
        .order_by(DEPLOYMENT_WITHDRAWAL.c.id)
    )
    return {
        row.deployment_id: {"zone": row.zone, "title": row.title, "cases_from": row.cases_from}
        for row in connection.execute(query)
    }


def register_anew(
    connection: Connection,
    deployment_id: int,
    *,
    zone: str,
    title: str,
    cases_from: int | None,
    at: datetime,
    by: str,
) -> int:
    """Register a deployment again that was taken back, and return its number: the one it had."""
    own = select(func.max(DEPLOYMENT_WITHDRAWAL.c.id)).where(DEPLOYMENT_WITHDRAWAL.c.deployment_id == deployment_id)
    last = connection.execute(own).scalar_one()
    said = {"zone": zone, "title": title, "cases_from": cases_from}
    connection.execute(insert(DEPLOYMENT_RETURN).values(withdrawal_id=last, **said, at=to_micros(at), by=by))
    return deployment_id


def withdraw_registration(connection: Connection, deployment_id: int, *, at: int, by: str, reason: str) -> None:
    """Take a registration back from a moment on (microseconds); the services see first that nothing rests on it."""
    values = {"deployment_id": deployment_id, "at": at, "by": by, "reason": reason}
    add_row(connection, DEPLOYMENT_WITHDRAWAL, values)


def resting_on(connection: Connection, deployment_id: int) -> dict[str, int]:
    """Count the records of each kind that rest on a registration: judged, drawn, answered or signed under it.

    Every table that names a deployment counts, later ones by themselves.
    """
    found = {}
    for table in METADATA.sorted_tables:
        columns = [key.parent for key in table.foreign_keys if key.column.table.name == "deployment"]
        if columns and table.name not in OWN:
            rows = select(func.count()).select_from(table).where(columns[0] == deployment_id)
            if number := int(connection.execute(rows).scalar_one()):
                found[table.name] = number
    return found
