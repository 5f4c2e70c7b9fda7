"""Which dates of a column fall into an hour that a clock skips in spring or repeats in autumn."""

import numpy as np
import pandas as pd
import pyarrow as pa

from surveillance.storage.outcome_log.date_formats import read_format
from surveillance.storage.outcome_log.guessing.column_facts import ColumnFacts
from surveillance.storage.outcome_log.guessing.date_guess import DateReading
from surveillance.storage.outcome_log.repeated_hour import second_pass


def repeated_hours(facts: ColumnFacts, reading: DateReading, zone: str) -> tuple[list[str], list[str], bool]:
    """Return the texts that do not exist on a clock, those that it shows twice, and whether their order tells which."""
    texts = pa.array([cell or None for cell in facts.cells], pa.string())
    local = np.zeros(len(texts), dtype=np.int64)
    read = np.zeros(len(texts), dtype=bool)
    for one in reading.formats:
        found = read_format(texts, one)
        fresh = found.read & ~read & ~found.has_offset & found.timed
        local[fresh] = found.local[fresh]
        read |= fresh
    clock = pd.DatetimeIndex(local.astype("datetime64[us]"))
    summer = clock.tz_localize(zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="NaT")
    skipped = np.asarray(summer.isna()) & read
    lost = np.asarray(clock.tz_localize(zone, ambiguous="NaT", nonexistent="NaT").isna()) & read
    repeated = lost & ~skipped
    told = second_pass(local, read, repeated)
    named = [[facts.cells[row] for row in np.flatnonzero(which)] for which in (skipped, repeated)]
    return named[0], named[1], told is not None
