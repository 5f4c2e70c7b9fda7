"""Open a Parquet file as columns of text, its limits checked before and while it is unpacked."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.column_forms import ColumnForms
from surveillance.storage.outcome_log.field_limits import MAXIMUM_LINES, refuse_long_fields
from surveillance.storage.outcome_log.grid_table import DELIMITER, MOST_TEXT, UNREAD, as_line, raw_reader
from surveillance.storage.outcome_log.layout import MAXIMUM_COLUMNS, SEARCHED_LINES, Layout
from surveillance.storage.outcome_log.parquet_pages import DAMAGED, check_pages
from surveillance.storage.outcome_log.parquet_texts import (
    MOST_FIELD,
    as_texts,
    exact_below,
    is_read,
    is_text,
    size_as_text,
)
from surveillance.storage.outcome_log.sheet import Sheet
from surveillance.storage.outcome_log.text_table import BrokenCell, TextTable

PARQUET = b"PAR1"
ROWS_AT_ONCE = 32_768
MOST_FOOTER, MOST_CHUNKS = 8_000_000, 20_000
SPLIT = "Split the export by month and load the parts."
NOT_FINITE = ("a number must be finite", "leave the cell empty where there is no number")
TOO_LONG = (
    "a whole number held as a fraction must be below {:,}",
    "a fraction skips some whole numbers from there on: export this column as text",
)


@dataclass(frozen=True, slots=True)
class ParquetColumns:
    """A Parquet file whose footer and pages have been checked."""

    data: bytes
    names: tuple[str, ...]
    texts: tuple[str, ...]
    rows: int

    def batches(self, names: list[str], size: int) -> Iterator[pa.RecordBatch]:
        """Give the named columns, so many rows at a time, texts as dictionaries: one long text stays one."""
        rows = 0
        try:
            file = _opened(self.data, self.texts)
            for batch in file.iter_batches(size, columns=names, use_threads=False):
                rows += len(batch)
                if rows > self.rows:
                    raise FileRefused(DAMAGED.format("it holds more rows than its footer says"))
                yield batch
        except (pa.ArrowException, OSError, ValueError) as error:
            raise FileRefused(DAMAGED.format(str(error).partition("\n")[0][:200].rstrip(". "))) from error
        if size > SEARCHED_LINES and rows != self.rows and names:
            raise FileRefused(DAMAGED.format(f"it holds {rows:,} rows and its footer says {self.rows:,}"))


def open_parquet(data: bytes) -> Sheet:
    """Return the one table of a Parquet file; line 1 is its column names, its first row is line 2.

    Raises
    ------
    FileRefused
        If it is damaged, larger unpacked than is read, or has a column of lists, structures or other types.
    """
    columns = _checked(data)

    def table(layout: Layout, wanted: tuple[str, ...], forms: ColumnForms) -> TextTable:
        """Read the wanted columns."""
        theirs = {name: columns.names[layout.header.index(name)] for name in wanted}
        return _table(columns, theirs, layout, forms.commas)

    head = [as_line([" ".join(name.split()) for name in columns.names])]
    for batch in islice(columns.batches(list(columns.names), SEARCHED_LINES - 1), 1):
        texts = [_texts(batch.column(batch.schema.get_field_index(n)), n, comma=False) for n in columns.names]
        head += [as_line([" ".join(cell.split()) for cell in row]) for row in zip(*map(_list, texts), strict=True)]
    return Sheet("", tuple(head), DELIMITER, table)


def _list(texts: pa.Array) -> list[str]:
    """Return a column as a list."""
    cells: list[str] = texts.to_pylist()
    return cells


def _checked(data: bytes) -> ParquetColumns:
    """Check the footer, then the pages, before anything is unpacked."""
    if len(data) < 12 or not data.endswith(PARQUET):
        raise FileRefused(DAMAGED.format("its end is missing"))
    footer = int.from_bytes(data[-8:-4], "little")
    if footer > len(data) - 12:
        raise FileRefused(DAMAGED.format("its footer is longer than the file"))
    if footer > MOST_FOOTER:
        raise FileRefused(f"The footer of the Parquet file is larger than {MOST_FOOTER // 1_000_000} MB. {SPLIT}")
    try:
        file = _opened(data, ())
        about, schema = file.metadata, file.schema_arrow
        rows, groups = about.num_rows, about.num_row_groups
        if rows > MAXIMUM_LINES:
            raise FileRefused(f"The Parquet file has {rows:,} rows, more than {MAXIMUM_LINES:,}. {SPLIT}")
        if about.num_columns > MAXIMUM_COLUMNS or groups * about.num_columns > MOST_CHUNKS:
            raise FileRefused(
                f"The Parquet file has {about.num_columns:,} columns in {groups:,} groups, more than is read. "
                "Export only the columns that the profile reads."
            )
        for field in schema:
            if not is_read(field.type):
                raise FileRefused(
                    f"Column '{field.name[:60]}' of the Parquet file is of type {str(field.type)[:60]}, which no log "
                    "holds. Export it as text, or leave it out."
                )
        chunks = [about.row_group(g).column(c) for g in range(groups) for c in range(about.num_columns)]
        places = [(_start(chunk), chunk.total_compressed_size) for chunk in chunks]
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise FileRefused(DAMAGED.format(str(error).partition("\n")[0][:200].rstrip(". "))) from error
    check_pages(data, places)
    texts = tuple(field.name for field in schema if is_text(field.type))
    return ParquetColumns(data, tuple(schema.names), texts, rows)


def _opened(data: bytes, texts: tuple[str, ...]) -> Any:
    """Open with limits on the footer, checksums checked where there are any."""
    from pyarrow import parquet

    return parquet.ParquetFile(
        pa.BufferReader(data), read_dictionary=list(texts), page_checksum_verification=True,
        coerce_int96_timestamp_unit="us", thrift_string_size_limit=MOST_FOOTER, thrift_container_size_limit=1_000_000,
    )  # fmt: skip


def _start(chunk: Any) -> int:
    """Return where a column chunk begins."""
    first = chunk.dictionary_page_offset
    return int(chunk.data_page_offset if not first else min(first, chunk.data_page_offset))


def _texts(values: pa.Array, name: str, *, comma: bool) -> pa.Array:
    """Return a batch of one column as text, refusing what would not fit."""
    _, longest = size_as_text(values)
    if longest > 4 * MOST_FIELD:
        raise FileRefused(
            f"Column '{name[:60]}' of the Parquet file has a text of {longest:,} bytes; no field is so long. "
            "Leave that column out of the export."
        )
    texts = as_texts(values, comma=comma)
    texts.validate(full=True)
    if is_text(values.type) and pc.any(pc.match_substring(texts, "\x00")).as_py():
        raise FileRefused(f"Column '{name[:60]}' holds a NUL character, so the file is damaged. Export it again.")
    return texts


def _table(columns: ParquetColumns, theirs: dict[str, str], layout: Layout, commas: frozenset[str]) -> TextTable:
    """Read columns (ours of the header -> the file's own name) batch by batch."""
    chunks: dict[str, list[pa.Array]] = {name: [] for name in theirs}
    broken: list[BrokenCell] = []
    size, first = 0, layout.header_row + 1
    for batch in columns.batches(list(theirs.values()), ROWS_AT_ONCE):
        for name, original in theirs.items():
            values = batch.column(batch.schema.get_field_index(original))
            size += size_as_text(values)[0]
            if size > MOST_TEXT:
                raise FileRefused(f"The Parquet file unpacks to more than {MOST_TEXT // 1_000_000} MB. {SPLIT}")
            texts = _texts(values, name, comma=name in commas)
            chunks[name].append(texts)
            broken += _odd_numbers(values, name, first)
        first += len(batch)
    lines = np.arange(layout.header_row + 1, layout.header_row + 1 + columns.rows, dtype=np.int64)
    read = {name: pa.chunked_array(parts, pa.string()).combine_chunks() for name, parts in chunks.items()}
    # A row of a Parquet file is a row, even where the columns that are read are all empty.
    raw = raw_reader(read, layout.header, lines, lambda _: UNREAD)
    table = TextTable(read, layout.header, lines, (), raw, len(lines) + 1, typed=True, broken=tuple(broken))
    refuse_long_fields(table)
    return table


def _odd_numbers(values: pa.Array, name: str, first: int) -> list[BrokenCell]:
    """Return the cells whose fractions are no numbers, or whole numbers that have lost digits."""
    values = values.dictionary_decode() if pa.types.is_dictionary(values.type) else values
    if not pa.types.is_floating(values.type):
        return []
    numbers = np.asarray(pc.fill_null(values.cast(pa.float64()), 0.0).to_numpy(zero_copy_only=False))
    end = exact_below(values.type)
    found = []
    for odd, (rule, fix) in (
        (~np.isfinite(numbers), NOT_FINITE),
        (np.isfinite(numbers) & (np.abs(numbers) >= end), (TOO_LONG[0].format(end), TOO_LONG[1])),
    ):
        found += [BrokenCell(first + int(n), name, rule, str(numbers[n]), fix) for n in np.flatnonzero(odd)]
    return found
