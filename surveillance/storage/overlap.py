"""How the rows of a file stand to what the store holds: new, held already, or contradicting it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, select

from surveillance.storage.bulk import read_columns
from surveillance.storage.changes import fingerprints
from surveillance.storage.live_batches import of_streams
from surveillance.storage.log_columns import Rows, rows_of, stored_columns
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
        held = _held(connection, table, rows, number)
        known, same = _known(given, held, KEYS[table], [c.name for c in stored_columns(table)])
        new += int((~known).sum())
        identical += int(same.sum())
        conflicting += given["line"].to_numpy()[known & ~same].tolist()
    return Overlap(new, identical, len(conflicting), tuple(sorted(conflicting)))


def _held(connection: Connection, table: Table, rows: Rows, number: int) -> pd.DataFrame:
    model, version, site = rows.streams[number]
    named = select(STREAM.c.id).where(STREAM.c.model == model, STREAM.c.version == version, STREAM.c.site == site)
    streams = list(connection.execute(named).scalars())
    held: pa.Table = read_columns(connection, select(*stored_columns(table)).where(of_streams(table, streams, EVER)))
    return as_frame(held)


def _known(
    given: pd.DataFrame, held: pd.DataFrame, key: list[str], names: list[str]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    content = [name for name in names if name != "line"]
    known = np.isin(fingerprints(given[key]), fingerprints(held[key]))
    if not known.any():
        return known, known
    return known, np.isin(fingerprints(given[content]), fingerprints(held[content]))
