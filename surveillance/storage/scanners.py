"""Which scanners a deployment's studies came from, and when each was seen first."""

from sqlalchemy import Connection, func, select

from surveillance.storage.live_batches import case_streams, of_streams, own_period
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.tables.data import CASE


def scanners_seen(connection: Connection, deployment: DeploymentRecord, seen_by: int) -> dict[str, tuple[int, int]]:
    """Return for each scanner that results name its first study (microseconds) and how many rows name it."""
    streams = case_streams(connection, deployment, seen_by)
    query = (
        select(CASE.c.scanner, func.min(CASE.c.acquired_at), func.count())
        .where(of_streams(CASE, streams, seen_by), own_period(connection, deployment, seen_by))
        .where(CASE.c.scanner.is_not(None), CASE.c.scanner != "")
        .group_by(CASE.c.scanner)
    )
    return {scanner: (int(first), int(rows)) for scanner, first, rows in connection.execute(query)}
