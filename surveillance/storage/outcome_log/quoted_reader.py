"""Read files whose quoted fields span lines: slower, one record at a time."""

import csv
from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.layout import Layout
from surveillance.storage.outcome_log.text_table import Misfit, TextTable

ROWS_AT_ONCE = 20_000


def read_quoted(
    data: bytes, layout: Layout, wanted: tuple[str, ...], starts: NDArray[np.int64], line_count: int
) -> TextTable:
    """Return the wanted columns of a file in which a record may run over several lines.

    `starts` (int64) says where each line begins.

    Raises
    ------
    FileRefused
        If a quote is not closed, or text follows a closing quote.
    """
    reader = csv.reader(_lines(data, starts, layout.header_row), delimiter=layout.delimiter, strict=True)
    places = [layout.header.index(name) for name in wanted]
    cells: list[list[str]] = [[] for _ in wanted]
    packed: list[list[pa.Array]] = [[] for _ in wanted]
    rows: list[int] = []
    last_lines: dict[int, int] = {}
    misfits: list[Misfit] = []
    raw = record_reader(data, starts, last_lines)
    start = layout.header_row + 1
    try:
        for fields in reader:
            end = layout.header_row + reader.line_num
            if end > start:
                last_lines[start] = end
            if not fields:
                fields = [""] * len(layout.header)
            if len(fields) != len(layout.header):
                misfits.append(Misfit(start, len(fields), raw(start)))
            else:
                rows.append(start)
                for column, place in zip(cells, places, strict=True):
                    column.append(fields[place])
                if len(rows) % ROWS_AT_ONCE == 0:
                    _pack(cells, packed)
            start = end + 1
    except csv.Error as error:
        raise FileRefused(
            f"Line {start}: a quote is not closed, or text follows a closing quote ({error}). "
            "Correct the quotes on that line and load the file again."
        ) from error
    _pack(cells, packed)
    return TextTable(
        {
            name: pa.chunked_array(parts, pa.string()).combine_chunks()
            for name, parts in zip(wanted, packed, strict=True)
        },
        layout.header,
        np.array(rows, dtype=np.int64),
        tuple(misfits),
        raw,
        line_count,
    )


def _lines(data: bytes, starts: NDArray[np.int64], first: int) -> Iterator[str]:
    """Give the lines after the first ones, each with its end, decoded one at a time."""
    for begin, end in zip(starts[first:].tolist(), [*starts[first + 1 :].tolist(), len(data)], strict=False):
        if begin < len(data):
            yield data[begin:end].decode("utf-8").replace("\r\n", "\n")


def _pack(cells: list[list[str]], packed: list[list[pa.Array]]) -> None:
    """Put the collected cells into arrays, which take a tenth of the memory."""
    for column, parts in zip(cells, packed, strict=True):
        parts.append(pa.array(column, pa.string()))
        column.clear()


def record_reader(data: bytes, starts: NDArray[np.int64], last_lines: dict[int, int]) -> Callable[[int], str]:
    """Return a function that gives the text of the record that starts on a line; `last_lines` where it has several."""

    def raw(line: int) -> str:
        """Return the record without its end."""
        last = last_lines.get(line, line)
        end = int(starts[last]) - 1 if last < len(starts) else len(data)
        return data[int(starts[line - 1]) : end].decode("utf-8").replace("\r\n", "\n").removesuffix("\r")

    return raw
