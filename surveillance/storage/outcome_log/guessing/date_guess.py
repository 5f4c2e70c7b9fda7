"""How a column of dates is written, with the rows that prove it; a column in doubt has several readings."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa

from surveillance.storage.outcome_log.date_examples import example_of
from surveillance.storage.outcome_log.date_formats import Reading, read_format
from surveillance.storage.outcome_log.date_signs import pattern
from surveillance.storage.outcome_log.guessing.column_facts import ColumnFacts

CLOCKS: Final = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", " %H%M", " %H%M%S",
                 " %H:%M %z", " %H:%M:%S %z", "T%H:%M", "T%H:%M:%S")  # fmt: skip


def _written(*days: str) -> tuple[str, ...]:
    """Return day formats with every way to write a time of day behind them."""
    return tuple(day + clock for day in days for clock in CLOCKS)


ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "year first": ("iso", *_written("%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"), "%Y%m%d%H%M%S", "%Y%m%d%H%M"),
    "month in letters": _written("%d-%b-%Y", "%d %b %Y", "%d-%b-%y", "%d/%b/%Y", "%d %b %y", "%b %d %Y"),
    "day first": _written("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d.%m.%y", "%d-%m-%y"),
    "month first": _written("%m/%d/%Y", "%m.%d.%Y", "%m-%d-%Y", "%m/%d/%y", "%m.%d.%y", "%m-%d-%y"),
    "spreadsheet day numbers": ("excel",),
}
EXCHANGED: Final = {"day first": "month first", "month first": "day first"}
ENOUGH = 0.9
LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class DateReading:
    """One way to read a column.

    Attributes
    ----------
    order : a key of `ORDERS`
    formats : the formats it takes, in order of use
    read : filled cells that it reads, of `filled`
    untimed : cells without a time of day (in a spreadsheet's day numbers: at midnight exactly)
    zoned : cells that say their offset from UTC
    proof : a cell that this order reads and the exchanged one does not, or ""
    unread : cells that it does not read
    """

    order: str
    formats: tuple[str, ...]
    read: int
    filled: int
    untimed: int
    zoned: int
    proof: str
    unread: tuple[str, ...]

    @property
    def share(self) -> float:
        """Return the share of filled cells that it reads."""
        return self.read / self.filled if self.filled else 0.0

    @property
    def words(self) -> str:
        """Return how the dates are written, by examples."""
        return "; or ".join(example_of(one) for one in self.formats)


def date_readings(facts: ColumnFacts) -> tuple[DateReading, ...]:
    """Return every reading of a column that reads nine cells of ten, the best first; none if it holds no dates.

    Two readings that read equally many cells are in doubt: a person must choose.

    Examples
    --------
    >>> [one.order for one in date_readings(ColumnFacts("d", ("03/04/2026", "25/04/2026")))]
    ['day first']
    >>> [one.order for one in date_readings(ColumnFacts("d", ("03/04/2026", "05/04/2026")))]
    ['day first', 'month first']
    """
    texts = list(facts.words)
    if not texts or facts.filled == 0:
        return ()
    counts = np.array([facts.words[text] for text in texts])
    every = {order: one for order in ORDERS if (one := _reading(order, texts, counts)) is not None}
    good = [one for one in every.values() if one.share >= ENOUGH]
    best = max((one.read for one in good), default=0)
    return tuple(_proven(one, every.get(EXCHANGED.get(one.order, ""))) for one in good if one.read == best)


@cache
def _expression(date_format: str) -> re.Pattern[str]:
    """Return the pattern of a format."""
    return re.compile(pattern(date_format))


def _reading(order: str, texts: list[str], counts: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> DateReading | None:
    """Return what one order makes of the distinct texts of a column."""
    array, read, used = pa.array(texts, pa.string()), np.zeros(len(texts), dtype=bool), []
    untimed, zoned = np.zeros(len(texts), dtype=bool), np.zeros(len(texts), dtype=bool)
    for one in ORDERS[order]:
        if not any(map(_expression(one).match, texts[:LOOKED_AT])):  # far cheaper than to read a column in vain
            continue
        reading: Reading = read_format(array, one)
        fresh = reading.read & ~read
        if fresh.any():
            used.append(one)
            untimed |= fresh & ~reading.timed
            zoned |= fresh & reading.has_offset
            read |= fresh
        if read.all():
            break
    if not used:
        return None
    return DateReading(
        order, tuple(used), int(counts[read].sum()), int(counts.sum()), int(counts[untimed].sum()),
        int(counts[zoned].sum()), "", tuple(text for text, fits in zip(texts, read, strict=True) if not fits),
    )  # fmt: skip


def _proven(one: DateReading, rival: DateReading | None) -> DateReading:
    """Return a reading with a cell that its rival, day and month exchanged, does not read."""
    proof = "" if rival is None else next((text for text in rival.unread if text not in one.unread), "")
    return replace(one, proof=proof)
