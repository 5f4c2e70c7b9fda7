"""Where a held line belongs, as far as it can be read: its product, version, site and time."""

import csv
import io
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from surveillance.errors import SurveillanceError
from surveillance.storage.outcome_log.holds import Holds
from surveillance.storage.outcome_log.joined_columns import join_columns
from surveillance.storage.outcome_log.mapping import MappedRows
from surveillance.storage.outcome_log.parsed_file import ParsedFile
from surveillance.storage.outcome_log.product_rows import map_products
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.text_table import TextTable

MOST = 5_000  # held lines; of a file with more of them only its whole span is known
TIMES = ("acquired_at", "truth_recorded_at")


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of one held line; "" and None where it cannot be read. The time is in microseconds."""

    line: int
    model: str
    version: str
    site: str
    at: int | None


def held_places(parsed: ParsedFile, profile: Profile) -> tuple[Place, ...]:
    """Read what can be read of the held lines of a file; a line of several products has a place for each."""
    header, mark = parsed.understood.header, parsed.understood.delimiter
    cells: dict[int, list[str]] = {}
    for fault in parsed.held:
        if fault.raw and fault.line not in cells:
            row = next(csv.reader(io.StringIO(fault.raw, newline=""), delimiter=mark), [])
            if len(row) == len(header):
                cells[fault.line] = row
    if not cells or len(cells) > MOST:
        return ()
    lines = np.array(sorted(cells), dtype=np.int64)
    texts = {
        name: pa.array([cells[line][place] for line in lines.tolist()], pa.string())
        for place, name in enumerate(header)
        if name in profile.reads
    }
    typed = parsed.understood.container != "text"
    table = TextTable(texts, header, lines, (), lambda _line: "", len(lines), typed=typed)
    try:
        parts = map_products(join_columns(table, profile.joined, profile.reads_alone), profile, Holds(len(lines)))
    except SurveillanceError:
        return ()  # what the reader holds it may also not map; then nothing is known of these lines
    found = [
        _place(int(lines[row]), part.mapped, number) for part in parts for number, row in enumerate(part.rows.tolist())
    ]
    return tuple(sorted(found, key=lambda one: one.line))


def _place(line: int, mapped: MappedRows, row: int) -> Place:
    model, version, site = (_word(mapped, name, row) for name in ("model", "version", "site"))
    return Place(line, model, version, site, _at(mapped, row))


def _word(mapped: MappedRows, name: str, row: int) -> str:
    return (mapped.words[name][row].as_py() or "") if name in mapped.words else ""


def _at(mapped: MappedRows, row: int) -> int | None:
    for name in TIMES:
        if name in mapped.moments and mapped.moments[name].given[row]:
            return int(mapped.moments[name].at[row])
    return None
