"""Held rows that came back corrected: which later file answers which held line, for as long as that file counts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from surveillance.storage.rows import add_rows
from surveillance.storage.tables.data import BATCH, BATCH_WITHDRAWAL
from surveillance.storage.tables.intake import HELD_RETURN


def add_returns(connection: Connection, batch_id: int, lines: Iterable[int], *, returned_in: int) -> None:
    """Link corrected lines of a file to the file in which they came back."""
    add_rows(
        connection,
        HELD_RETURN,
        ({"batch_id": batch_id, "line": line, "returned_in": returned_in} for line in sorted(set(lines))),
    )


def answered(connection: Connection) -> dict[str, dict[int, int]]:
    """Return the lines that wait no more, by the file's sha256: line -> the batch in which it came back.

    The answer holds for the file's bytes: a file that is withdrawn and loaded again need not be corrected again.
    """
    gone = select(BATCH_WITHDRAWAL.c.batch_id)
    query = (
        select(BATCH.c.file_sha256, HELD_RETURN.c.line, HELD_RETURN.c.returned_in)
        .join(HELD_RETURN, HELD_RETURN.c.batch_id == BATCH.c.id)
        .where(HELD_RETURN.c.returned_in.not_in(gone))
        .order_by(HELD_RETURN.c.returned_in.desc())
    )
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for row in connection.execute(query):
        found[row.file_sha256][row.line] = row.returned_in
    return dict(found)


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that counts with held lines that nothing has answered yet: how many, and which ones were answered."""

    batch_id: int
    file_name: str
    rows: int
    answered: frozenset[int]


def waiting_files(connection: Connection) -> tuple[WaitingFile, ...]:
    """List the files whose held lines wait for correction, newest first; withdrawn files wait for nothing."""
    gone = select(BATCH_WITHDRAWAL.c.batch_id)
    query = select(BATCH.c.id, BATCH.c.file_name, BATCH.c.file_sha256, BATCH.c.rows_held)
    held = connection.execute(query.where(BATCH.c.rows_held > 0, BATCH.c.id.not_in(gone)).order_by(BATCH.c.id.desc()))
    rows = held.all()
    back = answered(connection) if rows else {}
    found = []
    for row in rows:
        lines = frozenset(back.get(row.file_sha256, {}))
        if row.rows_held > len(lines):
            found.append(WaitingFile(row.id, row.file_name, row.rows_held - len(lines), lines))
    return tuple(found)


def returned_in(connection: Connection, batch_id: int) -> tuple[int, ...]:
    """Return the files that count in which held lines of a file came back."""
    gone = select(BATCH_WITHDRAWAL.c.batch_id)
    query = select(HELD_RETURN.c.returned_in).where(
        HELD_RETURN.c.batch_id == batch_id, HELD_RETURN.c.returned_in.not_in(gone)
    )
    return tuple(sorted(set(connection.execute(query).scalars())))


def origin_of(connection: Connection) -> dict[int, int]:
    """Return for every file of corrected rows the file that they came from."""
    rows = connection.execute(select(HELD_RETURN.c.returned_in, HELD_RETURN.c.batch_id).distinct())
    return {row.returned_in: row.batch_id for row in rows}
