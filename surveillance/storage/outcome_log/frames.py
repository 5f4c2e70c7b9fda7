"""Write mapped rows as the frames that the store keeps: fixed columns, fixed types."""

from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from surveillance.storage.outcome_log.mapping import MappedRows

CASE_TEXTS_BEFORE = ("case_id", "model", "version", "site")
CASE_TEXTS = ("scanner", "kernel", "setting", "age_band", "sex", "ethnicity", "subtype", "patient")
ORDER_TEXTS = ("pathway", "scanner", "setting", "age_band", "sex", "ethnicity")
Kept = NDArray[np.int64]
Value = TypeVar("Value", bound=np.generic)


def case_frame(rows: MappedRows, lines: NDArray[np.int64], kept: Kept) -> pd.DataFrame:
    """Return the accepted studies, one row each.

    Times are int64 microseconds since 1970 in UTC (result_at Int64, may be absent); called Int8 1 or 0 or
    absent; score and sampling_fraction float64, NaN where not given; texts objects, None where not given.
    """
    frame: dict[str, object] = {"line": _chosen(lines, kept)}
    frame |= {ours: _texts(rows, ours, kept) for ours in CASE_TEXTS_BEFORE}
    frame["acquired_at"] = _chosen(rows.moments["acquired_at"].at, kept)
    frame["status"] = _texts(rows, "status", kept, absent="processed")
    frame["score"] = _numbers(rows, "score", kept)
    frame["called"] = _flags(rows, "called", kept)
    frame["result_at"] = _moments(rows, "result_at", kept)
    frame |= {ours: _texts(rows, ours, kept) for ours in CASE_TEXTS}
    frame["audit_selected"] = _yes_no(rows, "audit_selected", kept)
    frame["sampling_fraction"] = _numbers(rows, "sampling_fraction", kept)
    frame["reader_finding"] = _texts(rows, "reader_finding", kept)
    for ours in ("reader_agrees", "heatmap_reviewed", "seen_before_report"):
        frame[ours] = _yes_no(rows, ours, kept)
    frame["groups"] = _texts(rows, "groups", kept)
    return pd.DataFrame(frame, copy=False)


def outcome_frame(
    rows: MappedRows, lines: NDArray[np.int64], kept: Kept, recorded_at: NDArray[np.int64]
) -> pd.DataFrame:
    """Return the accepted truths: truth Int8 1, 0 or 2 for indeterminate; recorded_at in microseconds UTC."""
    return pd.DataFrame(
        {
            "line": _chosen(lines, kept),
            **{ours: _texts(rows, ours, kept) for ours in ("case_id", "model", "site")},
            "truth": _flags(rows, "truth", kept),
            "recorded_at": _chosen(recorded_at, kept),
            "truth_source": _texts(rows, "truth_source", kept),
            "subtype": _texts(rows, "subtype", kept),
        },
        copy=False,
    )


def order_frame(rows: MappedRows, lines: NDArray[np.int64], kept: Kept) -> pd.DataFrame:
    """Return the eligible studies that the radiology information system lists."""
    return pd.DataFrame(
        {
            "line": _chosen(lines, kept),
            **{ours: _texts(rows, ours, kept) for ours in ("case_id", "site")},
            "acquired_at": _chosen(rows.moments["acquired_at"].at, kept),
            **{ours: _texts(rows, ours, kept) for ours in ORDER_TEXTS},
        },
        copy=False,
    )


def _chosen(values: NDArray[Value], kept: Kept) -> NDArray[Value]:
    """Return the kept rows' values, without a copy where all are kept."""
    return values if len(kept) == len(values) else values[kept]


def _texts(rows: MappedRows, ours: str, kept: Kept, absent: str | None = None) -> "pd.Series[str]":
    """Return a word column as Python objects, None (or `absent`) where there is none.

    Where all rows are kept the frames share one array, which cannot be written to.
    """
    texts = rows.objects(ours)
    if texts is None:
        texts = rows.absent(absent)
    elif absent is not None:
        texts = np.where(pd.isna(texts), absent, texts)
    return pd.Series(_chosen(texts, kept), dtype=object, copy=False)


def _numbers(rows: MappedRows, ours: str, kept: Kept) -> NDArray[np.float64]:
    """Return a number column, NaN where it is not mapped."""
    return rows.numbers[ours][kept] if ours in rows.numbers else np.full(len(kept), np.nan)


def _flags(rows: MappedRows, ours: str, kept: Kept) -> ExtensionArray:
    """Return a yes/no column as Int8 that may be absent."""
    values = rows.flags(ours)[kept]
    return pd.arrays.IntegerArray(values, values < 0)


def _yes_no(rows: MappedRows, ours: str, kept: Kept) -> ExtensionArray:
    """Return a yes/no column as booleans that may be absent."""
    values = rows.flags(ours)[kept]
    return pd.arrays.BooleanArray(values == 1, values < 0)


def _moments(rows: MappedRows, ours: str, kept: Kept) -> ExtensionArray:
    """Return a date column as Int64 that may be absent."""
    if ours not in rows.moments:
        return pd.arrays.IntegerArray(np.zeros(len(kept), dtype=np.int64), np.ones(len(kept), dtype=bool))
    moments = rows.moments[ours]
    return pd.arrays.IntegerArray(moments.at[kept], ~moments.given[kept])
