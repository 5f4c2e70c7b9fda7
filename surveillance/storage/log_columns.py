"""Checks the columns of a log to be stored and brings each to the one type that both engines keep."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sqlalchemy import Column, Table
from sqlalchemy.types import REAL, Double, Text

from surveillance.storage.tables.data import CASE, OUTCOME, STUDY_ORDER

NAMED_IN_STREAM = {CASE: ("model", "version", "site"), OUTCOME: ("model", "site"), STUDY_ORDER: ("site",)}
TIME = {CASE: "acquired_at", OUTCOME: "recorded_at", STUDY_ORDER: "acquired_at"}
KEPT_ELSEWHERE = ("stream_id", "batch_id")
Stream = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one file for one table: `stream` names each stream once, `place` gives each row its stream.

    Rows are sorted by stream (model, version, site in order of text) and line.
    """

    table: Table
    columns: pa.Table
    streams: tuple[Stream, ...]
    place: NDArray[np.int64]

    def slice_of(self, number: int) -> pa.Table:
        """Return the rows of one stream."""
        first, end = np.searchsorted(self.place, [number, number + 1])
        return self.columns.slice(int(first), int(end - first))


def arrow_type(column: Column[object]) -> pa.DataType:
    """Return the type in which a column of a log is carried: text, whole number or number."""
    if isinstance(column.type, Text):
        return pa.large_string()
    return pa.float64() if isinstance(column.type, (Double, REAL)) else pa.int64()


def stored_columns(table: Table) -> list[Column[object]]:
    """List the columns of a log table that come from the file."""
    return [column for column in table.columns if column.name not in KEPT_ELSEWHERE]


def rows_of(frame: pd.DataFrame, table: Table) -> Rows:
    """Take the rows of a frame for a table, missing values as nulls, sorted as they will be stored.

    Raises
    ------
    ValueError
        If the frame has a column that the table does not keep, or lacks one that a row needs.
    """
    named = NAMED_IN_STREAM[table]
    wanted = stored_columns(table)
    _check_names(frame, table, named)
    codes, streams = _streams(frame, table, named)
    line = frame["line"].to_numpy(dtype=np.int64)
    order = np.lexsort((line, codes))
    in_order = bool((order[1:] > order[:-1]).all())
    arrays = {}
    for column in wanted:
        array = _as_arrow(frame, column)
        arrays[column.name] = array if in_order else array.take(pa.array(order))
    return Rows(table, pa.table(arrays), streams, codes if in_order else codes[order])


def _check_names(frame: pd.DataFrame, table: Table, named: tuple[str, ...]) -> None:
    columns = stored_columns(table)
    unknown = set(frame.columns) - {column.name for column in columns} - set(named)
    needed = {column.name for column in columns if not column.nullable} | set(named)
    absent = needed - set(frame.columns)
    if unknown or absent:
        raise ValueError(
            f"Rows for {table.name} lack {sorted(absent) or 'nothing'} and have unknown {sorted(unknown) or 'nothing'}"
        )


def _streams(frame: pd.DataFrame, table: Table, named: tuple[str, ...]) -> tuple[NDArray[np.int64], tuple[Stream, ...]]:
    texts = [_text(frame[name]).dictionary_encode() for name in named]
    code = np.zeros(len(frame), dtype=np.int64)
    for text in texts:
        code = code * max(1, len(text.dictionary)) + text.indices.to_numpy()
    _, first, place = np.unique(code, return_index=True, return_inverse=True)
    parts = [[text[int(row)].as_py() for row in first] for text in texts]
    keys = [_stream(table, values) for values in zip(*parts, strict=True)]
    by_name = sorted(range(len(keys)), key=keys.__getitem__)
    rank = np.empty(len(keys), dtype=np.int64)
    rank[by_name] = np.arange(len(keys))
    return rank[place], tuple(keys[number] for number in by_name)


def _stream(table: Table, values: tuple[str, ...]) -> Stream:
    if table is CASE:
        return (values[0], values[1], values[2])
    return (values[0], "", values[1]) if table is OUTCOME else ("", "", values[0])


def _text(series: "pd.Series[str]") -> pa.Array:
    array = _whole(pa.Array.from_pandas(series)).cast(pa.large_string())
    if array.null_count:
        raise ValueError(f"Column {series.name} names the product, version or site and may not be empty")
    return array


def _as_arrow(frame: pd.DataFrame, column: Column[object]) -> pa.Array:
    kind = arrow_type(column)
    if column.name not in frame.columns:
        return pa.nulls(len(frame), kind)
    array = _whole(pa.Array.from_pandas(frame[column.name]))
    if pa.types.is_boolean(array.type) and kind == pa.int64():
        return array.cast(pa.int8()).cast(kind)
    return array.cast(kind)


def _whole(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    joined = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    if isinstance(joined, pa.ChunkedArray):
        joined = pa.concat_arrays(joined.chunks)
    return pc.cast(joined, joined.type.value_type) if pa.types.is_dictionary(joined.type) else joined
