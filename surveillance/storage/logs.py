"""The case outcome log of a deployment, as this store knew it at a moment."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, select

from surveillance.storage.bulk import read_columns
from surveillance.storage.live_batches import case_streams, of_streams, own_period, truth_streams
from surveillance.storage.log_columns import stored_columns
from surveillance.storage.register import deployment
from surveillance.storage.tables.data import CASE, OUTCOME, STREAM, STUDY_ORDER

CASE_KEYS = ("case_id", "acquired_at", "result_at", "batch_id", "line")
OUTCOME_KEY = ["case_id", "truth_source", "recorded_at"]


def read_cases(
    connection: Connection, deployment_id: int, seen_by: int, columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """Read a deployment's studies as known to the store at `seen_by`, sorted by acquisition, then pseudonym.

    A study read more than once counts once, by its first result, then by file and line;
    `frame.attrs["read_again"]` says how many further reads with another result time were set aside.

    Parameters
    ----------
    seen_by : microseconds since 1970, UTC
    columns : the columns wanted, every one where none is named; the key columns always come along

    Returns
    -------
    Frame with times as int64 microseconds, texts as str, flags and `result_at` as Int64 with NA, shares as float64.
    """
    version = deployment(connection, deployment_id)
    streams = case_streams(connection, version, seen_by)
    wanted = set(columns) | set(CASE_KEYS) if columns is not None else set(CASE.c.keys())
    asked = [column for column in CASE.c if column.name in wanted and column.name != "stream_id"]
    query = select(*asked).where(of_streams(CASE, streams, seen_by), own_period(connection, version, seen_by))
    return _first_reads(as_frame(read_columns(connection, query)))


def read_outcomes(connection: Connection, deployment_id: int, seen_by: int) -> pd.DataFrame:
    """Read the truths about a deployment's product at its site, as known to the store at `seen_by`.

    The same statement in two files counts once. Where one source said two things of a study at one time, neither
    counts until a later truth or a withdrawal resolves it: see `conflicts`.
    """
    frame = _statements(connection, deployment_id, seen_by)
    kept = frame[~frame["conflict"]].drop(columns="conflict")
    return kept.drop_duplicates([*OUTCOME_KEY, "truth"], ignore_index=True)


def conflicts(connection: Connection, deployment_id: int, seen_by: int) -> pd.DataFrame:
    """List the truths that contradict each other: one study, one source, one time, and different findings."""
    frame = _statements(connection, deployment_id, seen_by)
    return frame[frame["conflict"]].drop(columns="conflict").reset_index(drop=True)


def read_orders(connection: Connection, site: str, seen_by: int) -> pd.DataFrame:
    """Read what the RIS says was eligible at a site, each study once, as known to the store at `seen_by`."""
    named = select(STREAM.c.id).where(STREAM.c.model == "", STREAM.c.version == "", STREAM.c.site == site)
    streams = list(connection.execute(named).scalars())
    asked = [column for column in STUDY_ORDER.c if column.name != "stream_id"]
    query = select(*asked).where(of_streams(STUDY_ORDER, streams, seen_by))
    frame = as_frame(read_columns(connection, query)).sort_values(["acquired_at", "batch_id", "line"])
    return frame.drop_duplicates("case_id", ignore_index=True)


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


def _first_reads(frame: pd.DataFrame) -> pd.DataFrame:
    ordered = frame.sort_values(["acquired_at", "case_id"], kind="stable", ignore_index=True)
    repeated = ordered["case_id"].duplicated(keep=False).to_numpy()
    if not repeated.any():
        ordered.attrs["read_again"] = 0
        return ordered
    result = ordered["result_at"].fillna(np.iinfo(np.int64).max).to_numpy(dtype=np.int64)
    place = np.lexsort((ordered["line"], ordered["batch_id"], result))
    first = np.zeros(len(ordered), dtype=bool)
    first[place[~ordered["case_id"].iloc[place].duplicated().to_numpy()]] = True
    kept = ordered[first].reset_index(drop=True)
    reads = ordered.loc[repeated, ["case_id", "result_at"]].drop_duplicates()
    kept.attrs["read_again"] = len(reads) - reads["case_id"].nunique()
    return kept


def _statements(connection: Connection, deployment_id: int, seen_by: int) -> pd.DataFrame:
    streams = truth_streams(connection, deployment(connection, deployment_id))
    asked = [OUTCOME.c.batch_id, *stored_columns(OUTCOME)]
    frame = as_frame(read_columns(connection, select(*asked).where(of_streams(OUTCOME, streams, seen_by))))
    frame = frame.sort_values(["recorded_at", "case_id", "batch_id", "line"], ignore_index=True)
    frame["conflict"] = False
    repeated = frame.duplicated(OUTCOME_KEY, keep=False)
    if repeated.any():
        findings = frame[repeated].groupby(OUTCOME_KEY)["truth"].transform("nunique")
        frame.loc[findings.index[findings > 1], "conflict"] = True
    return frame
