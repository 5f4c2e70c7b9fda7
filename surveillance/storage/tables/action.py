"""Tables of action: stop-use recommendations and what a person decided about each."""

from sqlalchemy import Column, ForeignKey, Integer, Text, UniqueConstraint

from surveillance.storage.tables.metadata import Json, Moment, record_table

RECOMMENDATION = record_table(
    "recommendation",
    Column("id", Integer, primary_key=True),
    Column("deployment_id", Integer, ForeignKey("deployment.id"), nullable=False),
    Column("episode_id", Integer, ForeignKey("episode.id"), nullable=False),
    Column("signal_key", Text, nullable=False),
    Column("chart", Text, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("week", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("reasons", Json, nullable=False),
    Column("evidence", Json, nullable=False),
    Column("evidence_sha256", Text, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    UniqueConstraint("deployment_id", "signal_key"),
)

STOP_USE_NOTICE = record_table(
    "stop_use_notice",
    Column("id", Integer, primary_key=True),
    Column("recommendation_id", Integer, ForeignKey("recommendation.id"), unique=True),
    Column("deployment_id", Integer, ForeignKey("deployment.id"), nullable=False, index=True),
    Column("notice", Json, nullable=False),
    Column("content_sha256", Text, nullable=False),
    Column("signed_by", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("signed_at", Moment, nullable=False),
)

RECOMMENDATION_DECLINE = record_table(
    "recommendation_decline",
    Column("id", Integer, primary_key=True),
    Column("recommendation_id", Integer, ForeignKey("recommendation.id"), nullable=False, unique=True),
    Column("by", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reason", Text, nullable=False),
)
