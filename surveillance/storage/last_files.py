"""When files last came: for each product, version and site that they name, what the newest brought and when."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from surveillance.storage.live_batches import live_batches
from surveillance.storage.tables.data import BATCH, BATCH_STREAM, STREAM
from surveillance.storage.times import EVER


@dataclass(frozen=True, slots=True)
class LastFile:
    """The files of one kind for one (product, version, site); times in microseconds.

    `kind` is results, outcomes or orders. `received_at` is when the newest file came, `first_at` and `last_at` span
    the studies acquired, or of outcomes the truths recorded.
    """

    kind: str
    model: str
    version: str
    site: str
    files: int
    received_at: int
    first_at: int
    last_at: int


def last_files(connection: Connection, seen_by: int = EVER) -> tuple[LastFile, ...]:
    """List what came of each product, version and site, by files that count; a few rows, however many studies."""
    query = (
        select(
            STREAM.c.model, STREAM.c.version, STREAM.c.site, func.count(BATCH.c.id).label("files"),
            func.max(BATCH.c.received_at).label("received_at"), func.min(BATCH_STREAM.c.first_at).label("first_at"),
            func.max(BATCH_STREAM.c.last_at).label("last_at"),
        )
        .join(BATCH_STREAM, BATCH_STREAM.c.stream_id == STREAM.c.id)
        .join(BATCH, BATCH.c.id == BATCH_STREAM.c.batch_id)
        .where(BATCH.c.id.in_(live_batches(seen_by)))
        .group_by(STREAM.c.id, STREAM.c.model, STREAM.c.version, STREAM.c.site)
        .order_by(STREAM.c.id)
    )  # fmt: skip
    return tuple(LastFile(kind=_kind(row.model, row.version), **row._mapping) for row in connection.execute(query))


def _kind(model: str, version: str) -> str:
    """Return the kind of a stream: truths are about no version, orders about no product."""
    return "results" if version else "outcomes" if model else "orders"
