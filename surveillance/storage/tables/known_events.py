"""Tables of known events: dated changes in the department that a chart's reader must know of."""

from sqlalchemy import Column, ForeignKey, Integer, Text

from surveillance.storage.tables.metadata import Moment, one_of, record_table

EVENT_KINDS = ("scanner", "kernel", "protocol", "route", "report_template", "rota", "other")

# `on_date` is a calendar day at the site; a scope left empty means all of them.
KNOWN_EVENT = record_table(
    "known_event",
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("on_date", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("scanner", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    one_of("kind", EVENT_KINDS),
    since="0002",
)

KNOWN_EVENT_WITHDRAWAL = record_table(
    "known_event_withdrawal",
    Column("event_id", Integer, ForeignKey("known_event.id"), primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    since="0002",
)
