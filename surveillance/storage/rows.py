"""Carries records between tables and frozen dataclasses whose fields bear the columns' names."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, insert

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


def as_record(kind: type[Record], row: Row[Any] | Mapping[str, Any]) -> Record:
    """Make a record of a row that has a column for each of its fields."""
    values = row if isinstance(row, Mapping) else row._mapping
    return kind(**{field.name: values[field.name] for field in fields(kind)})


def fetch(connection: Connection, kind: type[Record], query: Select[*tuple[Any, ...]]) -> tuple[Record, ...]:
    """Run a query and return its rows as records."""
    return tuple(as_record(kind, row) for row in connection.execute(query))


def add_row(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Store one row and return the number it was given."""
    return int(connection.execute(insert(table).values(values).returning(table.c.id)).scalar_one())


def add_rows(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Store several rows in one statement; none is no fault."""
    listed = list(rows)
    if listed:
        connection.execute(insert(table), listed)


def values_of(record: "DataclassInstance") -> dict[str, Any]:
    """Return a record's fields by name, one level deep."""
    return {name: getattr(record, name) for name in _names(type(record))}


@cache
def _names(kind: type["DataclassInstance"]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
