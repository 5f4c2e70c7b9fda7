"""Stop-use recommendations: what the software proposes with its evidence, and what a person decided."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from surveillance.errors import AlreadyDecided, NotFound
from surveillance.storage.rows import add_row, as_record, fetch, values_of
from surveillance.storage.tables.action import RECOMMENDATION, RECOMMENDATION_DECLINE, STOP_USE_NOTICE
from surveillance.storage.tables.metadata import canonical_json


@dataclass(frozen=True, slots=True)
class NewRecommendation:
    """A proposal to stop use; `signal_key` tells it from every other of its deployment."""

    deployment_id: int
    episode_id: int
    signal_key: str
    chart: str
    as_of: datetime
    week: str
    headline: str
    reasons: list[str]
    evidence: dict[str, Any]
    raised_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class RecommendationRecord:
    """A proposal as stored; `notice_id` or `declined_at` is set once a person has decided."""

    id: int
    deployment_id: int
    episode_id: int
    signal_key: str
    chart: str
    as_of: datetime
    week: str
    headline: str
    reasons: list[str]
    evidence: dict[str, Any]
    evidence_sha256: str
    raised_at: datetime
    due_at: datetime
    notice_id: int | None
    signed_at: datetime | None
    signed_by: str | None
    declined_at: datetime | None
    declined_by: str | None
    decline_reason: str | None

    @property
    def decided_at(self) -> datetime | None:
        """Return when a person signed or declined, or None while it waits."""
        return self.signed_at or self.declined_at


def content_sha256(content: object) -> str:
    """Compute the fingerprint of a record's content.

    >>> content_sha256({"a": 1})[:12]
    '015abd7f5cc5'
    """
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def add_recommendation(connection: Connection, recommendation: NewRecommendation) -> int | None:
    """Keep a recommendation and return its number, or None where this signal made one before."""
    same = select(RECOMMENDATION.c.id).where(
        RECOMMENDATION.c.deployment_id == recommendation.deployment_id,
        RECOMMENDATION.c.signal_key == recommendation.signal_key,
    )
    if connection.execute(same).first() is not None:
        return None
    values = values_of(recommendation)
    return add_row(connection, RECOMMENDATION, {**values, "evidence_sha256": content_sha256(values["evidence"])})


def decline(connection: Connection, *, recommendation_id: int, by: str, role: str, at: datetime, reason: str) -> int:
    """Keep a person's refusal of a recommendation, with its reason.

    Raises
    ------
    AlreadyDecided
        If it was signed or declined before.
    """
    refuse_decided(connection, recommendation_id)
    values = {"recommendation_id": recommendation_id, "by": by, "role": role, "at": at, "reason": reason}
    return add_row(connection, RECOMMENDATION_DECLINE, values)


def refuse_decided(connection: Connection, recommendation_id: int) -> None:
    """Refuse a second decision on one recommendation; writers queue, so nobody can decide in between.

    Raises
    ------
    AlreadyDecided
        With who decided and when.
    """
    kept = recommendation(connection, recommendation_id)
    if kept.decided_at is not None:
        how = "signed" if kept.signed_at else "declined"
        who = kept.signed_by or kept.declined_by
        raise AlreadyDecided(
            f"This recommendation was {how} by {who} on {kept.decided_at:%d %B %Y at %H:%M} UTC; nothing was changed."
        )


def recommendations(connection: Connection, deployment_id: int | None = None) -> tuple[RecommendationRecord, ...]:
    """List recommendations with their decisions, newest first; of one deployment where it is named."""
    query = _decided().order_by(RECOMMENDATION.c.id.desc())
    if deployment_id is not None:
        query = query.where(RECOMMENDATION.c.deployment_id == deployment_id)
    return fetch(connection, RecommendationRecord, query)


def recommendation(connection: Connection, recommendation_id: int) -> RecommendationRecord:
    """Return one recommendation with its decision.

    Raises
    ------
    NotFound
        If none has this number.
    """
    row = connection.execute(_decided().where(RECOMMENDATION.c.id == recommendation_id)).one_or_none()
    if row is None:
        raise NotFound(f"No recommendation has the number {recommendation_id} in this store.")
    return as_record(RecommendationRecord, row)


def _decided() -> Select[tuple[Any, ...]]:
    notice, refusal = STOP_USE_NOTICE.c, RECOMMENDATION_DECLINE.c
    return (
        select(
            RECOMMENDATION,
            notice.id.label("notice_id"),
            notice.signed_at,
            notice.signed_by,
            refusal.at.label("declined_at"),
            refusal.by.label("declined_by"),
            refusal.reason.label("decline_reason"),
        )
        .outerjoin(STOP_USE_NOTICE, notice.recommendation_id == RECOMMENDATION.c.id)
        .outerjoin(RECOMMENDATION_DECLINE, refusal.recommendation_id == RECOMMENDATION.c.id)
    )
