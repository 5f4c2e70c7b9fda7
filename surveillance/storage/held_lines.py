"""Which stored file certain held rows came from."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from surveillance.storage.tables.data import BATCH, BATCH_WITHDRAWAL, HELD_ROW

Reason = tuple[int, str, str]


def files_that_held(connection: Connection, reasons: Iterable[Reason]) -> dict[int, frozenset[Reason]]:
    """Return for each file that counts which of these (line, column, rule) it held, where it held any."""
    wanted = frozenset(reasons)
    lines = sorted({line for line, _, _ in wanted})
    gone = select(BATCH_WITHDRAWAL.c.batch_id)
    query = select(HELD_ROW.c.batch_id, HELD_ROW.c.line, HELD_ROW.c.column, HELD_ROW.c.rule)
    found: dict[int, set[Reason]] = {}
    within = query.where(HELD_ROW.c.line.between(lines[0], lines[-1])) if lines else query
    for row in connection.execute(within.where(HELD_ROW.c.batch_id.not_in(gone))):
        reason = (row.line, row.column, row.rule)
        if reason in wanted:
            found.setdefault(row.batch_id, set()).add(reason)
    return {number: frozenset(own) for number, own in found.items()}


def held_line_numbers(connection: Connection, batch_id: int) -> frozenset[int]:
    """Return the lines that a file held."""
    own = select(HELD_ROW.c.line).where(HELD_ROW.c.batch_id == batch_id).distinct()
    return frozenset(connection.execute(own).scalars())


def raw_of(connection: Connection, batch_id: int, lines: Iterable[int]) -> dict[int, str]:
    """Return held lines of a file as they came; "" where a line could not be kept safely."""
    wanted = frozenset(lines)
    own = select(HELD_ROW.c.line, HELD_ROW.c.raw).where(HELD_ROW.c.batch_id == batch_id)
    return {row.line: row.raw for row in connection.execute(own) if row.line in wanted}


def names_of(connection: Connection, numbers: Iterable[int]) -> dict[int, str]:
    """Return files' names by their numbers."""
    query = select(BATCH.c.id, BATCH.c.file_name).where(BATCH.c.id.in_(list(numbers)))
    return {row.id: row.file_name for row in connection.execute(query)}
