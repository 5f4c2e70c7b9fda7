"""Studies that no registered version claims: kept and counted until their version is registered."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, func, or_, select

from surveillance.storage.live_batches import live_batches
from surveillance.storage.tables.data import BATCH_STREAM, STREAM
from surveillance.storage.tables.register import DEPLOYMENT, MODEL, VERSION_ALIAS
from surveillance.storage.times import EVER, from_micros


@dataclass(frozen=True, slots=True)
class Quarantined:
    """The studies of one unregistered version at a site; times in microseconds of acquisition."""

    model: str
    version: str
    site: str
    cases: int
    first_at: int
    last_at: int


def quarantine(connection: Connection, seen_by: int | None = None) -> tuple[Quarantined, ...]:
    """Count the studies in quarantine by product, version and site, as the files stood at `seen_by` (default now).

    Rows of overlapping files are counted as often as they were loaded.
    """
    moment = EVER if seen_by is None else seen_by
    claimed = exists(
        select(DEPLOYMENT.c.id)
        .join(MODEL, MODEL.c.id == DEPLOYMENT.c.model_id)
        .outerjoin(VERSION_ALIAS, VERSION_ALIAS.c.deployment_id == DEPLOYMENT.c.id)
        .where(
            MODEL.c.name == STREAM.c.model,
            DEPLOYMENT.c.site == STREAM.c.site,
            DEPLOYMENT.c.registered_at <= from_micros(moment),
            or_(
                DEPLOYMENT.c.version == STREAM.c.version,
                and_(VERSION_ALIAS.c.version == STREAM.c.version, VERSION_ALIAS.c.at <= from_micros(moment)),
            ),
        )
    )
    query = (
        select(
            STREAM.c.model,
            STREAM.c.version,
            STREAM.c.site,
            func.sum(BATCH_STREAM.c.rows).label("cases"),
            func.min(BATCH_STREAM.c.first_at).label("first_at"),
            func.max(BATCH_STREAM.c.last_at).label("last_at"),
        )
        .join(BATCH_STREAM, BATCH_STREAM.c.stream_id == STREAM.c.id)
        .where(and_(STREAM.c.version != "", ~claimed, BATCH_STREAM.c.batch_id.in_(live_batches(moment))))
        .group_by(STREAM.c.model, STREAM.c.version, STREAM.c.site)
        .order_by(STREAM.c.model, STREAM.c.site, STREAM.c.version)
    )
    return tuple(
        Quarantined(row.model, row.version, row.site, int(row.cases), int(row.first_at), int(row.last_at))
        for row in connection.execute(query)
    )
