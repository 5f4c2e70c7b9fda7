"""How the rows of a file stand to what the store holds: new, held already, or contradicting it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, select

from surveillance.storage.bulk import read_columns
from surveillance.storage.changes import fingerprints
from surveillance.storage.live_batches import of_streams
from surveillance.storage.log_columns import Stream, rows_of, stored_columns
from surveillance.storage.logs import as_frame
from surveillance.storage.tables.data import CASE, OUTCOME, STREAM, STUDY_ORDER
from surveillance.storage.times import EVER

KEYS = {CASE: ["case_id"], OUTCOME: ["case_id", "truth_source", "recorded_at"], STUDY_ORDER: ["case_id"]}


@dataclass(frozen=True, slots=True)
class Overlap:
    """The counts for a receipt, and the lines of the file that contradict what is held."""

    new: int = 0
    identical: int = 0
    conflicting: int = 0
    conflicting_lines: tuple[int, ...] = ()


def overlap(connection: Connection, frame: pd.DataFrame) -> Overlap:
    """Compare a file's rows with the rows that count now; ask before the file is stored.

    A study is known by its pseudonym within a product, version and site; a truth by study, source and time. What is
    known is identical where every column is, and conflicting otherwise.
    """
    table = OUTCOME if "truth" in frame.columns else CASE if "version" in frame.columns else STUDY_ORDER
    if not len(frame):
        return Overlap()
    rows = rows_of(frame, table)
    new, identical, conflicting = 0, 0, []
    for number in range(len(rows.streams)):
        given = as_frame(rows.slice_of(number))
        known = _among_held(connection, table, rows.streams[number], given, KEYS[table])
        # A file that brings only new rows, the usual one, is compared by its keys alone.
        content = [column.name for column in stored_columns(table) if column.name != "line"]
        same = _among_held(connection, table, rows.streams[number], given, content) if known.any() else known
        new += int((~known).sum())
        identical += int(same.sum())
        conflicting += given["line"].to_numpy()[known & ~same].tolist()
    return Overlap(new, identical, len(conflicting), tuple(sorted(conflicting)))


def _among_held(
    connection: Connection, table: Table, stream: Stream, given: pd.DataFrame, columns: list[str]
) -> NDArray[np.bool_]:
    model, version, site = stream
    named = select(STREAM.c.id).where(STREAM.c.model == model, STREAM.c.version == version, STREAM.c.site == site)
    streams = list(connection.execute(named).scalars())
    query = select(*(table.c[name] for name in columns)).where(of_streams(table, streams, EVER))
    held = as_frame(read_columns(connection, query))
    return np.isin(fingerprints(given[columns]), fingerprints(held[columns]))
