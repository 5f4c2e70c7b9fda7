"""Find how a column of dates is written where the profile does not say."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from surveillance.storage.outcome_log.date_formats import read_format

SEPARATORS = ("/", ".", "-")
CLOCKS = ("", " %H:%M", " %H:%M:%S")
SAMPLE = 2_000


def find_formats(texts: pa.Array) -> tuple[tuple[str, ...], str, NDArray[np.bool_] | None]:
    """Return the formats of a column, how they are known, and the rows (bool, shape (n,)) that stay in doubt.

    ISO dates are known by their look. Day first or month first is known only if one of the two
    orders reads every other date of the column and the other does not; else those rows stay in doubt.

    Examples
    --------
    >>> find_formats(pa.array(["03/04/2026", "25/04/2026"]))[0]
    ('%d/%m/%Y',)
    >>> find_formats(pa.array(["03/04/2026", "05/05/2026"]))[2].tolist()
    [True, False]
    """
    iso = read_format(texts, "iso").read
    rest = texts.is_valid().to_numpy(zero_copy_only=False) & ~iso
    used = ("iso",) if iso.any() else ()
    if not rest.any():
        return used, "found", None
    sample = texts.take(pa.array(np.flatnonzero(rest)[:SAMPLE]))
    day_first, month_first = [], []
    for separator in SEPARATORS:
        for clock in CLOCKS:
            day = separator.join(("%d", "%m", "%Y")) + clock
            month = separator.join(("%m", "%d", "%Y")) + clock
            if read_format(sample, day).read.any() or read_format(sample, month).read.any():
                day_first.append(day)
                month_first.append(month)
    by_day, by_month = _read(texts, day_first), _read(texts, month_first)
    days_read, months_read = by_day[1], by_month[1]
    all_days, all_months = bool(days_read[rest].all()), bool(months_read[rest].all())
    if all_days != all_months:
        return (*used, *(day_first if all_days else month_first)), "found: it alone reads every date", None
    if all_days:
        return (*used, *day_first), "day and month in doubt", rest & (by_day[0] != by_month[0])
    if not day_first:
        return used, "found", None
    return (*used, *day_first), "day and month in doubt", rest & (days_read | months_read)


def _read(texts: pa.Array, formats: list[str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return local microseconds under any of the formats, and where one of them reads."""
    local, read = np.zeros(len(texts), dtype=np.int64), np.zeros(len(texts), dtype=bool)
    for one in formats:
        reading = read_format(texts, one)
        local = np.where(reading.read, reading.local, local)
        read |= reading.read
    return local, read
