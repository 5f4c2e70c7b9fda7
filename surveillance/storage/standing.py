"""Which registrations and which other names of versions stood at a moment: made by then, and not taken back.

What was taken back and made anew stands again from then on; at every moment between it did not.
"""

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, select

from surveillance.storage.tables.register import (
    DEPLOYMENT,
    DEPLOYMENT_RETURN,
    DEPLOYMENT_WITHDRAWAL,
    VERSION_ALIAS,
    VERSION_ALIAS_RETURN,
    VERSION_ALIAS_WITHDRAWAL,
)
from surveillance.storage.times import from_micros, to_micros

WITHDRAWALS = (DEPLOYMENT_WITHDRAWAL, VERSION_ALIAS_WITHDRAWAL)
RETURNS = (DEPLOYMENT_RETURN, VERSION_ALIAS_RETURN)


def registration_stands(seen_by: int) -> ColumnElement[bool]:
    """Say that a registration was not taken back by a moment (microseconds)."""
    own = DEPLOYMENT_WITHDRAWAL.c.deployment_id == DEPLOYMENT.c.id
    return ~_taken_back(DEPLOYMENT_WITHDRAWAL, DEPLOYMENT_RETURN, own, seen_by)


def name_stands(seen_by: int) -> ColumnElement[bool]:
    """Say that another name of a version was signed by a moment (microseconds) and not taken back by then."""
    own = VERSION_ALIAS_WITHDRAWAL.c.alias_id == VERSION_ALIAS.c.id
    taken_back = _taken_back(VERSION_ALIAS_WITHDRAWAL, VERSION_ALIAS_RETURN, own, seen_by)
    return and_(VERSION_ALIAS.c.at <= from_micros(seen_by), ~taken_back)


def register_moments(connection: Connection) -> tuple[int, ...]:
    """Return every moment (microseconds) from which the register said another thing of some studies."""
    said = [to_micros(at) for at in connection.execute(select(DEPLOYMENT.c.registered_at)).scalars()]
    said += [to_micros(at) for at in connection.execute(select(VERSION_ALIAS.c.at)).scalars()]
    for table in (*WITHDRAWALS, *RETURNS):
        said += connection.execute(select(table.c.at)).scalars()
    return tuple(said)


def taken_back_between(connection: Connection, seen_by: int, until: int) -> bool:
    """Say whether a registration or a name was taken back after one moment (microseconds) and by another."""
    counts = (select(func.count()).where(table.c.at > seen_by, table.c.at <= until) for table in WITHDRAWALS)
    return any(connection.execute(query).scalar_one() for query in counts)


def _taken_back(withdrawal: Table, returned: Table, own: ColumnElement[bool], seen_by: int) -> ColumnElement[bool]:
    again = exists().where(returned.c.withdrawal_id == withdrawal.c.id, returned.c.at <= seen_by)
    return exists().where(own, withdrawal.c.at <= seen_by, ~again)
