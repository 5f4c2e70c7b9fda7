"""Signed stop-use notices."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from surveillance.errors import NotFound
from surveillance.storage.recommendations import content_sha256, refuse_decided
from surveillance.storage.rows import add_row, fetch
from surveillance.storage.tables.action import STOP_USE_NOTICE


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """A stop-use notice as signed; `recommendation_id` is None where a person acted without one."""

    id: int
    recommendation_id: int | None
    deployment_id: int
    notice: dict[str, Any]
    content_sha256: str
    signed_by: str
    role: str
    signed_at: datetime


def sign_notice(
    connection: Connection,
    *,
    recommendation_id: int | None,
    deployment_id: int,
    notice: dict[str, Any],
    by: str,
    role: str,
    at: datetime,
) -> NoticeRecord:
    """Keep a signed notice with the fingerprint of its content.

    Raises
    ------
    AlreadyDecided
        If its recommendation was signed or declined before.
    """
    if recommendation_id is not None:
        refuse_decided(connection, recommendation_id)
    sha256 = content_sha256(notice)
    about = {"recommendation_id": recommendation_id, "deployment_id": deployment_id}
    content = {"notice": notice, "content_sha256": sha256}
    number = add_row(connection, STOP_USE_NOTICE, {**about, **content, "signed_by": by, "role": role, "signed_at": at})
    return notice_of(connection, number)


def notice_of(connection: Connection, notice_id: int) -> NoticeRecord:
    """Return one signed notice.

    Raises
    ------
    NotFound
        If none has this number.
    """
    found = fetch(connection, NoticeRecord, select(STOP_USE_NOTICE).where(STOP_USE_NOTICE.c.id == notice_id))
    if not found:
        raise NotFound(f"No stop-use notice has the number {notice_id} in this store.")
    return found[0]


def notices(connection: Connection, deployment_id: int | None = None) -> tuple[NoticeRecord, ...]:
    """List signed notices, newest first; of one deployment where its number is given."""
    query = select(STOP_USE_NOTICE).order_by(STOP_USE_NOTICE.c.id.desc())
    if deployment_id is not None:
        query = query.where(STOP_USE_NOTICE.c.deployment_id == deployment_id)
    return fetch(connection, NoticeRecord, query)
