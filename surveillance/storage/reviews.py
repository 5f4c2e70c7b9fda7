"""Signed weekly reviews."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from surveillance.storage.rows import add_row, fetch
from surveillance.storage.tables.judgement import WEEKLY_REVIEW


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A week of a deployment that a person looked at and signed."""

    id: int
    deployment_id: int
    week: str
    as_of: datetime
    by: str
    role: str
    at: datetime
    statement: str


def add_review(
    connection: Connection,
    *,
    deployment_id: int,
    week: str,
    as_of: datetime,
    by: str,
    role: str,
    at: datetime,
    statement: str,
) -> int:
    """Keep a signed review and return its number; several people may sign one week."""
    signed = {"by": by, "role": role, "at": at, "statement": statement}
    about = {"deployment_id": deployment_id, "week": week, "as_of": as_of}
    return add_row(connection, WEEKLY_REVIEW, {**about, **signed})


def reviews(connection: Connection, deployment_id: int | None = None) -> tuple[ReviewRecord, ...]:
    """List signed reviews, newest first; of one deployment where its number is given."""
    query = select(WEEKLY_REVIEW).order_by(WEEKLY_REVIEW.c.id.desc())
    if deployment_id is not None:
        query = query.where(WEEKLY_REVIEW.c.deployment_id == deployment_id)
    return fetch(connection, ReviewRecord, query)
