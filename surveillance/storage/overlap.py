"""How the rows of a file stand to what the store holds: new, held already, or contradicting it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, select

from surveillance.storage.bulk import read_parts
from surveillance.storage.changes import fingerprints
from surveillance.storage.live_batches import of_streams
from surveillance.storage.log_columns import Stream, rows_of, stored_columns
from surveillance.storage.logs import as_frame
from surveillance.storage.outcome_log.memory import give_back
from surveillance.storage.outcome_log.repeats import contradicted_truths
from surveillance.storage.tables.data import CASE, OUTCOME, STREAM, STUDY_ORDER
from surveillance.storage.times import EVER

ROWS_AT_ONCE = 100_000  # a file of millions of rows is compared in pieces: as columns it would stand in memory twice
KEYS = {CASE: ["case_id"], OUTCOME: ["case_id", "truth_source", "recorded_at"], STUDY_ORDER: ["case_id"]}


@dataclass(frozen=True, slots=True)
class Overlap:
    """The counts for a receipt, and the lines of the file that contradict what is held, or truths of one another."""

    new: int = 0
    identical: int = 0
    conflicting: int = 0
    conflicting_lines: tuple[int, ...] = ()


def overlap(connection: Connection, frame: pd.DataFrame) -> Overlap:
    """Compare a file's rows with the rows that count now; ask before the file is stored.

    A study is known by its pseudonym within a product, version and site; a truth by study, source and time. What is
    known is identical where every column is, and conflicting otherwise. Truths that contradict each other inside the
    file conflict too.
    """
    table = OUTCOME if "truth" in frame.columns else CASE if "version" in frame.columns else STUDY_ORDER
    if not len(frame):
        return Overlap()
    opposed = frame.loc[contradicted_truths(frame), "line"].to_numpy() if table is OUTCOME else np.zeros(0)
    content = [column.name for column in stored_columns(table) if column.name != "line"]
    held: dict[tuple[Stream, bool], NDArray[np.uint64]] = {}
    new, identical, conflicting = 0, 0, []
    for start in range(0, len(frame), ROWS_AT_ONCE):
        rows = rows_of(frame.iloc[start : start + ROWS_AT_ONCE], table)
        for number, stream in enumerate(rows.streams):
            given = as_frame(rows.slice_of(number))
            known = _among_held(connection, table, stream, given[KEYS[table]], held, whole=False)
            # A file that brings only new rows, the usual one, is compared by its keys alone.
            same = _among_held(connection, table, stream, given[content], held, whole=True) if known.any() else known
            against = known & ~same
            if table is OUTCOME:
                against |= np.isin(given["line"].to_numpy(), opposed)
            new += int((~known & ~against).sum())
            identical += int((same & ~against).sum())
            conflicting += given["line"].to_numpy()[against].tolist()
        give_back()
    return Overlap(new, identical, len(conflicting), tuple(sorted(conflicting)))


def _among_held(
    connection: Connection,
    table: Table,
    stream: Stream,
    given: pd.DataFrame,
    held: dict[tuple[Stream, bool], NDArray[np.uint64]],
    *,
    whole: bool,
) -> NDArray[np.bool_]:
    """Mark the rows that are held, by their keys or as a whole; what is held of a stream is read once, as prints."""
    if (stream, whole) not in held:
        held[stream, whole] = _prints_held(connection, table, stream, list(given.columns))
    if not len(held[stream, whole]):
        return np.zeros(len(given), dtype=bool)
    return np.isin(fingerprints(given), held[stream, whole])


def _prints_held(connection: Connection, table: Table, stream: Stream, columns: list[str]) -> NDArray[np.uint64]:
    model, version, site = stream
    named = select(STREAM.c.id).where(STREAM.c.model == model, STREAM.c.version == version, STREAM.c.site == site)
    streams = list(connection.execute(named).scalars())
    query = select(*(table.c[name] for name in columns)).where(of_streams(table, streams, EVER))
    found = [fingerprints(as_frame(part)) for part in read_parts(connection, query)]
    return np.unique(np.concatenate(found))
