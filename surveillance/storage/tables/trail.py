"""The audit trail, and the one row that says what this store is."""

from sqlalchemy import CheckConstraint, Column, Integer, Table, Text

from surveillance.storage.tables.metadata import METADATA, Moment, Whole, one_of, record_table

STORE_KINDS = ("demo", "live", "real_data_check", "exercise")

AUDIT_EVENT = record_table(
    "audit_event",
    Column("seq", Whole, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

STORE_INFO = Table(
    "store_info",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
    one_of("kind", STORE_KINDS),
    sqlite_strict=True,
)
