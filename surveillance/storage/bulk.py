"""Moves rows by the million: tuples on SQLite, COPY on PostgreSQL, columns when reading."""

import io
from collections.abc import Iterator
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.csv
from sqlalchemy import Column, Connection, Select, Table
from sqlalchemy.exc import IntegrityError, OperationalError

from surveillance.storage.engine import driver_connection
from surveillance.storage.log_columns import arrow_type
from surveillance.storage.quoting import quoted

ROWS_AT_ONCE = 100_000
ROWS_READ_AT_ONCE = 5_000  # each is a tuple of objects until it is in its columns: few at once are fast and small


def insert_columns(connection: Connection, table: Table, columns: pa.Table) -> None:
    """Store rows given as columns; a column without any value is left to be NULL."""
    filled = columns.select([name for name in columns.column_names if columns[name].null_count < len(columns)])
    for start in range(0, len(filled), ROWS_AT_ONCE):
        part = filled.slice(start, ROWS_AT_ONCE)
        if connection.dialect.name == "sqlite":
            _insert_tuples(connection, table, part)
        else:
            _copy(connection, table, part)


def _insert_tuples(connection: Connection, table: Table, part: pa.Table) -> None:
    names = ", ".join(quoted(name) for name in part.column_names)
    marks = ", ".join("?" for _ in part.column_names)
    statement = f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})"  # noqa: S608 - names from the catalogue
    columns = [_values(part[name].combine_chunks()) for name in part.column_names]
    connection.exec_driver_sql(statement, list(zip(*columns, strict=True)))


def _values(array: pa.Array) -> list[Any]:
    if isinstance(array, pa.ChunkedArray):
        array = pa.concat_arrays(array.chunks)
    if array.null_count and pa.types.is_integer(array.type):
        values = array.fill_null(0).to_numpy(zero_copy_only=False).astype(object)
        values[array.is_null().to_numpy(zero_copy_only=False)] = None
        return list(values)
    # SQLite itself keeps a missing float (nan) as NULL.
    listed: list[Any] = array.to_numpy(zero_copy_only=False).tolist()
    return listed


def _copy(connection: Connection, table: Table, part: pa.Table) -> None:
    names = ", ".join(quoted(name) for name in part.column_names)
    text = io.BytesIO()
    pyarrow.csv.write_csv(part, text, pyarrow.csv.WriteOptions(include_header=False))
    statement = f"COPY {quoted(table)} ({names}) FROM STDIN (FORMAT csv)"
    try:
        with driver_connection(connection).cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(text.getbuffer())
    except psycopg.Error as fault:
        # SQLAlchemy wraps the driver's faults wherever it runs a statement; COPY passes it by.
        kind = IntegrityError if isinstance(fault, psycopg.IntegrityError) else OperationalError
        raise kind(statement, None, fault) from fault


def read_columns(connection: Connection, query: Select[*tuple[Any, ...]]) -> pa.Table:
    """Run a query over table columns and return its result as columns of the types in which logs are carried."""
    parts = list(read_parts(connection, query))
    return pa.concat_tables(parts).combine_chunks()


def read_parts(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterator[pa.Table]:
    """Run a query as `read_columns` does, a part at a time, so that memory stays small; at least one part."""
    asked: list[Column[Any]] = list(query.selected_columns)  # type: ignore[arg-type] # only columns are asked for
    kinds = [arrow_type(column) for column in asked]
    names = [column.name for column in asked]
    cursor = connection.execute(query).cursor
    assert cursor is not None, "a query has a cursor"
    first = True
    while True:
        rows = cursor.fetchmany(ROWS_READ_AT_ONCE)
        if not rows and not first:
            cursor.close()
            return
        first = False
        values = zip(*rows, strict=True) if rows else ((),) * len(names)
        yield pa.table({name: pa.array(value, kind) for name, value, kind in zip(names, values, kinds, strict=True)})
