"""Read files whose quoted fields span lines: slower, one record at a time."""

import csv
import io
from collections.abc import Callable

import numpy as np
import pyarrow as pa

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.layout import Layout
from surveillance.storage.outcome_log.text_table import Misfit, TextTable


def read_quoted(data: bytes, layout: Layout, wanted: tuple[str, ...], line_count: int) -> TextTable:
    """Return the wanted columns of a file in which a record may run over several lines.

    Raises
    ------
    FileRefused
        If a quote is not closed, or text follows a closing quote.
    """
    lines = data.decode("utf-8").split("\n")
    body = "\n".join(lines[layout.header_row :])
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=layout.delimiter, strict=True)
    places = [layout.header.index(name) for name in wanted]
    cells: list[list[str]] = [[] for _ in wanted]
    starts: list[int] = []
    last_lines: dict[int, int] = {}
    misfits: list[Misfit] = []
    start = layout.header_row + 1
    try:
        for fields in reader:
            end = layout.header_row + reader.line_num
            last_lines[start] = end
            if not fields:
                fields = [""] * len(layout.header)
            if len(fields) != len(layout.header):
                misfits.append(Misfit(start, len(fields), "\n".join(lines[start - 1 : end])))
            else:
                starts.append(start)
                for column, place in zip(cells, places, strict=True):
                    column.append(fields[place])
            start = end + 1
    except csv.Error as error:
        raise FileRefused(
            f"Line {start}: a quote is not closed, or text follows a closing quote ({error}). "
            "Correct the quotes on that line and load the file again."
        ) from error
    return TextTable(
        {name: pa.array(column, pa.string()) for name, column in zip(wanted, cells, strict=True)},
        layout.header,
        np.array(starts, dtype=np.int64),
        tuple(misfits),
        _record_reader(lines, last_lines),
        line_count,
    )


def _record_reader(lines: list[str], last_lines: dict[int, int]) -> Callable[[int], str]:
    """Return a function that gives the text of the record that starts on a line."""
    return lambda line: "\n".join(lines[line - 1 : last_lines.get(line, line)])
