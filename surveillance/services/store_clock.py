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
from surveillance.storage.audit_samples import drawn_moments
from surveillance.storage.batches import batches
from surveillance.storage.evaluations import last_seen_by
from surveillance.storage.standing import register_moments
from surveillance.storage.times import to_micros


@dataclass(frozen=True, slots=True)
class Seen:
    """What the store held when weeks were taken up to be judged, and how far each deployment was judged.

    `register` counts what the register had said by then: registrations and names, taken back and made anew.
    """

    newest_batch: int
    judged: dict[int, int | None]
    withdrawn: int = 0
    samples: int = 0
    register: int = 0


def seen_now(connection: Connection) -> Seen:
    """Return what the store holds at this moment."""
    files = batches(connection)
    judged = {kept.id: last_seen_by(connection, kept.id) for kept in register.deployments(connection)}
    withdrawn = sum(kept.withdrawn_at is not None for kept in files)
    drawn, said = len(drawn_moments(connection)), len(register_moments(connection))
    return Seen(files[0].id if files else 0, judged, withdrawn, drawn, said)


def moment_received(connection: Connection, at: datetime) -> int:
    """Return when a file, a registration or a name counts from (microseconds): now, but after all that came before."""
    return max([to_micros(at), *_of_files(connection), *(moment + 1 for moment in _judged(connection))])


def moment_withdrawn(connection: Connection, at: datetime) -> int:
    """Return from when what is withdrawn no longer counts (microseconds): now, but later than all that stood before.

    Whatever was read or judged up to any earlier moment still has the file, the registration or the name in it.
    """
    return max([to_micros(at), *(moment + 1 for moment in (*_of_files(connection), *_judged(connection)))])


def moment_seen(connection: Connection, at: datetime) -> int:
    """Return up to when an evaluation sees the store (microseconds): now, but never less than another did."""
    return max([to_micros(at), *_of_files(connection), *_judged(connection)])


def _of_files(connection: Connection) -> list[int]:
    """Return every moment at which a file, a registration or a name of a version came to count or ceased to."""
    files = batches(connection)
    withdrawn = [kept.withdrawn_at for kept in files if kept.withdrawn_at is not None]
    return [*(kept.received_at for kept in files), *withdrawn, *register_moments(connection)]


def _judged(connection: Connection) -> list[int]:
    """Return up to when each deployment was judged, and each sample drawn."""
    judged = [moment for moment in seen_now(connection).judged.values() if moment is not None]
    return [*judged, *drawn_moments(connection)]


def refuse_overtaken(connection: Connection, deployment_id: int, title: str, seen: Seen) -> None:
    """Refuse to keep judgements that a file, or another evaluation, has overtaken; writers queue, so none can after.

    Raises
    ------
    StoreUnusable
        With what to do.
    """
    now = seen_now(connection)
    held = (now.newest_batch, now.withdrawn, now.samples, now.register)
    known = (seen.newest_batch, seen.withdrawn, seen.samples, seen.register)
    if held != known or now.judged.get(deployment_id) != seen.judged[deployment_id]:
        raise StoreUnusable(
            f"While the weeks of {title} were judged, a log was loaded or withdrawn, a sample drawn, the register"
            " changed, or another evaluation was kept. Nothing of this one was kept for it; run the evaluation again."
        )
