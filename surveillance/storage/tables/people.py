"""Tables of people: who they are and which roles they were given and lost."""

from sqlalchemy import Column, ForeignKey, Integer, Text

from surveillance.storage.tables.metadata import Moment, one_of, record_table

PERSON = record_table(
    "person",
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("os_account", Text, unique=True),
    Column("added_at", Moment, nullable=False),
)

ENTITLEMENT = record_table(
    "entitlement",
    Column("id", Integer, primary_key=True),
    Column("person_id", Text, ForeignKey("person.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    one_of("event", ("granted", "revoked")),
)
