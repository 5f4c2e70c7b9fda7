"""Which files and streams count for a deployment, as the store stood at a moment."""

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, or_, select

from surveillance.storage.register import DeploymentRecord, deployments
from surveillance.storage.register import deployment as registered
from surveillance.storage.tables.data import BATCH, BATCH_WITHDRAWAL, CASE, STREAM
from surveillance.storage.times import to_micros
from surveillance.storage.version_names import names


def live_batches(seen_by: int) -> Select[tuple[int]]:
    """Select the files received by a moment (microseconds) and not withdrawn by then."""
    withdrawn = exists().where(BATCH_WITHDRAWAL.c.batch_id == BATCH.c.id, BATCH_WITHDRAWAL.c.at <= seen_by)
    return select(BATCH.c.id).where(BATCH.c.received_at <= seen_by, ~withdrawn)


def case_streams(connection: Connection, deployment: DeploymentRecord, seen_by: int) -> list[int]:
    """List the streams whose studies are a deployment's: its version, and other spellings standing at a moment.

    Of a registration that was taken back by then there are none.
    """
    if not any(one.id == deployment.id for one in deployments(connection, seen_by)):
        return []
    versions = [deployment.version]
    versions += [one.version for one in names(connection, seen_by) if one.deployment_id == deployment.id]
    return _streams(connection, deployment, STREAM.c.version.in_(versions))


def truth_streams(connection: Connection, deployment: DeploymentRecord) -> list[int]:
    """List the stream of the truths about a deployment's product at its site."""
    return _streams(connection, deployment, STREAM.c.version == "")


def of_streams(table: Table, streams: list[int], seen_by: int) -> ColumnElement[bool]:
    """Say which rows of a log table belong to some streams and count at a moment."""
    return and_(table.c.stream_id.in_(streams), table.c.batch_id.in_(live_batches(seen_by)))


def own_period(connection: Connection, deployment: DeploymentRecord, seen_by: int) -> ColumnElement[bool]:
    """Say which studies fall to a deployment rather than to another threshold of the same version and site."""
    others = [
        other.cases_from
        for other in deployments(connection, seen_by)
        if (other.model_id, other.version, other.site) == (deployment.model_id, deployment.version, deployment.site)
        and other.id != deployment.id
        and to_micros(other.registered_at) <= seen_by
    ]
    start = registered(connection, deployment.id, seen_by).cases_from
    later = [other for other in others if other is not None and (start is None or other > start)]
    within = [CASE.c.acquired_at >= start] if start is not None else []
    within += [CASE.c.acquired_at < min(later)] if later else []
    return and_(CASE.c.stream_id.is_not(None), *within)


def _streams(connection: Connection, deployment: DeploymentRecord, version: ColumnElement[bool]) -> list[int]:
    named = select(STREAM.c.id).where(
        STREAM.c.model == deployment.model, STREAM.c.site == deployment.site, or_(version)
    )
    return list(connection.execute(named.order_by(STREAM.c.id)).scalars())
