"""Studies that no registered version claims: kept and counted until their version is registered."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from surveillance.storage.bulk import read_columns
from surveillance.storage.live_batches import live_batches, of_streams
from surveillance.storage.logs import as_frame, first_reads
from surveillance.storage.standing import name_stands, registration_stands
from surveillance.storage.tables.data import BATCH, BATCH_STREAM, CASE, STREAM
from surveillance.storage.tables.register import DEPLOYMENT, MODEL, VERSION_ALIAS
from surveillance.storage.times import EVER, from_micros

READ = ("case_id", "acquired_at", "result_at", "batch_id", "line", "status", "score", "called")


@dataclass(frozen=True, slots=True)
class Quarantined:
    """The studies of one unregistered version at a site, each counted once; times in microseconds.

    `first_at` and `last_at` are times of acquisition; `received_at` is when the first file that counts brought them.
    """

    model: str
    version: str
    site: str
    cases: int
    first_at: int
    last_at: int
    received_at: int


def quarantine(connection: Connection, seen_by: int | None = None) -> tuple[Quarantined, ...]:
    """Count the studies in quarantine by product, version and site, as the files stood at `seen_by` (default now).

    A study that several files hold counts once.
    """
    moment = EVER if seen_by is None else seen_by
    held = (
        select(STREAM.c.id, func.min(BATCH.c.received_at).label("received_at"))
        .join(BATCH_STREAM, BATCH_STREAM.c.stream_id == STREAM.c.id)
        .join(BATCH, BATCH.c.id == BATCH_STREAM.c.batch_id)
        .where(STREAM.c.version != "", ~_claimed(moment), BATCH.c.id.in_(live_batches(moment)))
        .group_by(STREAM.c.id)
    )
    received = {row.id: int(row.received_at) for row in connection.execute(held)}
    if not received:
        return ()
    studies = (
        select(
            CASE.c.stream_id,
            func.count(CASE.c.case_id.distinct()).label("cases"),
            func.min(CASE.c.acquired_at).label("first_at"),
            func.max(CASE.c.acquired_at).label("last_at"),
        )
        .where(of_streams(CASE, list(received), moment))
        .group_by(CASE.c.stream_id)
        .subquery()
    )
    named = (
        select(STREAM.c.id, STREAM.c.model, STREAM.c.version, STREAM.c.site, studies)
        .join(studies, studies.c.stream_id == STREAM.c.id)
        .order_by(STREAM.c.model, STREAM.c.site, STREAM.c.version)
    )
    return tuple(
        Quarantined(r.model, r.version, r.site, int(r.cases), int(r.first_at), int(r.last_at), received[r.id])
        for r in connection.execute(named)
    )


def read_quarantined(connection: Connection, model: str, version: str, site: str, seen_by: int) -> pd.DataFrame:
    """Read the studies of one version at a site as its files hold them, each once, in order of acquisition."""
    named = select(STREAM.c.id).where(STREAM.c.model == model, STREAM.c.version == version, STREAM.c.site == site)
    streams = list(connection.execute(named).scalars())
    query = select(*(CASE.c[name] for name in READ)).where(of_streams(CASE, streams, seen_by))
    return first_reads(as_frame(read_columns(connection, query)))


def _claimed(moment: int) -> ColumnElement[bool]:
    """Say that a stream is a registered version's at its site, or another spelling of one, standing at a moment."""
    return exists(
        select(DEPLOYMENT.c.id)
        .join(MODEL, MODEL.c.id == DEPLOYMENT.c.model_id)
        .outerjoin(VERSION_ALIAS, VERSION_ALIAS.c.deployment_id == DEPLOYMENT.c.id)
        .where(
            MODEL.c.name == STREAM.c.model,
            DEPLOYMENT.c.site == STREAM.c.site,
            DEPLOYMENT.c.registered_at <= from_micros(moment),
            registration_stands(moment),
            or_(
                DEPLOYMENT.c.version == STREAM.c.version,
                and_(VERSION_ALIAS.c.version == STREAM.c.version, name_stands(moment)),
            ),
        )
    )
