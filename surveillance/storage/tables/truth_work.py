"""Tables of the truth worklist: samples drawn for audit, and what readers said, each answer once."""

from sqlalchemy import Column, ForeignKey, Integer, Text, UniqueConstraint

from surveillance.storage.tables.metadata import Number, Whole, one_of, record_table, share

ANSWERS = ("1", "0", "indeterminate")
READING_KINDS = ("reading", "adjudication")

# `seed` and `eligible` make the draw repeatable; `fraction` is what was drawn of what could be.
AUDIT_SAMPLE = record_table(
    "audit_sample",
    Column("id", Integer, primary_key=True),
    Column("deployment_id", Integer, ForeignKey("deployment.id"), nullable=False),
    Column("week", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("eligible", Integer, nullable=False),
    Column("drawn", Integer, nullable=False),
    Column("fraction", Number, nullable=False),
    Column("seen_by", Whole, nullable=False),
    Column("drawn_at", Whole, nullable=False),
    Column("drawn_by", Text, nullable=False),
    UniqueConstraint("deployment_id", "week"),
    share("fraction"),
    since="0002",
)

AUDIT_SAMPLE_CASE = record_table(
    "audit_sample_case",
    Column("sample_id", Integer, ForeignKey("audit_sample.id"), primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("case_id", Text, nullable=False),
    UniqueConstraint("sample_id", "case_id"),
    since="0002",
)

# A reader answers a study once; a third person adjudicates once where two differ. `brought_by` entered the answer, and
# is another person where a file was brought. `nonce` keeps the seal in the trail from being guessed: there are three
# answers to try.
READING = record_table(
    "reading",
    Column("id", Integer, primary_key=True),
    Column("deployment_id", Integer, ForeignKey("deployment.id"), nullable=False),
    Column("case_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", Whole, nullable=False),
    Column("brought_by", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    UniqueConstraint("deployment_id", "case_id", "kind", "reader"),
    one_of("kind", READING_KINDS),
    one_of("answer", ANSWERS),
    since="0002",
)
