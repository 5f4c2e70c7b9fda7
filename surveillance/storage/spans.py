"""How far a deployment's data and judgements reach."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from surveillance.storage.live_batches import case_streams, of_streams, own_period
from surveillance.storage.register import deployment
from surveillance.storage.tables.data import CASE
from surveillance.storage.tables.judgement import EVALUATION


def span_of_cases(connection: Connection, deployment_id: int, seen_by: int) -> NDArray[np.int64] | None:
    """Return when a deployment's first and newest study were acquired (microseconds); None without studies."""
    version = deployment(connection, deployment_id)
    streams = case_streams(connection, version, seen_by)
    ends = select(func.min(CASE.c.acquired_at), func.max(CASE.c.acquired_at))
    counting = ends.where(of_streams(CASE, streams, seen_by), own_period(connection, version, seen_by))
    first, newest = connection.execute(counting).one()
    return None if first is None else np.array([first, newest], dtype=np.int64)


def span_judged(connection: Connection, deployment_id: int) -> tuple[datetime, datetime] | None:
    """Return the first and the newest `as_of` that a deployment was judged at; None where it never was."""
    ends = select(func.min(EVALUATION.c.as_of), func.max(EVALUATION.c.as_of))
    first, newest = connection.execute(ends.where(EVALUATION.c.deployment_id == deployment_id)).one()
    return None if first is None else (first, newest)
