"""Evaluations: what was judged of a deployment at a moment, from what the store had seen by then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from surveillance.storage.rows import add_rows, fetch, values_of
from surveillance.storage.tables.judgement import EVALUATION


@dataclass(frozen=True, slots=True)
class NewEvaluation:
    """One judged week, fixed by `as_of` (what sources knew) and `seen_by` (what we had, in microseconds)."""

    deployment_id: int
    plan_id: int
    as_of: datetime
    seen_by: int
    created_at: datetime
    week: str
    summary: dict[str, Any]
    points: bytes
    charts: bytes
    reliability: bytes | None = None


@dataclass(frozen=True, slots=True)
class EvaluationRecord:
    """A judged week as stored."""

    id: int
    deployment_id: int
    plan_id: int
    as_of: datetime
    seen_by: int
    created_at: datetime
    week: str
    summary: dict[str, Any]
    points: bytes
    charts: bytes
    reliability: bytes | None


def add_evaluations(connection: Connection, evaluations: Iterable[NewEvaluation]) -> None:
    """Store judged weeks, many in one go; a week judged again later is added beside the earlier judgement."""
    add_rows(connection, EVALUATION, (values_of(evaluation) for evaluation in evaluations))


def latest(connection: Connection) -> tuple[EvaluationRecord, ...]:
    """Return for each deployment its last week as it was judged last."""
    newest = (
        func.row_number()
        .over(
            partition_by=EVALUATION.c.deployment_id,
            order_by=(EVALUATION.c.as_of.desc(), EVALUATION.c.seen_by.desc()),
        )
        .label("place")
    )
    ranked = select(EVALUATION.c.id, newest).subquery()
    last = select(EVALUATION).join(ranked, EVALUATION.c.id == ranked.c.id).where(ranked.c.place == 1)
    return fetch(connection, EvaluationRecord, last.order_by(EVALUATION.c.deployment_id))


def series(
    connection: Connection,
    deployment_id: int,
    *,
    as_of: datetime | None = None,
    seen_by: int | None = None,
) -> tuple[EvaluationRecord, ...]:
    """Return a deployment's judged weeks in order, each as judged last.

    With `as_of` only weeks up to it; with `seen_by` (microseconds) each as judged last by then, so that any
    past screen can be shown again.
    """
    wanted = [EVALUATION.c.deployment_id == deployment_id]
    if as_of is not None:
        wanted.append(EVALUATION.c.as_of <= as_of)
    if seen_by is not None:
        wanted.append(EVALUATION.c.seen_by <= seen_by)
    newest = (
        select(EVALUATION.c.as_of, func.max(EVALUATION.c.seen_by).label("seen_by"))
        .where(*wanted)
        .group_by(EVALUATION.c.as_of)
        .subquery()
    )
    same = (EVALUATION.c.as_of == newest.c.as_of) & (EVALUATION.c.seen_by == newest.c.seen_by)
    query = select(EVALUATION).join(newest, same).where(*wanted).order_by(EVALUATION.c.as_of)
    return fetch(connection, EvaluationRecord, query)


def restated(connection: Connection, deployment_id: int) -> frozenset[datetime]:
    """Return the weeks (their `as_of`) that were judged more than once."""
    query = (
        select(EVALUATION.c.as_of)
        .where(EVALUATION.c.deployment_id == deployment_id)
        .group_by(EVALUATION.c.as_of)
        .having(func.count() > 1)
    )
    return frozenset(connection.execute(query).scalars())


def last_seen_by(connection: Connection, deployment_id: int) -> int | None:
    """Return the moment (microseconds) up to which a deployment's log was last judged, or None if never."""
    newest = select(func.max(EVALUATION.c.seen_by)).where(EVALUATION.c.deployment_id == deployment_id)
    return connection.execute(newest).scalar_one_or_none()
