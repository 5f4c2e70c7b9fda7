"""Withdrawing a file: what it will touch is said first; nothing is deleted, and from then on its rows do not count."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor
from surveillance.domain.weeks import Week, last_complete_week, span_words
from surveillance.errors import AlreadyDecided, NotAllowed
from surveillance.services.free_text import without_identifiers
from surveillance.services.guard import guarded
from surveillance.services.store_clock import moment_withdrawn
from surveillance.services.withdrawn_evidence import resting_on
from surveillance.storage import batches, held_returns, register
from surveillance.storage.batch_reach import Reach, reach, rows_in_it_alone, unclaimed_of
from surveillance.storage.batch_records import BatchRecord
from surveillance.storage.store import Store
from surveillance.storage.times import from_micros

FEWEST_WORDS = 3
AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class TouchedDeployment:
    """A deployment whose figures a withdrawal changes: rows about it, those in no other file, and their weeks."""

    deployment_id: int
    title: str
    product: str
    rows: int
    alone: int
    weeks: str


@dataclass(frozen=True, slots=True)
class WithdrawalPreview:
    """What withdrawing a file will touch, before anybody decides; `alarms` are (number, what it says).

    `corrected` are the files in which held rows of it came back: they stay and go on counting.
    """

    batch_id: int
    file_name: str
    rows: int
    touched: tuple[TouchedDeployment, ...]
    elsewhere: str
    alarms: tuple[tuple[int, str], ...]
    corrected: tuple[int, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the consequence in words, the gravest first."""
        said = [f"{self.rows:,} rows of {self.file_name} stop counting now; they stay on record."]
        for one in self.touched:
            other = one.rows - one.alone
            kept = f" {other:,} of them are in another file too and go on counting." if other else ""
            said.append(f"{one.title}, {one.product}: {one.rows:,} rows, {one.weeks}.{kept}")
        if self.elsewhere:
            said.append(self.elsewhere)
        if any(one.alone for one in self.touched):
            said.append("The weeks from the first of these rows on are judged again at the next evaluation.")
        if self.alarms:
            number = "1 alarm stays" if len(self.alarms) == 1 else f"{len(self.alarms)} alarms stay"
            said.append(f"{number} and will read “rests on withdrawn data”.")
        if self.corrected:
            listed = ", ".join(f"batch {number}" for number in self.corrected)
            said.append(f"Corrected rows of it came back in {listed}, which stays and goes on counting.")
        said.append("What was known on any earlier day stays as it was. The file may be loaded again.")
        return tuple(said)


@guarded(Action.WITHDRAW_BATCH)
def preview_withdrawal(actor: Actor, store: Store, batch_id: int) -> WithdrawalPreview:
    """Say what withdrawing a file will touch: deployments, weeks, rows, and the alarms that rest on it.

    Raises
    ------
    NotFound
        If no file has this number.
    AlreadyDecided
        If it was withdrawn before.
    """
    with store.read() as connection:
        batch = _standing(connection, batch_id)
        deployments = {kept.id: kept for kept in register.deployments(connection)}
        touched = tuple(_touched(connection, batch, one) for one in reach(connection, batch.id))
        alarms = resting_on(connection, batch, deployments)
        return WithdrawalPreview(
            batch_id=batch.id,
            file_name=batch.file_name,
            rows=batch.rows_accepted,
            touched=touched,
            elsewhere=_elsewhere(connection, batch),
            alarms=tuple((one.record.id, one.record.alarm.headline) for one in alarms),
            corrected=held_returns.returned_in(connection, batch.id),
        )


@guarded(Action.WITHDRAW_BATCH)
def withdraw(actor: Actor, store: Store, batch_id: int, reason: str, *, at: datetime) -> str:
    """Withdraw a file with a reason: event and audit entry together; return what was done.

    Its rows stay stored and stop counting from now on. Alarms raised from them stay and are marked, the weeks they
    touched fall due, and everything as of an earlier moment is unchanged.

    Raises
    ------
    NotAllowed
        Without a reason of a few words, or with one that seems to name a patient.
    AlreadyDecided
        If it was withdrawn before.
    """
    said = " ".join(reason.split())
    if len(said.split()) < FEWEST_WORDS:
        raise NotAllowed("Say in a sentence why this file is withdrawn; it is kept beside the file for good.")
    without_identifiers(said, "This reason")
    with store.write(actor=actor.person, role=actor.role.value, action=Action.WITHDRAW_BATCH.value, at=at) as unit:
        batch = _standing(unit.connection, batch_id)
        deployments = {kept.id: kept for kept in register.deployments(unit.connection)}
        alarms = [one.record.id for one in resting_on(unit.connection, batch, deployments)]
        moment = moment_withdrawn(unit.connection, at)
        batches.withdraw(unit.connection, batch.id, at=moment, by=actor.person, reason=said)
        unit.record(
            {
                "batch": batch.id,
                "file": batch.file_name,
                "sha256": batch.file_sha256,
                "rows": batch.rows_accepted,
                "alarms": alarms,
                "reason": said,
                "name": actor.name,
            }
        )
    return (
        f"Batch {batch.id} ({batch.file_name}) is withdrawn by {actor.name}: {batch.rows_accepted:,} rows no longer"
        f" count. The weeks they touched are judged again at the next evaluation. Record {unit.receipt.seq:,} in the"
        " trail."
    )


def _standing(connection: Connection, batch_id: int) -> BatchRecord:
    batch = batches.batch_of(connection, batch_id)
    if batch.withdrawn_at is not None:
        raise AlreadyDecided(f"Batch {batch_id} was withdrawn by {batch.withdrawn_by} already; nothing was changed.")
    return batch


def _touched(connection: Connection, batch: BatchRecord, one: Reach) -> TouchedDeployment:
    deployment = one.deployment
    first, last = (
        Week(last_complete_week(from_micros(moment), deployment.zone).number + 1)
        for moment in (one.first_at, one.last_at)
    )
    return TouchedDeployment(
        deployment_id=deployment.id,
        title=deployment.title,
        product=f"{deployment.model} {deployment.version}",
        rows=one.rows,
        alone=rows_in_it_alone(connection, batch.id, deployment, one.first_at, one.last_at + 1),
        weeks=span_words(first, last, last),
    )


def _elsewhere(connection: Connection, batch: BatchRecord) -> str:
    """Return what the file holds that no registered version claims."""
    rows, named = unclaimed_of(connection, batch.id)
    if not rows:
        return ""
    listed = ", ".join(named[:AT_ONCE]) + (" and others" if len(named) > AT_ONCE else "")
    return f"{rows:,} rows of it are of no AI version that is registered ({listed})."
