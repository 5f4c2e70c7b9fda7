"""Tables of the case outcome log: files, their rows as they came, and the rows that were held."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, Text, UniqueConstraint

from surveillance.storage.tables.metadata import (
    Json,
    Moment,
    Number,
    Small,
    Whole,
    one_of,
    record_table,
    share,
    yes_or_no,
)

BATCH_KINDS = ("results", "outcomes", "orders")
STATUSES = ("processed", "failed", "not_sent")
TRUTH_SOURCES = ("report", "adjudication", "follow_up", "audit")
YES_OR_NO = (
    "called",
    "audit_selected",
    "reader_agrees",
    "heatmap_reviewed",
    "seen_before_report",
)

PROFILE = record_table(
    "profile",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("toml", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("saved_by", Text, nullable=False),
    UniqueConstraint("name", "version"),
)

BATCH = record_table(
    "batch",
    Column("id", Integer, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("file_sha256", Text, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("profile_name", Text, nullable=False),
    Column("profile_version", Integer, nullable=False),
    Column("rows_accepted", Integer, nullable=False),
    Column("rows_held", Integer, nullable=False),
    Column("received_at", Whole, nullable=False),
    Column("received_by", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("synthetic", Small, nullable=False),
    Column("understood", Json, nullable=False),
    UniqueConstraint("file_sha256", "generation"),
    one_of("kind", BATCH_KINDS),
    *yes_or_no("synthetic"),
)

# A stream is a (model, version, site) as files name it, registered or not. Rows carry its number: one
# deployment's log is then one stretch of the table, and quarantine is the streams that no deployment claims.
# Truths are about a model at a site (no version), orders about a site (neither): those parts are ''.
STREAM = record_table(
    "stream",
    Column("id", Integer, primary_key=True),
    Column("model", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("site", Text, nullable=False),
    UniqueConstraint("model", "version", "site"),
)

BATCH_STREAM = record_table(
    "batch_stream",
    Column("batch_id", Integer, ForeignKey("batch.id"), primary_key=True),
    Column("stream_id", Integer, ForeignKey("stream.id"), primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("first_at", Whole, nullable=False),
    Column("last_at", Whole, nullable=False),
)


def _key() -> list[Column[int]]:
    """Return the key of a row: its stream, its file, its line in the file."""
    return [
        Column("stream_id", Integer, primary_key=True, autoincrement=False),
        Column("batch_id", Integer, ForeignKey("batch.id"), primary_key=True, autoincrement=False),
        Column("line", Integer, primary_key=True, autoincrement=False),
    ]


CASE = record_table(
    "case",
    *_key(),
    Column("case_id", Text, nullable=False),
    Column("acquired_at", Whole, nullable=False),
    Column("status", Text, nullable=False),
    Column("score", Number),
    Column("called", Small),
    Column("result_at", Whole),
    *(Column(name, Text) for name in ("scanner", "kernel", "setting", "age_band", "sex", "ethnicity")),
    *(Column(name, Text) for name in ("subtype", "patient")),
    Column("audit_selected", Small),
    Column("sampling_fraction", Number),
    Column("reader_finding", Text),
    *(Column(name, Small) for name in YES_OR_NO[2:]),
    Column("groups", Text),
    one_of("status", STATUSES),
    share("score"),
    share("sampling_fraction"),
    *yes_or_no(*YES_OR_NO),
    clustered=True,
)

OUTCOME = record_table(
    "outcome",
    *_key(),
    Column("case_id", Text, nullable=False),
    Column("truth", Small, nullable=False),
    Column("recorded_at", Whole, nullable=False),
    Column("truth_source", Text, nullable=False),
    Column("subtype", Text),
    CheckConstraint("truth >= 0 AND truth <= 2", name="truth_known"),
    one_of("truth_source", TRUTH_SOURCES),
    clustered=True,
)

STUDY_ORDER = record_table(
    "study_order",
    *_key(),
    Column("case_id", Text, nullable=False),
    Column("acquired_at", Whole, nullable=False),
    *(Column(name, Text) for name in ("pathway", "scanner", "kernel", "setting", "age_band", "sex")),
    *(Column(name, Text) for name in ("ethnicity", "subtype", "groups")),
    clustered=True,
)

HELD_ROW = record_table(
    "held_row",
    Column("batch_id", Integer, ForeignKey("batch.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, nullable=False),
    Column("column", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("fix", Text, nullable=False),
    Column("raw", Text, nullable=False),
)

BATCH_WITHDRAWAL = record_table(
    "batch_withdrawal",
    Column("batch_id", Integer, ForeignKey("batch.id"), primary_key=True, autoincrement=False),
    Column("at", Whole, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
