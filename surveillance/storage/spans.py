"""How far a deployment's data and judgements reach."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from surveillance.domain.weeks import Week, week_numbers
from surveillance.storage.live_batches import case_streams, of_streams, own_period
from surveillance.storage.newest_evaluations import newest_evaluation
from surveillance.storage.orders import each_study_once, ordered_periods, unread_orders
from surveillance.storage.register import DeploymentRecord, deployment
from surveillance.storage.tables.data import CASE
from surveillance.storage.tables.judgement import EVALUATION
from surveillance.storage.times import to_micros


def span_of_cases(
    connection: Connection, deployment_id: int, seen_by: int, pathway: str = ""
) -> NDArray[np.int64] | None:
    """Return when a deployment's first and newest study were acquired (microseconds); None without studies.

    Orders of a pathway without a result are its studies too where they reach to weeks without any other.
    """
    version = deployment(connection, deployment_id)
    streams = case_streams(connection, version, seen_by)
    ends = select(func.min(CASE.c.acquired_at), func.max(CASE.c.acquired_at))
    counting = ends.where(of_streams(CASE, streams, seen_by), own_period(connection, version, seen_by))
    first, newest = connection.execute(counting).one()
    read = [] if first is None else [first, newest]
    at = [*read, *_ordered_beyond(connection, version, seen_by, pathway, read)]
    return np.array([min(at), max(at)], dtype=np.int64) if at else None


def _ordered_beyond(
    connection: Connection, version: DeploymentRecord, seen_by: int, pathway: str, read: list[int]
) -> list[int]:
    """Return the first and last order without a result before the first study, or past the week of the newest."""
    periods = ordered_periods(connection, version, seen_by)
    if read:
        end = to_micros(Week(int(week_numbers(np.array(read[1:]), version.zone)[0])).end(version.zone))
        before, after = np.minimum(periods, read[0]), np.maximum(periods, end)
        periods = np.concatenate((before, after))
    periods = periods[periods[:, 1] > periods[:, 0]]
    found = each_study_once(unread_orders(connection, version, seen_by, periods), pathway)["acquired_at"]
    return [int(found.min()), int(found.max())] if len(found) else []


def judged_to(connection: Connection, deployment_id: int) -> datetime | None:
    """Return the `as_of` of the last week that a deployment's picture shows; None where it shows none."""
    newest = newest_evaluation(connection, deployment_id)
    return None if newest is None else newest.as_of


def ever_judged(connection: Connection, deployment_id: int) -> datetime | None:
    """Return the first `as_of` that a deployment was ever judged at; None where it never was."""
    first = select(func.min(EVALUATION.c.as_of)).where(EVALUATION.c.deployment_id == deployment_id)
    return connection.execute(first).scalar_one_or_none()
