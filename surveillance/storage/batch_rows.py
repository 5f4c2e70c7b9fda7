"""The rows of one file: how they are stored under their streams, and their digest when written and when read."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Table, insert, select

from surveillance.storage.bulk import insert_columns, read_parts
from surveillance.storage.digest import RowsDigest, batch_digest
from surveillance.storage.log_columns import NAMED_IN_STREAM, TIME, Rows, Stream, stored_columns
from surveillance.storage.rows import add_row
from surveillance.storage.tables.data import BATCH, BATCH_STREAM, STREAM


def digest_of(rows: Rows, number: int) -> str:
    """Return the digest of the rows of one stream, before they are stored."""
    digest = RowsDigest(rows.table.name, rows.streams[number], rows.columns.column_names)
    digest.update(rows.slice_of(number))
    return digest.hexdigest()


def store_rows(connection: Connection, batch_id: int, rows: Rows) -> None:
    """Store rows under a file's number, and note which streams they belong to and which time they span."""
    ids = [stream_id(connection, stream) for stream in rows.streams]
    for number, stream in enumerate(ids):
        part = rows.slice_of(number)
        span = pc.min_max(part[TIME[rows.table]])
        edges = {"first_at": span["min"].as_py(), "last_at": span["max"].as_py()}
        connection.execute(insert(BATCH_STREAM).values(batch_id=batch_id, stream_id=stream, rows=len(part), **edges))
    keyed = rows.columns.add_column(0, "batch_id", pa.array(np.full(len(rows.place), batch_id, dtype=np.int64)))
    keyed = keyed.add_column(0, "stream_id", pa.array(np.asarray(ids, dtype=np.int64)[rows.place]))
    insert_columns(connection, rows.table, keyed)


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
