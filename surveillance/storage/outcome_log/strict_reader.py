"""Read delimited text into columns of text: nothing typed, nothing guessed, every line accounted for."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.field_limits import MAXIMUM_FIELD, MAXIMUM_LINE, MAXIMUM_LINES, refuse_long_fields
from surveillance.storage.outcome_log.layout import Layout
from surveillance.storage.outcome_log.memory import give_back
from surveillance.storage.outcome_log.quoted_reader import read_quoted, record_reader
from surveillance.storage.outcome_log.text_table import Misfit, TextTable

QUOTE, NEWLINE, RETURN = ord('"'), ord("\n"), ord("\r")
PIECE = 1 << 22
LARGE, COLUMNS_AT_ONCE = 50_000_000, 4  # a large file is gone through more than once, so that less is held twice


def read_table(data: bytes, layout: Layout, wanted: tuple[str, ...]) -> TextTable:
    """Return the wanted columns of a file, with the line each row stands on.

    Parameters
    ----------
    data : the file as UTF-8, its lines ended by LF or CR LF
    layout : its delimiter and header
    wanted : column names to read; the others are counted as fields and then dropped

    Raises
    ------
    FileRefused
        If a field or line is too long, or a quote is not closed.
    """
    characters = np.frombuffer(data, dtype=np.uint8)
    if data.count(b"\n") > MAXIMUM_LINES:
        raise FileRefused(f"The file has more than {MAXIMUM_LINES:,} lines. Split it by month and load the parts.")
    ends = _places(characters, NEWLINE)
    widths = np.diff(np.concatenate(([-1], ends, [len(characters)]))) - 1
    if widths.max(initial=0) > MAXIMUM_LINE:
        line = int(np.argmax(widths)) + 1
        raise FileRefused(f"Line {line} is longer than {MAXIMUM_LINE:,} characters. Export the file again as CSV.")
    line_count = len(widths) - (1 if data.endswith(b"\n") else 0)
    starts = np.concatenate(([0], ends + 1))
    if _quotes_need_care(characters, ends, layout.delimiter):
        table = read_quoted(data, layout, wanted, starts, line_count)
    else:
        table = _read_plain(data, layout, wanted, starts, line_count)
    if widths.max(initial=0) > MAXIMUM_FIELD:
        refuse_long_fields(table)
    return table


def _places(characters: NDArray[np.uint8], sign: int) -> NDArray[np.int64]:
    """Return where a sign stands, looking at a piece at a time so that no second file is held in memory."""
    pieces = [
        np.flatnonzero(characters[at : at + PIECE] == sign).astype(np.int64) + at
        for at in range(0, len(characters), PIECE)
    ]
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int64)


def _quotes_need_care(characters: NDArray[np.uint8], ends: NDArray[np.int64], delimiter: str) -> bool:
    """Return whether a quoted field spans lines, or a quote stands inside a field."""
    quotes = _places(characters, QUOTE)
    if not len(quotes):
        return False
    if (np.searchsorted(quotes, np.append(ends, len(characters))) % 2).any():
        return True
    boundary = np.zeros(256, dtype=bool)
    boundary[[QUOTE, NEWLINE, RETURN, ord(delimiter)]] = True
    before = boundary[characters[np.maximum(quotes - 1, 0)]] | (quotes == 0)
    after = boundary[characters[np.minimum(quotes + 1, len(characters) - 1)]] | (quotes == len(characters) - 1)
    return bool((~before & ~after).any())


def _read_plain(
    data: bytes, layout: Layout, wanted: tuple[str, ...], starts: NDArray[np.int64], line_count: int
) -> TextTable:
    """Read a file in which every record is one line."""
    body = int(starts[layout.header_row]) if layout.header_row < len(starts) else len(data)
    raw = record_reader(data, starts, {})
    if body >= len(data):
        empty = {name: pa.array([], pa.string()) for name in wanted}
        return TextTable(empty, layout.header, np.zeros(0, dtype=np.int64), (), raw, line_count)
    buffer = pa.py_buffer(data).slice(body)
    size = len(wanted) if len(data) < LARGE else COLUMNS_AT_ONCE
    columns: dict[str, pa.Array] = {}
    skipped: list[Misfit] = []
    rows = 0
    for at in range(0, len(wanted), size):
        table, skipped = _read_columns(buffer, layout, wanted[at : at + size])
        rows = table.num_rows
        columns |= {name: table.column(name).combine_chunks() for name in table.column_names}
        del table
        give_back()
    every = np.arange(layout.header_row + 1, layout.header_row + 1 + rows + len(skipped), dtype=np.int64)
    lines = np.setdiff1d(every, [misfit.line for misfit in skipped], assume_unique=True)
    return TextTable(columns, layout.header, lines, tuple(skipped), raw, line_count)


def _read_columns(buffer: pa.Buffer, layout: Layout, wanted: tuple[str, ...]) -> tuple[pa.Table, list[Misfit]]:
    """Read some columns, and tell the lines whose field count is wrong."""
    from pyarrow import csv

    names = [f"{name}" if name else f"(column {i})" for i, name in enumerate(layout.header, start=1)]
    skipped: list[Misfit] = []

    def skip(row: csv.InvalidRow) -> str:
        """Note a line whose field count is wrong."""
        skipped.append(Misfit(row.number + layout.header_row, row.actual_columns, row.text.removesuffix("\r")))
        return "skip"

    try:
        table = csv.read_csv(
            pa.BufferReader(buffer),
            read_options=csv.ReadOptions(column_names=names, use_threads=False, block_size=PIECE),
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
    return table, skipped
