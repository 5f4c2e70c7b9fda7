"""Tables of the register: products, their versions at sites, other spellings, and use status."""

from sqlalchemy import Column, ForeignKey, Integer, Text, UniqueConstraint

from surveillance.storage.tables.metadata import Moment, Number, Whole, one_of, record_table

KINDS = ("classifier", "report_drafter")
USE_STATUSES = (
    "commissioning",
    "in_use",
    "under_watch",
    "stop_proposed",
    "stopped",
    "revalidating",
    "retired",
)

MODEL = record_table(
    "model",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("vendor", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("intended_use", Text, nullable=False),
    Column("finding", Text, nullable=False),
    Column("pathway", Text, nullable=False),
    one_of("kind", KINDS),
)

DEPLOYMENT = record_table(
    "deployment",
    Column("id", Integer, primary_key=True),
    Column("model_id", Integer, ForeignKey("model.id"), nullable=False),
    Column("version", Text, nullable=False),
    Column("site", Text, nullable=False),
    Column("threshold", Number),
    Column("zone", Text, nullable=False),
    Column("title", Text, nullable=False),
    # A second threshold of the same version at the same site takes the studies acquired from this moment on.
    Column("cases_from", Whole),
    Column("registered_at", Moment, nullable=False),
    Column("registered_by", Text, nullable=False),
    UniqueConstraint("model_id", "version", "site", "threshold"),
)

VERSION_ALIAS = record_table(
    "version_alias",
    Column("id", Integer, primary_key=True),
    Column("deployment_id", Integer, ForeignKey("deployment.id"), nullable=False),
    Column("version", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    UniqueConstraint("deployment_id", "version"),
)

# A signed name that is taken back counts until `at` (microseconds) and never after; signed anew, it returns.
VERSION_ALIAS_WITHDRAWAL = record_table(
    "version_alias_withdrawal",
    Column("id", Integer, primary_key=True),
    Column("alias_id", Integer, ForeignKey("version_alias.id"), nullable=False, index=True),
    Column("at", Whole, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    since="0002",
)

VERSION_ALIAS_RETURN = record_table(
    "version_alias_return",
    Column("withdrawal_id", Integer, ForeignKey("version_alias_withdrawal.id"), primary_key=True, autoincrement=False),
    Column("at", Whole, nullable=False),
    Column("by", Text, nullable=False),
    since="0002",
)

DEPLOYMENT_WITHDRAWAL = record_table(
    "deployment_withdrawal",
    Column("id", Integer, primary_key=True),
    Column("deployment_id", Integer, ForeignKey("deployment.id"), nullable=False, index=True),
    Column("at", Whole, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    since="0002",
)

# The same version, site and threshold registered anew, with what was wrong the first time said right.
DEPLOYMENT_RETURN = record_table(
    "deployment_return",
    Column("withdrawal_id", Integer, ForeignKey("deployment_withdrawal.id"), primary_key=True, autoincrement=False),
    Column("zone", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("cases_from", Whole),
    Column("at", Whole, nullable=False),
    Column("by", Text, nullable=False),
    since="0002",
)

USE_STATUS_EVENT = record_table(
    "use_status_event",
    Column("id", Integer, primary_key=True),
    Column("deployment_id", Integer, ForeignKey("deployment.id"), nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    one_of("status", USE_STATUSES),
)
