"""What a decision may do to a use status: nothing that is decided later puts a stopped AI back in use."""

from datetime import datetime

from sqlalchemy import Connection

from surveillance.storage import recommendations, register

OUT_OF_USE = ("stopped", "revalidating", "retired")


def propose_stop(connection: Connection, deployment_id: int, *, at: datetime, by: str, reason: str) -> None:
    """Mark a deployment as proposed to stop, unless it is out of use already."""
    _unless_out_of_use(connection, deployment_id, "stop_proposed", at, by, reason)


def watch_on(connection: Connection, deployment_id: int, *, at: datetime, by: str, reason: str) -> None:
    """Put a deployment under watch after a decline; where another recommendation waits, a stop stays proposed."""
    kept = recommendations.recommendations(connection, deployment_id)
    waits = any(other.decided_at is None for other in kept)
    _unless_out_of_use(connection, deployment_id, "stop_proposed" if waits else "under_watch", at, by, reason)


def _unless_out_of_use(
    connection: Connection, deployment_id: int, status: str, at: datetime, by: str, reason: str
) -> None:
    current = register.current_status(connection, deployment_id)
    if current is None or current.status not in OUT_OF_USE:
        register.set_status(connection, deployment_id=deployment_id, status=status, at=at, by=by, reason=reason)
