"""What a file adds: the earliest moment that new rows touch, and how they overlap with what is held."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from surveillance.storage.audit_samples import drawn_between
from surveillance.storage.logs import read_cases, read_outcomes
from surveillance.storage.orders import unread_orders
from surveillance.storage.populations import outside_population
from surveillance.storage.register import deployment
from surveillance.storage.standing import register_moments, taken_back_between
from surveillance.storage.tables.data import BATCH, BATCH_WITHDRAWAL
from surveillance.storage.times import EVER


def changed_since(
    connection: Connection, deployment_id: int, seen_by: int, until: int = EVER, *, pathway: str = ""
) -> int | None:
    """Return the earliest moment (microseconds) whose picture has changed since `seen_by`, or None for none.

    A study that came, went or reads differently counts from its acquisition, a truth from when its source recorded
    it, an order without a result from its acquisition, and a study that its orders put into or out of a plan's
    `pathway` from its acquisition. A row that only repeats what was held changes nothing.
    """
    if not anything_new(connection, seen_by, until):
        return None
    earliest = []
    cases = [read_cases(connection, deployment_id, moment) for moment in (seen_by, until)]
    earliest += earliest_difference(cases[0], cases[1], "acquired_at")
    truths = [read_outcomes(connection, deployment_id, moment) for moment in (seen_by, until)]
    earliest += earliest_difference(truths[0], truths[1], "recorded_at")
    own = deployment(connection, deployment_id)
    orders = [unread_orders(connection, own, moment) for moment in (seen_by, until)]
    earliest += earliest_difference(orders[0], orders[1], "acquired_at")
    earliest += moved_by_pathway(connection, own.site, pathway, (seen_by, until), cases[1])
    return min(earliest, default=None)


def moved_by_pathway(
    connection: Connection, site: str, pathway: str, moments: tuple[int, int], cases: pd.DataFrame
) -> list[int]:
    """Return when the first of some studies was acquired that is of a plan's population at one of two moments only."""
    before, after = (outside_population(connection, site, pathway, moment) for moment in moments)
    moved = np.setxor1d(before.astype(str), after.astype(str))
    if not len(moved):
        return []
    at = cases.loc[cases["case_id"].isin(moved), "acquired_at"]
    return [int(at.min())] if len(at) else []


def withdrawn_between(connection: Connection, seen_by: int, until: int) -> bool:
    """Say whether a file, a registration or a name was withdrawn after one moment (microseconds) and by another."""
    found = select(func.count()).where(BATCH_WITHDRAWAL.c.at > seen_by, BATCH_WITHDRAWAL.c.at <= until)
    return connection.execute(found).scalar_one() > 0 or taken_back_between(connection, seen_by, until)


def anything_new(connection: Connection, seen_by: int, until: int) -> bool:
    """Say whether the store saw anything between two moments (microseconds) that may change a picture."""
    files = select(func.count()).where(BATCH.c.received_at > seen_by, BATCH.c.received_at <= until)
    new = connection.execute(files).scalar_one() > 0
    new = new or any(seen_by < moment <= until for moment in register_moments(connection))
    return new or withdrawn_between(connection, seen_by, until) or drawn_between(connection, seen_by, until)


def earliest_difference(before: pd.DataFrame, after: pd.DataFrame, time: str) -> list[int]:
    """Return the earliest times of the rows that only one of two pictures has, by picture; () where they agree."""
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
