"""One act of one person: everything it stores and its audit entry, together or not at all."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from surveillance.errors import TrailBroken
from surveillance.storage import audit_trail
from surveillance.storage.tables.data import BATCH


@dataclass(frozen=True, slots=True)
class Receipt:
    """The proof that an act is on the disk: the number of its audit entry and the hash of the trail there."""

    seq: int
    head: str


class WriteUnit:
    """An act under way: write through `connection`, then `record`; `receipt` is there after the commit."""

    def __init__(self, connection: Connection, *, actor: str, role: str, action: str, at: datetime) -> None:
        self.connection = connection
        self._actor, self._role, self._action, self._at = actor, role, action, at
        self._head: audit_trail.Head | None = None
        self._committed = False
        self._last_batch = self._newest_batch()

    def record(self, payload: dict[str, object]) -> None:
        """Append the audit entry of this act; files stored by it are named with the digest of their rows."""
        self._head = audit_trail.append(
            self.connection,
            at=self._at,
            actor=self._actor,
            role=self._role,
            action=self._action,
            payload={**payload, **self._stored_batches()},
        )

    @property
    def receipt(self) -> Receipt:
        """Return the proof of storage, which exists only after the transaction is on the disk."""
        if not self._committed or self._head is None:
            raise TrailBroken("Nothing is stored yet: a receipt is given only after everything is saved.")
        return Receipt(self._head.seq, self._head.hash)

    def finish(self) -> None:
        """Refuse an act that left no entry, or stored a file after its entry was written."""
        if self._head is None:
            raise TrailBroken("This act left no entry in the audit trail, so nothing was saved.")
        if self._stored_batches():
            raise TrailBroken("A file was stored after the audit entry was written, so nothing was saved.")

    def committed(self) -> None:
        """Note that the transaction is on the disk; the store calls this, nobody else."""
        self._committed = True

    def _newest_batch(self) -> int:
        return int(self.connection.execute(select(func.coalesce(func.max(BATCH.c.id), 0))).scalar_one())

    def _stored_batches(self) -> dict[str, object]:
        new = select(BATCH.c.id, BATCH.c.digest).where(BATCH.c.id > self._last_batch).order_by(BATCH.c.id)
        rows = self.connection.execute(new).all()
        if not rows:
            return {}
        self._last_batch = rows[-1].id
        return {"stored_batches": [{"batch": row.id, "digest": row.digest} for row in rows]}
