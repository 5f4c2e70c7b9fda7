"""What a file adds: the earliest moment that new rows touch, and how they overlap with what is held."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from surveillance.storage.audit_samples import drawn_between
from surveillance.storage.logs import read_cases, read_outcomes
from surveillance.storage.orders import unread_orders
from surveillance.storage.register import deployment
from surveillance.storage.tables.data import BATCH, BATCH_WITHDRAWAL
from surveillance.storage.tables.register import DEPLOYMENT, VERSION_ALIAS
from surveillance.storage.times import EVER, from_micros


def changed_since(connection: Connection, deployment_id: int, seen_by: int, until: int = EVER) -> int | None:
    """Return the earliest moment (microseconds) whose picture has changed since `seen_by`, or None for none.

    A study that came, went or reads differently counts from its acquisition, a truth from when its source recorded
    it, an order without a result from its acquisition. A row that only repeats what was held changes nothing.
    """
    if not _anything_new(connection, seen_by, until):
        return None
    earliest = []
    cases = [read_cases(connection, deployment_id, moment) for moment in (seen_by, until)]
    earliest += _earliest_difference(cases[0], cases[1], "acquired_at")
    truths = [read_outcomes(connection, deployment_id, moment) for moment in (seen_by, until)]
    earliest += _earliest_difference(truths[0], truths[1], "recorded_at")
    orders = [unread_orders(connection, deployment(connection, deployment_id), moment) for moment in (seen_by, until)]
    earliest += _earliest_difference(orders[0], orders[1], "acquired_at")
    return min(earliest, default=None)


def withdrawn_between(connection: Connection, seen_by: int, until: int) -> bool:
    """Say whether any file was withdrawn after one moment (microseconds) and by another."""
    found = select(func.count()).where(BATCH_WITHDRAWAL.c.at > seen_by, BATCH_WITHDRAWAL.c.at <= until)
    return connection.execute(found).scalar_one() > 0


def _anything_new(connection: Connection, seen_by: int, until: int) -> bool:
    after, by = from_micros(seen_by), from_micros(until)
    queries = (
        select(func.count()).where(BATCH.c.received_at > seen_by, BATCH.c.received_at <= until),
        select(func.count()).where(VERSION_ALIAS.c.at > after, VERSION_ALIAS.c.at <= by),
        select(func.count()).where(DEPLOYMENT.c.registered_at > after, DEPLOYMENT.c.registered_at <= by),
    )
    new = any(connection.execute(query).scalar_one() for query in queries)
    return new or withdrawn_between(connection, seen_by, until) or drawn_between(connection, seen_by, until)


def _earliest_difference(before: pd.DataFrame, after: pd.DataFrame, time: str) -> list[int]:
    found = []
    content = [name for name in after.columns if name not in ("batch_id", "line")]
    marks = [fingerprints(frame[content]) for frame in (before, after)]
    for frame, own, other in ((before, marks[0], marks[1]), (after, marks[1], marks[0])):
        only_here = ~np.isin(own, other)
        if only_here.any():
            found.append(int(frame[time].to_numpy()[only_here].min()))
    return found


def fingerprints(frame: pd.DataFrame) -> NDArray[np.uint64]:
    """Return a number for each row that is equal for equal rows.

    >>> rows = pd.DataFrame({"a": [1, 1, 2], "b": ["x", "x", None]})
    >>> one, same, other = fingerprints(rows)
    >>> bool(one == same), bool(one == other)
    (True, False)
    """
    return np.asarray(pd.util.hash_pandas_object(frame, index=False), dtype=np.uint64)
