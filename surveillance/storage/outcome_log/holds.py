"""Collects what is wrong with the rows of a file while it is mapped, whole columns at a time."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from surveillance.storage.outcome_log.held_row import HeldRow


@dataclass(frozen=True, slots=True)
class Fault:
    """One rule that some rows of one column break; `values` are what stood in those rows.

    Of a `final` fault's cells no other fault is told: they hold no value that another rule could be about.
    """

    rows: NDArray[np.int64]
    column: str
    rule: str
    fix: str
    values: list[str | None]
    final: bool = False


class Holds:
    """The faults found so far in a table of `size` rows.

    Examples
    --------
    >>> holds = Holds(3)
    >>> holds.add(np.array([False, True, False]), "Flag", "a flag is Y or N", "write Y or N", None)
    >>> holds.held.tolist()
    [False, True, False]
    """

    def __init__(self, size: int) -> None:
        self.held: NDArray[np.bool_] = np.zeros(size, dtype=bool)
        self.faults: list[Fault] = []

    def add(
        self,
        broken: NDArray[np.bool_],
        column: str,
        rule: str,
        fix: str,
        texts: pa.Array | None,
        *,
        final: bool = False,
    ) -> None:
        """Hold the rows marked in `broken` (bool, shape (size,)); `texts` are the column's cells."""
        rows = np.flatnonzero(broken)
        if not len(rows):
            return
        self.held[rows] = True
        values = [None] * len(rows) if texts is None else texts.take(pa.array(rows)).to_pylist()
        self.faults.append(Fault(rows, column, rule, fix, values, final))

    def rows(
        self,
        lines: NDArray[np.int64],
        raw: Callable[[int], str],
        told: Callable[[str, str, str], tuple[str, str]],
    ) -> list[HeldRow]:
        """Return every fault as a held row.

        Parameters
        ----------
        raw : gives a table row's line as it may be kept
        told : gives of a column, a cell and a fix what may be said of the cell, and the fix
        """
        kept: dict[int, str] = {}
        found = []
        final = {(fault.column, row) for fault in self.faults if fault.final for row in fault.rows.tolist()}
        for fault in self.faults:
            for row, value in zip(fault.rows.tolist(), fault.values, strict=True):
                if not fault.final and (fault.column, row) in final:
                    continue
                if row not in kept:
                    kept[row] = raw(row)
                text, fix = told(fault.column, value or "", fault.fix)
                found.append(HeldRow(int(lines[row]), fault.column, fault.rule, text, fix, kept[row]))
        return found
