"""Reading a deployment's kept evaluations back into points, lines and a summary, as known at a moment."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
from sqlalchemy import Connection

from surveillance.domain.plan import Plan, load_plan
from surveillance.domain.points import ROW, Points, empty_points
from surveillance.domain.reliability import Reliability
from surveillance.services.stored_diagram import read_diagram
from surveillance.storage import plans, register
from surveillance.storage.evaluations import EvaluationRecord, series
from surveillance.storage.newest_evaluations import newest_evaluation, newest_id
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.store import Store

FIELDS = ("value", "low", "high", "n", "events", "verdict")


@dataclass(frozen=True, slots=True)
class Line:
    """One chart by week, in its own unit; nan before it began."""

    statistic: np.ndarray[Any, np.dtype[np.float64]]
    peak: np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class StoredSeries:
    """Everything kept of one deployment, laid over one another up to its newest evaluation."""

    deployment: DeploymentRecord
    plan: Plan
    newest: EvaluationRecord
    points: Points
    lines: dict[str, Line]
    diagram: Reliability | None

    @property
    def summary(self) -> dict[str, Any]:
        """Return the newest evaluation's summary."""
        return self.newest.summary

    @property
    def complete_to(self) -> int:
        """Return the index of the last complete week; -1 before any is."""
        number = self.summary["coverage"]["complete_to"]
        return -1 if number is None else int(number) - self.points.first_week


def series_now(store: Store, deployment_id: int) -> StoredSeries | None:
    """Return a deployment's picture as it stands; it is laid out once for each newest evaluation and then shared.

    Whoever asks has passed the guard; the arrays are read-only.
    """
    with store.read() as connection:
        newest = newest_id(connection, deployment_id)
    return None if newest is None else _laid_out(store, deployment_id, newest)


@lru_cache(maxsize=64)
def _laid_out(store: Store, deployment_id: int, _newest: int) -> StoredSeries | None:
    with store.read() as connection:
        kept = read_series(connection, deployment_id)
    if kept is not None:
        for name in (*FIELDS, "mature", "restated"):
            getattr(kept.points, name).flags.writeable = False
    return kept


def read_series(
    connection: Connection, deployment_id: int, *, as_of: datetime | None = None, seen_by: int | None = None
) -> StoredSeries | None:
    """Return a deployment's kept evaluations as one picture; None where nothing was judged yet.

    The picture begins and ends with the evaluation kept last: weeks before and after, which a withdrawal has left
    without any study before or after them, are no part of it.
    """
    last = newest_evaluation(connection, deployment_id, seen_by)
    if last is None:
        return None
    first, until = int(last.summary["first_week"]), last.as_of if as_of is None else min(as_of, last.as_of)
    kept = series(connection, deployment_id, as_of=until, seen_by=seen_by)
    rows = [row for row in kept if int(row.summary["week"]) >= first]
    if not rows:
        return None
    newest = rows[-1]
    weeks = int(newest.summary["week"]) - first + 1
    plan = load_plan(plans.plan(connection, newest.plan_id).toml)
    points = empty_points(first, tuple(newest.summary["windows"]), weeks, plan.truth.audit_fraction_unflagged)
    lines: dict[str, Line] = {}
    for row in rows:
        _lay_points(points, row.points)
        _lay_lines(lines, row.charts, first, weeks)
    return StoredSeries(
        deployment=register.deployment(connection, deployment_id),
        plan=plan,
        newest=newest,
        points=points,
        lines=lines,
        diagram=None if newest.reliability is None else read_diagram(newest.reliability),
    )


def _table(stream: bytes) -> pa.Table:
    return pa.ipc.open_stream(pa.py_buffer(stream)).read_all()


def _lay_points(points: Points, stream: bytes) -> None:
    """Lay one evaluation's cells over the picture."""
    table = _table(stream)
    names = json.loads(table.schema.metadata[b"names"])
    known = np.array([ROW.get(name, -1) for name in names])
    row = known[table["metric"].to_numpy()]
    place = {window: number for number, window in enumerate(points.windows)}
    window = np.array([place.get(w, -1) for w in table["window"].to_pylist()], dtype=np.int64)
    week = table["week"].to_numpy() - points.first_week
    fits = (row >= 0) & (window >= 0) & (week >= 0)
    cell = row[fits], window[fits], week[fits]
    for name in FIELDS:
        getattr(points, name)[cell] = table[name].to_numpy()[fits]
    flags = table["flags"].to_numpy()[fits]
    points.mature[cell], points.restated[cell] = (flags & 1) > 0, (flags & 2) > 0


def _lay_lines(lines: dict[str, Line], stream: bytes, first: int, weeks: int) -> None:
    """Lay one evaluation's weeks of each chart over its line."""
    table = _table(stream)
    chart, week = table["chart"].to_numpy(), table["week"].to_numpy() - first
    statistic, peak = table["statistic"].to_numpy(), table["peak"].to_numpy()
    for number, key in enumerate(json.loads(table.schema.metadata[b"keys"])):
        line = lines.setdefault(key, Line(np.full(weeks, np.nan), np.full(weeks, np.nan)))
        own = (chart == number) & (week >= 0)
        line.statistic[week[own]], line.peak[week[own]] = statistic[own], peak[own]
