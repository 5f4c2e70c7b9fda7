"""The chart columns of a deployment's newest evaluations, without their points."""

from sqlalchemy import Connection, func, select

from surveillance.storage.tables.judgement import EVALUATION


def chart_streams(connection: Connection, deployment_id: int, *, last: int) -> tuple[bytes, ...]:
    """Return the chart columns of the last weeks judged, each as judged last, oldest first."""
    own = EVALUATION.c.deployment_id == deployment_id
    newest = (
        select(EVALUATION.c.as_of, func.max(EVALUATION.c.seen_by).label("seen_by"))
        .where(own)
        .group_by(EVALUATION.c.as_of)
        .order_by(EVALUATION.c.as_of.desc())
        .limit(last)
        .subquery()
    )
    same = (EVALUATION.c.as_of == newest.c.as_of) & (EVALUATION.c.seen_by == newest.c.seen_by)
    query = select(EVALUATION.c.charts).join(newest, same).where(own).order_by(EVALUATION.c.as_of)
    return tuple(bytes(stream) for stream in connection.execute(query).scalars())
