"""Read delimited text into columns of text: nothing typed, nothing guessed, every line accounted for."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.field_limits import MAXIMUM_FIELD, MAXIMUM_LINE, MAXIMUM_LINES, refuse_long_fields
from surveillance.storage.outcome_log.layout import Layout
from surveillance.storage.outcome_log.quoted_reader import read_quoted
from surveillance.storage.outcome_log.text_table import Misfit, TextTable

QUOTE, NEWLINE = ord('"'), ord("\n")


def read_table(data: bytes, layout: Layout, wanted: tuple[str, ...]) -> TextTable:
    """Return the wanted columns of a file, with the line each row stands on.

    Parameters
    ----------
    data : the file as UTF-8 with plain line ends
    layout : its delimiter and header
    wanted : column names to read; the others are counted as fields and then dropped

    Raises
    ------
    FileRefused
        If a field or line is too long, or a quote is not closed.
    """
    characters = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(characters == NEWLINE)
    widths = np.diff(np.concatenate(([-1], ends, [len(characters)]))) - 1
    if widths.max(initial=0) > MAXIMUM_LINE:
        line = int(np.argmax(widths)) + 1
        raise FileRefused(f"Line {line} is longer than {MAXIMUM_LINE:,} characters. Export the file again as CSV.")
    if len(widths) > MAXIMUM_LINES:
        raise FileRefused(f"The file has more than {MAXIMUM_LINES:,} lines. Split it by month and load the parts.")
    line_count = len(widths) - (1 if data.endswith(b"\n") else 0)
    starts = np.concatenate(([0], ends + 1))
    if _quotes_need_care(characters, ends, layout.delimiter):
        table = read_quoted(data, layout, wanted, line_count)
    else:
        table = _read_plain(data, layout, wanted, starts, line_count)
    if widths.max(initial=0) > MAXIMUM_FIELD:
        refuse_long_fields(table)
    return table


def _quotes_need_care(characters: NDArray[np.uint8], ends: NDArray[np.int64], delimiter: str) -> bool:
    """Return whether a quoted field spans lines, or a quote stands inside a field."""
    quotes = np.flatnonzero(characters == QUOTE)
    if not len(quotes):
        return False
    if (np.searchsorted(quotes, np.append(ends, len(characters))) % 2).any():
        return True
    boundary = np.zeros(256, dtype=bool)
    boundary[[QUOTE, NEWLINE, ord(delimiter)]] = True
    before = boundary[characters[np.maximum(quotes - 1, 0)]] | (quotes == 0)
    after = boundary[characters[np.minimum(quotes + 1, len(characters) - 1)]] | (quotes == len(characters) - 1)
    return bool((~before & ~after).any())


def _read_plain(
    data: bytes, layout: Layout, wanted: tuple[str, ...], starts: NDArray[np.int64], line_count: int
) -> TextTable:
    """Read a file in which every record is one line."""
    from pyarrow import csv

    names = [f"{name}" if name else f"(column {i})" for i, name in enumerate(layout.header, start=1)]
    body = int(starts[layout.header_row]) if layout.header_row < len(starts) else len(data)
    skipped: list[Misfit] = []

    def skip(row: csv.InvalidRow) -> str:
        """Note a line whose field count is wrong."""
        skipped.append(Misfit(row.number + layout.header_row, row.actual_columns, row.text))
        return "skip"

    raw = line_reader(data, starts)
    if body >= len(data):
        empty = {name: pa.array([], pa.string()) for name in wanted}
        return TextTable(empty, layout.header, np.zeros(0, dtype=np.int64), (), raw, line_count)
    try:
        table = csv.read_csv(
            pa.BufferReader(pa.py_buffer(data).slice(body)),
            read_options=csv.ReadOptions(column_names=names, use_threads=False, block_size=1 << 24),
            parse_options=csv.ParseOptions(
                delimiter=layout.delimiter, ignore_empty_lines=False, invalid_row_handler=skip
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=list(wanted),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid as error:
        raise FileRefused(f"The file cannot be read as delimited text: {error}. Export it again as CSV.") from error
    every = np.arange(layout.header_row + 1, layout.header_row + 1 + table.num_rows + len(skipped), dtype=np.int64)
    lines = np.setdiff1d(every, [misfit.line for misfit in skipped], assume_unique=True)
    columns = {name: table.column(name).combine_chunks() for name in wanted}
    return TextTable(columns, layout.header, lines, tuple(skipped), raw, line_count)


def line_reader(data: bytes, starts: NDArray[np.int64]) -> Callable[[int], str]:
    """Return a function that gives the text of a line by its number."""

    def raw(line: int) -> str:
        """Return the line without its end."""
        end = int(starts[line]) - 1 if line < len(starts) else len(data)
        return data[int(starts[line - 1]) : end].decode("utf-8")

    return raw
