"""Files as they were loaded: what was taken, what was held, and whether a file was withdrawn."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, Select, insert, select

from surveillance.errors import AlreadyDecided, FileRefused, NotFound
from surveillance.storage.batch_records import BatchRecord, Held, HeldRecord, NewBatch
from surveillance.storage.batch_rows import digests_of, store_rows
from surveillance.storage.bulk import insert_columns
from surveillance.storage.digest import batch_digest
from surveillance.storage.faults import impossible_values_in_words
from surveillance.storage.rows import add_row, as_record, fetch, values_of
from surveillance.storage.tables.data import BATCH, BATCH_WITHDRAWAL, CASE, HELD_ROW, OUTCOME, STUDY_ORDER
from surveillance.storage.tables.trail import STORE_INFO

__all__ = ["BatchRecord", "Held", "HeldRecord", "NewBatch"]


def add_batch(
    connection: Connection,
    batch: NewBatch,
    *,
    cases: pd.DataFrame | None = None,
    outcomes: pd.DataFrame | None = None,
    orders: pd.DataFrame | None = None,
    held: Sequence[Held] = (),
) -> BatchRecord:
    """Store a file's rows; the frames carry the columns of their tables and `line`, times in microseconds.

    Missing values (None, nan, NA) are stored as missing. A withdrawn file may be stored again.

    Raises
    ------
    FileRefused
        If the same file is stored and counts, or is synthetic and the store is live.
    ValueError
        If a frame's columns are not those of its table.
    """
    refuse_synthetic(connection, batch)
    earlier = fetch(connection, BatchRecord, _batches().where(BATCH.c.file_sha256 == batch.file_sha256))
    counting = next((kept for kept in earlier if kept.withdrawn_at is None), None)
    if counting is not None:
        raise FileRefused(f"This file is stored already as batch {counting.id}; nothing was added.")
    given = ((cases, CASE), (outcomes, OUTCOME), (orders, STUDY_ORDER))
    rows = [(frame, table) for frame, table in given if frame is not None and len(frame)]
    values = {**values_of(batch), "generation": len(earlier) + 1, "synthetic": int(batch.synthetic)}
    digest = batch_digest(values, [one for frame, table in rows for one in digests_of(frame, table)])
    batch_id = add_row(connection, BATCH, {**values, "digest": digest})
    for frame, table in rows:
        with impossible_values_in_words():
            store_rows(connection, batch_id, frame, table)
    _store_held(connection, batch_id, held)
    return batch_of(connection, batch_id)


def refuse_synthetic(connection: Connection, batch: NewBatch) -> None:
    """Refuse invented studies in a store of real ones.

    Raises
    ------
    FileRefused
        If the batch is synthetic and the store is live.
    """
    if batch.synthetic and connection.execute(select(STORE_INFO.c.kind)).scalar_one() == "live":
        raise FileRefused("This file holds synthetic studies, and a live store takes real ones only.")


def find_by_sha256(connection: Connection, file_sha256: str) -> BatchRecord | None:
    """Find the stored file with these bytes whose rows count, or None where there is none."""
    same = _batches().where(BATCH.c.file_sha256 == file_sha256, BATCH_WITHDRAWAL.c.at.is_(None))
    found = fetch(connection, BatchRecord, same)
    return found[0] if found else None


def batches(connection: Connection) -> tuple[BatchRecord, ...]:
    """List every stored file, newest first, withdrawn ones too."""
    return fetch(connection, BatchRecord, _batches().order_by(BATCH.c.id.desc()))


def batch_of(connection: Connection, batch_id: int) -> BatchRecord:
    """Return one stored file.

    Raises
    ------
    NotFound
        If no file has this number.
    """
    row = connection.execute(_batches().where(BATCH.c.id == batch_id)).one_or_none()
    if row is None:
        raise NotFound(f"No file has the batch number {batch_id} in this store.")
    return as_record(BatchRecord, row)


def held_rows(connection: Connection, batch_id: int) -> tuple[HeldRecord, ...]:
    """List the rows of a file that were not taken, in order of line."""
    own = select(HELD_ROW).where(HELD_ROW.c.batch_id == batch_id)
    return fetch(connection, HeldRecord, own.order_by(HELD_ROW.c.line, HELD_ROW.c.number))


def withdraw(connection: Connection, batch_id: int, *, at: int, by: str, reason: str) -> None:
    """Say that a file's rows stop counting from a moment (microseconds); they stay stored.

    Raises
    ------
    AlreadyDecided
        If it was withdrawn before.
    """
    kept = batch_of(connection, batch_id)
    if kept.withdrawn_at is not None:
        raise AlreadyDecided(f"Batch {batch_id} was withdrawn by {kept.withdrawn_by} already; nothing was changed.")
    connection.execute(insert(BATCH_WITHDRAWAL).values(batch_id=batch_id, at=at, by=by, reason=reason))


def _store_held(connection: Connection, batch_id: int, held: Sequence[Held]) -> None:
    if not held:
        return
    columns: dict[str, Any] = {
        "batch_id": pa.array([batch_id] * len(held), pa.int64()),
        "number": pa.array(range(1, len(held) + 1), pa.int64()),
        "line": pa.array([row.line for row in held], pa.int64()),
    }
    for name in ("column", "rule", "value", "fix", "raw"):
        columns[name] = pa.array([str(getattr(row, name)) for row in held], pa.large_string())
    insert_columns(connection, HELD_ROW, pa.table(columns))


def _batches() -> Select[tuple[Any, ...]]:
    withdrawal = BATCH_WITHDRAWAL.c
    return select(
        BATCH,
        withdrawal.at.label("withdrawn_at"),
        withdrawal.by.label("withdrawn_by"),
        withdrawal.reason.label("withdrawal_reason"),
    ).outerjoin(BATCH_WITHDRAWAL, withdrawal.batch_id == BATCH.c.id)
