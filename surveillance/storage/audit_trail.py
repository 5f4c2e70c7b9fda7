"""The audit trail: each entry carries the hash of the one before, so that none can be changed unnoticed."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from surveillance.storage.append_only import GENESIS
from surveillance.storage.tables.metadata import canonical_json
from surveillance.storage.tables.trail import AUDIT_EVENT
from surveillance.storage.times import from_text, to_text


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One entry of the trail: who, in which role, did what, when."""

    seq: int
    at: datetime
    actor: str
    role: str
    action: str
    payload: dict[str, object]
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the trail: its number and its hash stand for all that came before."""

    seq: int
    hash: str


def chain_hash(seq: int, at: str, actor: str, role: str, action: str, payload: str, previous_hash: str) -> str:
    """Compute the hash of an entry: SHA-256 of a JSON list, whose commas no field can imitate.

    >>> chain_hash(1, "2026-11-23T09:00:00.000000+00:00", "a", "b", "c", "{}", "0" * 64)[:12]
    '4370a47abeec'
    """
    fields = ["v1", seq, at, actor, role, action, payload, previous_hash]
    return hashlib.sha256(json.dumps(fields, separators=(",", ":"), allow_nan=False).encode()).hexdigest()


def head(connection: Connection) -> Head:
    """Return the last entry's number and hash; an empty trail has number 0 and a hash of zeros."""
    newest = select(AUDIT_EVENT.c.seq, AUDIT_EVENT.c.hash).order_by(AUDIT_EVENT.c.seq.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    return Head(0, GENESIS) if row is None else Head(row.seq, row.hash)


def append(
    connection: Connection,
    *,
    at: datetime,
    actor: str,
    role: str,
    action: str,
    payload: dict[str, object],
) -> Head:
    """Add one entry at the end of the trail, inside the transaction of what it tells about."""
    before = head(connection)
    seq, text, when = before.seq + 1, canonical_json(payload), to_text(at)
    after = Head(seq, chain_hash(seq, when, actor, role, action, text, before.hash))
    connection.execute(
        insert(AUDIT_EVENT).values(
            seq=seq,
            at=when,
            actor=actor,
            role=role,
            action=action,
            payload=text,
            previous_hash=before.hash,
            hash=after.hash,
        )
    )
    return after


def events(connection: Connection, *, newest: int | None = None) -> tuple[AuditEvent, ...]:
    """Return the entries of the trail, newest first; `newest` says how many."""
    rows = connection.execute(select(AUDIT_EVENT).order_by(AUDIT_EVENT.c.seq.desc()).limit(newest))
    return tuple(
        AuditEvent(row.seq, from_text(row.at), row.actor, row.role, row.action, json.loads(row.payload), row.hash)
        for row in rows
    )
