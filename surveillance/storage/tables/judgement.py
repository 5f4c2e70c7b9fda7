"""Tables of judgement: plans, evaluations, alarms with their answers, episodes and weekly reviews."""

from sqlalchemy import Column, ForeignKey, Integer, Text, UniqueConstraint

from surveillance.storage.tables.metadata import Blob, Json, Moment, Whole, one_of, record_table

ALARM_EVENTS = ("raised", "acknowledged", "investigating", "closed", "note", "restated")

PLAN = record_table(
    "plan",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("model", Text, nullable=False),
    Column("model_version", Text),
    Column("sites", Json, nullable=False),
    Column("toml", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("effective_from", Moment, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("signed_by", Text),
    UniqueConstraint("name", "version"),
)

EVALUATION = record_table(
    "evaluation",
    Column("id", Integer, primary_key=True),
    Column("deployment_id", Integer, ForeignKey("deployment.id"), nullable=False),
    Column("plan_id", Integer, ForeignKey("plan.id"), nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("seen_by", Whole, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("week", Text, nullable=False),
    Column("summary", Json, nullable=False),
    Column("points", Blob, nullable=False),
    Column("charts", Blob, nullable=False),
    Column("reliability", Blob),
    UniqueConstraint("deployment_id", "as_of", "seen_by"),
)

EPISODE = record_table(
    "episode",
    Column("id", Integer, primary_key=True),
    Column("deployment_id", Integer, ForeignKey("deployment.id"), nullable=False, index=True),
    Column("opened_at", Moment, nullable=False),
    Column("onset", Text, nullable=False),
    Column("signal", Text, nullable=False),
)

ALARM = record_table(
    "alarm",
    Column("id", Integer, primary_key=True),
    Column("deployment_id", Integer, ForeignKey("deployment.id"), nullable=False),
    Column("episode_id", Integer, ForeignKey("episode.id"), nullable=False, index=True),
    Column("signal_key", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("chart", Text),
    Column("limit_name", Text),
    Column("week", Text, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("onset_low", Text),
    Column("onset", Text),
    Column("onset_high", Text),
    Column("headline", Text, nullable=False),
    Column("detail", Json, nullable=False),
    Column("raised_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("owner_role", Text, nullable=False),
    UniqueConstraint("deployment_id", "signal_key"),
)

ALARM_EVENT = record_table(
    "alarm_event",
    Column("id", Integer, primary_key=True),
    Column("alarm_id", Integer, ForeignKey("alarm.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("reason", Text, nullable=False),
    one_of("event", ALARM_EVENTS),
)

WEEKLY_REVIEW = record_table(
    "weekly_review",
    Column("id", Integer, primary_key=True),
    Column("deployment_id", Integer, ForeignKey("deployment.id"), nullable=False, index=True),
    Column("week", Text, nullable=False),
    Column("as_of", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("statement", Text, nullable=False),
)
