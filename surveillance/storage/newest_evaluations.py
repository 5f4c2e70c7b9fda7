"""The newest evaluation of every deployment, without the columns that only its own page needs.

A run judges weeks in order, so the evaluation kept last is the last week of the picture. A later week that an earlier
run judged has lost its studies to a withdrawal: it stays on record and is no longer shown.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from surveillance.storage.rows import fetch
from surveillance.storage.tables.judgement import EVALUATION
from surveillance.storage.tables.trail import STORE_INFO


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
    return _kept_last(connection)


def newest_evaluation(
    connection: Connection, deployment_id: int, seen_by: int | None = None
) -> NewestEvaluation | None:
    """Return a deployment's newest evaluation, as it stood once the store had seen what it had at `seen_by`."""
    return _kept_last(connection, deployment_id, seen_by).get(deployment_id)


def _kept_last(
    connection: Connection, deployment_id: int | None = None, seen_by: int | None = None
) -> dict[int, NewestEvaluation]:
    """Return the last evaluations by deployment; none of one whose files are all withdrawn, but in a live store.

    There a log that is missing is judged, week by week; elsewhere without a study there is nothing to judge.
    """
    last = select(func.max(EVALUATION.c.id)).group_by(EVALUATION.c.deployment_id)
    if deployment_id is not None:
        last = last.where(EVALUATION.c.deployment_id == deployment_id)
    if seen_by is not None:
        last = last.where(EVALUATION.c.seen_by <= seen_by)
    columns = [EVALUATION.c[name] for name in NewestEvaluation.__dataclass_fields__]
    found = fetch(connection, NewestEvaluation, select(*columns).where(EVALUATION.c.id.in_(last)))
    live = connection.execute(select(STORE_INFO.c.kind)).scalar_one() == "live"
    return {kept.deployment_id: kept for kept in found if live or kept.summary["coverage"]["data_to"] is not None}


def newest_id(connection: Connection, deployment_id: int) -> int | None:
    """Return the number of the evaluation kept last for a deployment; it changes whenever its figures may have."""
    last = select(func.max(EVALUATION.c.id)).where(EVALUATION.c.deployment_id == deployment_id)
    return connection.execute(last).scalar_one_or_none()
