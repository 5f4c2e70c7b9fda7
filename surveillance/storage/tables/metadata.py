"""The catalogue of tables, its naming of constraints, and the column types that both engines keep alike."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Double,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import REAL, TypeDecorator, TypeEngine

from surveillance.storage.times import from_text, to_text

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite's STRICT tables refuse a text where a number belongs, as PostgreSQL does; they know five types only.
Whole = BigInteger().with_variant(Integer(), "sqlite")
Small = SmallInteger().with_variant(Integer(), "sqlite")
Number: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")
Blob = LargeBinary()


class Moment(TypeDecorator[datetime]):
    """A time of a record: ISO-8601 text in UTC with microseconds, a datetime in the program."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write the moment as text."""
        return None if value is None else to_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read the moment from its text."""
        return None if value is None else from_text(value)


class Json(TypeDecorator[Any]):
    """A structured value kept as JSON text with sorted keys, the same bytes on both engines."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write the value as JSON."""
        return None if value is None else canonical_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Read the value from its JSON."""
        return None if value is None else json.loads(value)


def canonical_json(value: object) -> str:
    """Write a value as JSON with sorted keys and no spare blanks, so that equal values have equal bytes.

    >>> canonical_json({"b": 1, "a": [True, None]})
    '{"a":[true,null],"b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def record_table(name: str, *items: SchemaItem, clustered: bool = False, since: str = "0001") -> Table:
    """Declare a table of records that may be added to and never changed.

    With `clustered` SQLite keeps the rows in the order of their primary key, without a second index. `since` is the
    revision that makes the table.
    """
    return Table(
        name,
        METADATA,
        *items,
        sqlite_strict=True,
        sqlite_with_rowid=not clustered,
        info={"append_only": True, "since": since},
    )


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    """Allow a text column only the listed words.

    Written with OR: for every row SQLite builds a small table of a longer IN list, a third of the time of loading.
    """
    listed = " OR ".join(f"{column} = '{value}'" for value in values)
    return CheckConstraint(listed, name=f"{column}_known")


def yes_or_no(*columns: str) -> list[CheckConstraint]:
    """Allow number columns only 0, 1 or nothing."""
    return [CheckConstraint(f"{column} IN (0, 1)", name=f"{column}_yes_or_no") for column in columns]


def share(column: str) -> CheckConstraint:
    """Allow a number column only values from 0 to 1."""
    return CheckConstraint(f"{column} >= 0 AND {column} <= 1", name=f"{column}_from_0_to_1")
