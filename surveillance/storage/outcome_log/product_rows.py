"""Read the rows of each product in a file that holds several; a line counts whole or not at all."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from surveillance.storage.outcome_log.assembly import with_frames
from surveillance.storage.outcome_log.holds import Holds
from surveillance.storage.outcome_log.mapping import MappedRows, map_rows, trimmed
from surveillance.storage.outcome_log.parsed_file import ParsedFile
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.profile_rules import ProductRule
from surveillance.storage.outcome_log.row_rules import check_rows
from surveillance.storage.outcome_log.text_table import TextTable


@dataclass(slots=True)
class ProductRows:
    """The rows of one product: which rows of the table they are (int64), mapped, with their faults."""

    profile: Profile
    rows: NDArray[np.int64]
    mapped: MappedRows
    holds: Holds


def map_products(table: TextTable, profile: Profile, holds: Holds) -> list[ProductRows]:
    """Map the rows of every product of a file, noting in `holds` what cannot be read, once a line and fault.

    A row that no product claims is held: it would vanish otherwise.
    """
    if not profile.products:
        mapped = map_rows(table, profile, holds)
        check_rows(mapped, profile, holds)
        return [ProductRows(profile, np.arange(len(table)), mapped, holds)]
    parts, claimed = [], np.zeros(len(table), dtype=bool)
    for own, part in zip(profile.products, profile.parts, strict=True):
        chosen = _rows_of(table, own, part)
        claimed |= chosen
        own_holds = Holds(int(chosen.sum()))
        mapped = map_rows(table.keep(chosen), part, own_holds)
        check_rows(mapped, part, own_holds)
        parts.append(ProductRows(part, np.flatnonzero(chosen), mapped, own_holds))
    picked = sorted({theirs for own in profile.products for theirs in own.when})
    holds.add(
        ~claimed, picked[0] if picked else "", "a row must belong to a product that the profile knows",
        "correct the cell, or add the product to the profile; a study that no AI was given belongs in the orders file",
        table.columns[picked[0]] if picked else None,
    )  # fmt: skip
    _share_faults(parts, holds)
    return parts


def _rows_of(table: TextTable, own: ProductRule, part: Profile) -> NDArray[np.bool_]:
    """Return which rows (bool, shape (len(table),)) are studies of a product."""
    chosen = np.ones(len(table), dtype=bool)
    for theirs, word in own.when.items():
        chosen &= _bools(pc.equal(pc.utf8_trim_whitespace(table.columns[theirs]), word))
    if own.absent_when_blank and own.columns:
        filled = np.zeros(len(table), dtype=bool)
        for ours, theirs in own.columns.items():
            if theirs in table.columns:
                filled |= _bools(pc.is_valid(trimmed(table.columns[theirs], part, ours)))
        chosen &= filled
    return chosen


def _bools(array: object) -> NDArray[np.bool_]:
    """Return an arrow array of booleans as numpy's."""
    return np.asarray(array, dtype=bool)


def _share_faults(parts: list[ProductRows], holds: Holds) -> None:
    """Put every product's faults on the table's rows, each once, and hold those rows for every product."""
    known = {(fault.column, fault.rule, int(row)) for fault in holds.faults for row in fault.rows}
    for part in parts:
        for fault in part.holds.faults:
            rows = part.rows[fault.rows]
            new = [n for n, row in enumerate(rows.tolist()) if (fault.column, fault.rule, row) not in known]
            known |= {(fault.column, fault.rule, int(rows[n])) for n in new}
            holds.faults.append(replace(fault, rows=rows[new], values=[fault.values[n] for n in new]))
            holds.held[rows] = True
    for part in parts:
        part.holds.held |= holds.held[part.rows]


def with_products(parsed: ParsedFile, parts: list[ProductRows], lines: NDArray[np.int64], holds: Holds) -> ParsedFile:
    """Return the parsed file with the accepted rows of all its products."""
    if len(parts) == 1 and parts[0].holds is holds:
        return with_frames(parsed, parts[0].mapped, lines, parts[0].profile, holds)
    files = [with_frames(parsed, part.mapped, lines[part.rows], part.profile, part.holds) for part in parts]
    notes = dict.fromkeys(note for file in files for note in file.notes)
    doubts = dict.fromkeys(doubt for file in files for doubt in file.doubts)
    return replace(
        parsed,
        cases=_together([file.cases for file in files]),
        outcomes=_together([file.outcomes for file in files]),
        orders=_together([file.orders for file in files]),
        merged=sum(file.merged for file in files),
        notes=tuple(notes),
        doubts=tuple(doubts),
    )


def _together(frames: list[pd.DataFrame | None]) -> pd.DataFrame | None:
    """Return the frames of all products as one, by line."""
    given = [frame for frame in frames if frame is not None]
    if not given:
        return None
    return pd.concat(given, ignore_index=True).sort_values("line", kind="stable").reset_index(drop=True)
