"""The store's own order of events: what is saved later never counts as seen earlier, whatever a clock says.

An evaluation is fixed by the moment up to which the store had seen its files. A file whose moment lay before
one already used would slip in behind evaluations that never saw it, and no week would be judged again for it:
after a clock was set back, or where a large file took longer to save than an evaluation to start.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from surveillance.errors import StoreUnusable
from surveillance.storage import register
from surveillance.storage.batches import batches
from surveillance.storage.evaluations import last_seen_by
from surveillance.storage.times import to_micros


@dataclass(frozen=True, slots=True)
class Seen:
    """What the store held when weeks were taken up to be judged: its newest file, and how far each deployment was."""

    newest_batch: int
    judged: dict[int, int | None]


def seen_now(connection: Connection) -> Seen:
    """Return what the store holds at this moment."""
    newest = batches(connection)[:1]
    judged = {kept.id: last_seen_by(connection, kept.id) for kept in register.deployments(connection)}
    return Seen(newest[0].id if newest else 0, judged)


def moment_received(connection: Connection, at: datetime) -> int:
    """Return when a file counts as received (microseconds): now, but after everything received or judged before."""
    received = [kept.received_at for kept in batches(connection)]
    judged = [moment + 1 for moment in seen_now(connection).judged.values() if moment is not None]
    return max([to_micros(at), *received, *judged])


def moment_seen(connection: Connection, at: datetime) -> int:
    """Return up to when an evaluation sees the store (microseconds): now, but never less than another did."""
    received = [kept.received_at for kept in batches(connection)]
    judged = [moment for moment in seen_now(connection).judged.values() if moment is not None]
    return max([to_micros(at), *received, *judged])


def refuse_overtaken(connection: Connection, deployment_id: int, title: str, seen: Seen) -> None:
    """Refuse to keep judgements that a file, or another evaluation, has overtaken; writers queue, so none can after.

    Raises
    ------
    StoreUnusable
        With what to do.
    """
    now = seen_now(connection)
    if now.newest_batch != seen.newest_batch or now.judged[deployment_id] != seen.judged[deployment_id]:
        raise StoreUnusable(
            f"While the weeks of {title} were judged, a log was loaded or another evaluation was kept."
            " Nothing of this one was kept for it; run the evaluation again."
        )
