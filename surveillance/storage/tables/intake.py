"""Tables around the files: the headers a profile is known by, and held rows that came back corrected."""

from sqlalchemy import Column, ForeignKey, Integer, Text

from surveillance.storage.tables.metadata import Json, Moment, record_table

# A weekly file is recognised by its whole header, columns that no profile reads among them.
PROFILE_HEADER = record_table(
    "profile_header",
    Column("id", Integer, primary_key=True),
    Column("profile_id", Integer, ForeignKey("profile.id"), nullable=False, index=True),
    Column("header", Json, nullable=False),
    # What a person answered on Set up from my file: a file whose header differs a little starts from it.
    Column("answers", Json),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    since="0002",
)

# A held line of a file is answered by a later file: for as long as that one counts, the line waits no more.
HELD_RETURN = record_table(
    "held_return",
    Column("batch_id", Integer, ForeignKey("batch.id"), primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("returned_in", Integer, ForeignKey("batch.id"), primary_key=True, autoincrement=False),
    since="0002",
)
