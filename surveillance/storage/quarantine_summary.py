"""Hundreds of thousands of studies in quarantine as a few counts, and the newest of them one by one."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from surveillance.storage.bulk import read_columns
from surveillance.storage.live_batches import of_streams
from surveillance.storage.logs import as_frame, first_reads
from surveillance.storage.quarantine import READ
from surveillance.storage.tables.data import CASE, STREAM

NEWEST_ROWS = 20_000
COUNTED, NEW, OTHER = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Summary:
    """Studies of one version, each once.

    Attributes
    ----------
    groups : `status`, `called` and `score` of the older studies, each combination once
    count : int64, shape of the groups; how many studies have it
    studies : all the others, the newest among them, in order of acquisition
    """

    groups: pd.DataFrame
    count: NDArray[np.int64]
    studies: pd.DataFrame


def summarised(connection: Connection, model: str, version: str, site: str, seen_by: int) -> Summary:
    """Read the studies of one version at a site: older ones counted by the database, newer ones as rows.

    A study that several rows tell otherwise, or that stands on both sides, is read as rows too, since which read was
    first is told by all of them.
    """
    named = select(STREAM.c.id).where(STREAM.c.model == model, STREAM.c.version == version, STREAM.c.site == site)
    own = of_streams(CASE, list(connection.execute(named).scalars()), seen_by)
    newest = select(CASE.c.acquired_at).where(own).order_by(CASE.c.acquired_at.desc()).limit(1).offset(NEWEST_ROWS)
    since = connection.execute(newest).scalar_one_or_none()
    if since is None:
        none = pd.DataFrame({"status": [], "called": [], "score": []})
        return Summary(none, np.zeros(0, dtype=np.int64), _rows(connection, own))
    each = (
        select(
            CASE.c.case_id,
            *(func.min(CASE.c[name]).label(name) for name in ("status", "called", "score")),
            case(
                (and_(func.max(CASE.c.acquired_at) < since, *map(_alike, ("status", "called", "score"))), COUNTED),
                (func.min(CASE.c.acquired_at) >= since, NEW),
                else_=OTHER,
            ).label("kind"),
        )
        .where(own)
        .group_by(CASE.c.case_id)
        .subquery()
    )
    counts = (
        select(each.c.kind, each.c.status, each.c.called, each.c.score, func.count())
        .where(each.c.kind != NEW)
        .group_by(each.c.kind, each.c.status, each.c.called, each.c.score)
    )
    found = connection.execute(counts).all()
    groups = [row for row in found if row[0] == COUNTED]
    rest = CASE.c.acquired_at >= since
    if len(groups) < len(found):
        rest = or_(rest, CASE.c.case_id.in_(select(each.c.case_id).where(each.c.kind == OTHER)))
    frame = pd.DataFrame([row[1:4] for row in groups], columns=["status", "called", "score"])
    typed = frame.astype({"status": "str", "called": "Int64", "score": "float64"})
    return Summary(typed, np.array([row[4] for row in groups], dtype=np.int64), _rows(connection, and_(own, rest)))


def _alike(name: str) -> ColumnElement[bool]:
    """Say that every row of a study says the same in a column, or none says anything."""
    column = CASE.c[name]
    same = and_(func.min(column) == func.max(column), func.count(column) == func.count())
    return same if not column.nullable else or_(same, func.count(column) == 0)


def _rows(connection: Connection, which: ColumnElement[bool]) -> pd.DataFrame:
    query = select(*(CASE.c[name] for name in READ)).where(which)
    return first_reads(as_frame(read_columns(connection, query)))
