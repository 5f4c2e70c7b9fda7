"""How far a file reaches: which deployments, which time, how many rows; and which of them no other file holds."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, Table, select

from surveillance.domain.withdrawn_mark import WithdrawnRows
from surveillance.storage.bulk import read_columns
from surveillance.storage.changes import fingerprints
from surveillance.storage.live_batches import case_streams, live_batches, truth_streams
from surveillance.storage.log_columns import TIME, Stream, stored_columns
from surveillance.storage.logs import as_frame
from surveillance.storage.register import DeploymentRecord, deployments
from surveillance.storage.tables.data import BATCH, BATCH_STREAM, CASE, OUTCOME, STREAM, STUDY_ORDER
from surveillance.storage.times import EVER
from surveillance.storage.version_names import names


@dataclass(frozen=True, slots=True)
class Reach:
    """The rows of a file that are about one deployment, and which time they span (microseconds)."""

    deployment: DeploymentRecord
    rows: int
    first_at: int
    last_at: int


def reach(connection: Connection, batch_id: int) -> tuple[Reach, ...]:
    """Return which deployments a file's studies, truths and orders are about; versions in quarantine are about none."""
    own = {row.stream_id: row for row in connection.execute(_streams_of(batch_id))}
    found = []
    for kept in deployments(connection):
        rows = [own[number] for about in _about(connection, kept).values() for number in about if number in own]
        if rows:
            first, last = min(row.first_at for row in rows), max(row.last_at for row in rows)
            found.append(Reach(kept, sum(row.rows for row in rows), first, last))
    return tuple(found)


def unclaimed_of(connection: Connection, batch_id: int) -> tuple[int, tuple[str, ...]]:
    """Count the rows of a file that are about no deployment, and name what they are about."""
    about = {n for kept in deployments(connection) for numbers in _about(connection, kept).values() for n in numbers}
    rest = [row for row in connection.execute(_streams_of(batch_id)) if row.stream_id not in about]
    named = (" ".join(part for part in (row.model, row.version, row.site) if part) for row in rest)
    return sum(row.rows for row in rest), tuple(dict.fromkeys(named))


def _about(connection: Connection, deployment: DeploymentRecord) -> dict[Table, list[int]]:
    """Return the streams of a deployment's studies, of the truths about its product, and of its site's orders."""
    orders = select(STREAM.c.id).where(STREAM.c.model == "", STREAM.c.version == "", STREAM.c.site == deployment.site)
    return {
        CASE: case_streams(connection, deployment, EVER),
        OUTCOME: truth_streams(connection, deployment),
        STUDY_ORDER: list(connection.execute(orders).scalars()),
    }


def _streams_of(batch_id: int) -> Select[tuple[Any, ...]]:
    named = (STREAM.c.model, STREAM.c.version, STREAM.c.site)
    query = select(BATCH_STREAM, *named).join(STREAM, BATCH_STREAM.c.stream_id == STREAM.c.id)
    return query.where(BATCH_STREAM.c.batch_id == batch_id).order_by(STREAM.c.id)


def sites_of(connection: Connection, batch_id: int) -> tuple[tuple[str, str, str], ...]:
    """Return the (product, version, site) that a file's rows name; "" where its kind of file names none."""
    return tuple((model, version, site) for model, version, site, _, _ in spans_of(connection, batch_id))


def spans_of(connection: Connection, batch_id: int) -> tuple[tuple[str, str, str, int, int], ...]:
    """Return the (product, version, site) that a file's rows name, each with the time that they span."""
    rows = connection.execute(_streams_of(batch_id))
    return tuple((row.model, row.version, row.site, row.first_at, row.last_at) for row in rows)


def rows_in_it_alone(
    connection: Connection, batch_id: int, deployment: DeploymentRecord, first: int, until: int
) -> int:
    """Count a file's rows about a deployment in [first, until) that no other file that counts holds."""
    return rows_by_fate(connection, batch_id, deployment, first, until).gone


def rows_by_fate(
    connection: Connection,
    batch_id: int,
    deployment: DeploymentRecord,
    first: int,
    until: int,
    *,
    studies_until: int | None = None,
    withdrawn_at: int = EVER,
) -> WithdrawnRows:
    """Count a file's rows about a deployment in [first, until) by what else holds them, now that it is withdrawn.

    A study or an order is of the time it was acquired, and may have an end of its own; a truth is of the time its
    source recorded it (microseconds). A row is held by another file where every column of it is the same.
    """
    ends = {OUTCOME: until}
    studies = until if studies_until is None else studies_until
    return sum(
        (
            _fates(connection, batch_id, table, streams, first, ends.get(table, studies), withdrawn_at)
            for table, streams in _about(connection, deployment).items()
        ),
        WithdrawnRows(),
    )


def version_rows_by_fate(connection: Connection, batch_id: int, stream: Stream, withdrawn_at: int) -> WithdrawnRows:
    """Count a file's studies of one (product, version, site), registered or not, as `rows_by_fate` does."""
    model, version, site = stream
    named = select(STREAM.c.id).where(STREAM.c.model == model, STREAM.c.version == version, STREAM.c.site == site)
    streams = list(connection.execute(named).scalars())
    return _fates(connection, batch_id, CASE, streams, -EVER, EVER, withdrawn_at)


def _fates(
    connection: Connection, batch_id: int, table: Table, streams: list[int], first: int, until: int, withdrawn_at: int
) -> WithdrawnRows:
    columns = [column for column in stored_columns(table) if column.name != "line"]
    time = table.c[TIME[table]]
    within = select(*columns).where(table.c.stream_id.in_(streams), time >= first, time < until)
    mine = as_frame(read_columns(connection, within.where(table.c.batch_id == batch_id)))
    if not len(mine):
        return WithdrawnRows()
    others = (
        select(BATCH_STREAM.c.batch_id)
        .join(BATCH, BATCH.c.id == BATCH_STREAM.c.batch_id)
        .where(
            BATCH_STREAM.c.stream_id.in_(streams),
            BATCH_STREAM.c.batch_id != batch_id,
            BATCH_STREAM.c.batch_id.in_(live_batches(EVER)),
            BATCH_STREAM.c.first_at < until,
            BATCH_STREAM.c.last_at >= first,
        )
    )
    marks = fingerprints(mine)
    held = [
        np.isin(marks, fingerprints(as_frame(read_columns(connection, within.where(table.c.batch_id.in_(files))))))
        for files in (
            others.where(BATCH.c.received_at <= withdrawn_at),
            others.where(BATCH.c.received_at > withdrawn_at),
        )
    ]
    again = held[1] & ~held[0]
    return WithdrawnRows(int((~held[0] & ~again).sum()), int(held[0].sum()), int(again.sum()))


def spellings(connection: Connection) -> dict[int, frozenset[str]]:
    """Return every spelling of each deployment's version but its own."""
    found: dict[int, set[str]] = {}
    for name in names(connection):
        found.setdefault(name.deployment_id, set()).add(name.version)
    return {number: frozenset(versions) for number, versions in found.items()}
