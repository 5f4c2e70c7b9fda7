"""The newest evaluation of every deployment, without the columns that only its own page needs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from surveillance.storage.rows import fetch
from surveillance.storage.tables.judgement import EVALUATION


@dataclass(frozen=True, slots=True)
class NewestEvaluation:
    """A deployment's last judged week, as it was judged last: its summary only."""

    id: int
    deployment_id: int
    plan_id: int
    as_of: datetime
    created_at: datetime
    week: str
    summary: dict[str, Any]


def newest_evaluations(connection: Connection) -> dict[int, NewestEvaluation]:
    """Return the newest evaluation of each deployment, by its number."""
    last = select(EVALUATION.c.deployment_id, func.max(EVALUATION.c.as_of).label("as_of"))
    week = last.group_by(EVALUATION.c.deployment_id).subquery()
    of_week = (EVALUATION.c.deployment_id == week.c.deployment_id) & (EVALUATION.c.as_of == week.c.as_of)
    columns = [EVALUATION.c[name] for name in NewestEvaluation.__dataclass_fields__]
    query = select(*columns).join(week, of_week).order_by(EVALUATION.c.seen_by)
    return {kept.deployment_id: kept for kept in fetch(connection, NewestEvaluation, query)}


def newest_id(connection: Connection, deployment_id: int) -> int | None:
    """Return the number of the evaluation kept last for a deployment; it changes whenever its figures may have."""
    last = select(func.max(EVALUATION.c.id)).where(EVALUATION.c.deployment_id == deployment_id)
    return connection.execute(last).scalar_one_or_none()
