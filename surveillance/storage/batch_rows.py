"""The rows of one file: how they are stored under their streams, and their digest when written and when read."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Table, insert, select

from surveillance.storage.bulk import insert_columns, read_parts
from surveillance.storage.digest import RowsDigest, batch_digest
from surveillance.storage.log_columns import NAMED_IN_STREAM, TIME, Rows, Stream, rows_of, stored_columns
from surveillance.storage.outcome_log.memory import give_back
from surveillance.storage.rows import add_row
from surveillance.storage.tables.data import BATCH, BATCH_STREAM, STREAM

ROWS_AT_ONCE = 200_000


def digests_of(frame: pd.DataFrame, table: Table) -> list[str]:
    """Return the digests of a frame's rows by stream, before they are stored."""
    digests: dict[Stream, RowsDigest] = {}
    for rows in _pieces(frame, table):
        for number, stream in enumerate(rows.streams):
            if stream not in digests:
                digests[stream] = RowsDigest(table.name, stream, rows.columns.column_names)
            digests[stream].update(rows.slice_of(number))
    return [digest.hexdigest() for digest in digests.values()]


def store_rows(connection: Connection, batch_id: int, frame: pd.DataFrame, table: Table) -> None:
    """Store a frame's rows under a file's number, and note which streams they belong to and which time they span."""
    ids: dict[Stream, int] = {}
    spans: dict[Stream, list[tuple[int, int, int]]] = {}
    for rows in _pieces(frame, table):
        for number, stream in enumerate(rows.streams):
            ids[stream] = ids.get(stream) or stream_id(connection, stream)
            part = rows.slice_of(number)
            edges = pc.min_max(part[TIME[table]])
            spans.setdefault(stream, []).append((len(part), edges["min"].as_py(), edges["max"].as_py()))
        place = np.asarray([ids[stream] for stream in rows.streams], dtype=np.int64)[rows.place]
        keyed = rows.columns.add_column(0, "batch_id", pa.array(np.full(len(place), batch_id, dtype=np.int64)))
        insert_columns(connection, table, keyed.add_column(0, "stream_id", pa.array(place)))
    for stream, parts in sorted(spans.items()):
        counts, first, last = zip(*parts, strict=True)
        edges = {"rows": sum(counts), "first_at": min(first), "last_at": max(last)}
        connection.execute(insert(BATCH_STREAM).values(batch_id=batch_id, stream_id=ids[stream], **edges))


def _pieces(frame: pd.DataFrame, table: Table) -> Iterator[Rows]:
    """Give a frame's rows in order of their line, some at a time: as columns, all would stand in memory twice."""
    line = frame["line"].to_numpy(dtype=np.int64)
    ordered = frame if (line[1:] >= line[:-1]).all() else frame.iloc[np.argsort(line, kind="stable")]
    for start in range(0, len(ordered), ROWS_AT_ONCE):
        yield rows_of(ordered.iloc[start : start + ROWS_AT_ONCE], table)
        give_back()


def stream_id(connection: Connection, stream: Stream) -> int:
    """Return the number of a stream, giving it one where it is new."""
    model, version, site = stream
    same = select(STREAM.c.id).where(STREAM.c.model == model, STREAM.c.version == version, STREAM.c.site == site)
    found = connection.execute(same).scalar_one_or_none()
    if found is not None:
        return int(found)
    return add_row(connection, STREAM, {"model": model, "version": version, "site": site})


def stored_digest(connection: Connection, batch_id: int) -> str:
    """Compute a file's digest anew from what the store holds now, every column of every row."""
    row = connection.execute(select(BATCH).where(BATCH.c.id == batch_id)).mappings().one()
    parts = []
    for table in NAMED_IN_STREAM:
        numbers = select(table.c.stream_id).where(table.c.batch_id == batch_id).distinct()
        for number in connection.execute(numbers).scalars().all():
            parts.append(_stored_rows_digest(connection, table, batch_id, number))
    return batch_digest(dict(row), parts)


def _stored_rows_digest(connection: Connection, table: Table, batch_id: int, number: int) -> str:
    found = connection.execute(select(STREAM).where(STREAM.c.id == number)).one_or_none()
    stream = ("", "", "") if found is None else (found.model, found.version, found.site)
    columns = stored_columns(table)
    digest = RowsDigest(table.name, stream, [column.name for column in columns])
    own = select(*columns).where(table.c.stream_id == number, table.c.batch_id == batch_id)
    for part in read_parts(connection, own.order_by(table.c.line)):
        digest.update(part)
    return digest.hexdigest()
