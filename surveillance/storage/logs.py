"""The case outcome log of a deployment, as this store knew it at a moment."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, select

from surveillance.domain.weeks import Week, micros, week_numbers
from surveillance.storage.audit_samples import with_samples
from surveillance.storage.bulk import read_columns
from surveillance.storage.first_reads import COMPARED
from surveillance.storage.first_reads import first_reads as first_reads
from surveillance.storage.live_batches import case_streams, of_streams, own_period, truth_streams
from surveillance.storage.log_columns import stored_columns
from surveillance.storage.register import deployment
from surveillance.storage.row_order import in_order
from surveillance.storage.tables.data import CASE, OUTCOME

CASE_KEYS = ("case_id", "acquired_at", "result_at", "batch_id", "line")
OUTCOME_KEY = ["case_id", "truth_source", "recorded_at"]


def read_cases(
    connection: Connection,
    deployment_id: int,
    seen_by: int,
    columns: Sequence[str] | None = None,
    *,
    since: int | None = None,
    as_filed: bool = False,
) -> pd.DataFrame:
    """Read a deployment's studies as known to the store at `seen_by`, sorted by acquisition, then pseudonym.

    A study read more than once counts once, by its first result, then by what its rows say: see `first_reads`.
    `frame.attrs["read_again"]` says how many further reads with another result time were set aside. The store's own
    samples for audit stand in `audit_selected` and `sampling_fraction`, as if a file had said it.

    Parameters
    ----------
    seen_by : microseconds since 1970, UTC
    columns : the columns wanted, every one where none is named; the key columns always come along
    since : only studies acquired from then on (microseconds); further reads are counted from the start of its week
    as_filed : leave out the store's own samples

    Returns
    -------
    Frame with times as int64 microseconds, texts as str, flags and `result_at` as Int64 with NA, shares as float64.
    """
    own = deployment(connection, deployment_id)
    # Read by whole weeks: one study that its file says was selected speaks for its week, which `since` may cut in two.
    begun = None if since is None else _week_begun(since, own.zone)
    rows = read_rows(connection, deployment_id, seen_by, columns, begun)
    if columns is not None and rows.duplicated(["case_id", "result_at"]).any():
        # What tells two rows of one result time apart may be a column that nobody asked for.
        asked = list(rows.columns)
        rows = first_reads(read_rows(connection, deployment_id, seen_by, [*columns, *COMPARED], begun))
        cases = rows[asked]
        cases.attrs["read_again"] = rows.attrs["read_again"]
    else:
        cases = first_reads(rows)
    if begun is not None:
        cases = cases[cases["acquired_at"] >= begun].reset_index(drop=True)
    known = cases if as_filed else with_samples(connection, own, cases, seen_by)
    if since is None or since == begun:
        return known
    return known[known["acquired_at"] >= since].reset_index(drop=True)


def read_rows(
    connection: Connection,
    deployment_id: int,
    seen_by: int,
    columns: Sequence[str] | None = None,
    since: int | None = None,
) -> pd.DataFrame:
    """Read every row that counts of a deployment's studies, as `read_cases` does before each counts once.

    With `since` come all rows of every study that any of its rows dates from then on: which of them counts is not
    decided before all are there.
    """
    version = deployment(connection, deployment_id)
    streams = case_streams(connection, version, seen_by)
    wanted = set(columns) | set(CASE_KEYS) if columns is not None else set(CASE.c.keys())
    asked = [column for column in CASE.c if column.name in wanted and column.name != "stream_id"]
    counting = of_streams(CASE, streams, seen_by), own_period(connection, version, seen_by)
    query = select(*asked).where(*counting)
    if since is not None:
        query = query.where(CASE.c.case_id.in_(select(CASE.c.case_id).where(*counting, CASE.c.acquired_at >= since)))
    return as_frame(read_columns(connection, query))


def read_outcomes(connection: Connection, deployment_id: int, seen_by: int, since: int | None = None) -> pd.DataFrame:
    """Read the truths about a deployment's product at its site, recorded `since` a moment, as known at `seen_by`.

    The same statement in two files counts once. Where one source said two things of a study at one time, neither
    counts until a later truth or a withdrawal resolves it: see `conflicts`.
    """
    frame = _statements(connection, deployment_id, seen_by, since)
    kept = frame[~frame["conflict"]].drop(columns="conflict")
    return kept.drop_duplicates([*OUTCOME_KEY, "truth"], ignore_index=True)


def conflicts(connection: Connection, deployment_id: int, seen_by: int, since: int | None = None) -> pd.DataFrame:
    """List the truths that contradict each other: one study, one source, one time, and different findings."""
    frame = _statements(connection, deployment_id, seen_by, since)
    return frame[frame["conflict"]].drop(columns="conflict").reset_index(drop=True)


def as_frame(columns: pa.Table) -> pd.DataFrame:
    """Turn columns into a frame: whole numbers that may be missing as Int64, the others as pandas takes them.

    >>> as_frame(pa.table({"called": pa.array([1, None])}))["called"].tolist()
    [1, <NA>]
    """
    maybe = {"result_at", "called", "audit_selected", "reader_agrees", "heatmap_reviewed", "seen_before_report"}
    series: dict[str, Any] = {}
    for name in columns.column_names:
        column = columns[name]
        mapper = pd.Int64Dtype() if name in maybe else None
        series[name] = column.to_pandas(types_mapper=lambda _, chosen=mapper: chosen)
    return pd.DataFrame(series)


def _week_begun(moment: int, zone: str) -> int:
    """Return the start of the week that holds a moment (microseconds)."""
    return micros(Week(_week_of(moment, zone).number - 1).end(zone))


def _week_of(moment: int, zone: str) -> Week:
    """Return the week that holds a moment (microseconds)."""
    return Week(int(week_numbers(np.array([moment]), zone)[0]))


def _statements(connection: Connection, deployment_id: int, seen_by: int, since: int | None) -> pd.DataFrame:
    streams = truth_streams(connection, deployment(connection, deployment_id))
    asked = [OUTCOME.c.batch_id, *stored_columns(OUTCOME)]
    query = select(*asked).where(of_streams(OUTCOME, streams, seen_by))
    frame = as_frame(read_columns(connection, query if since is None else query.where(OUTCOME.c.recorded_at >= since)))
    frame = in_order(frame, "recorded_at", ["case_id", "truth_source", "truth", "subtype", "batch_id", "line"])
    frame["conflict"] = False
    repeated = frame.duplicated(OUTCOME_KEY, keep=False)
    if repeated.any():
        findings = frame[repeated].groupby(OUTCOME_KEY)["truth"].transform("nunique")
        frame.loc[findings.index[findings > 1], "conflict"] = True
    return frame
