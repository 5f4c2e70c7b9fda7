"""Registered versions whose studies are here and that were never judged: they are not quiet, whatever waits."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from surveillance.services.fleet import Member
from surveillance.storage.plans import plan_for
from surveillance.storage.spans import span_of_cases
from surveillance.storage.tables.data import STREAM
from surveillance.storage.times import EVER

NO_PLAN = (
    "Studies are here, and no plan governs this version: **nobody judges it**. A radiologist (RC-AI) adds its plan."
)
NOT_YET = "Studies are here and wait for the next evaluation: none was judged yet."


def unjudged(connection: Connection, members: Sequence[Member]) -> dict[int, str]:
    """Return what a version that was never judged waits for, by its number; none of those without a study."""
    named = select(STREAM.c.model, STREAM.c.site).where(STREAM.c.version != "").distinct()
    seen = {(row.model, row.site) for row in connection.execute(named)}
    found = {}
    for own in (member.deployment for member in members if member.newest is None):
        if (own.model, own.site) in seen and span_of_cases(connection, own.id, EVER) is not None:
            found[own.id] = NO_PLAN if plan_for(connection, own) is None else NOT_YET
    return found
