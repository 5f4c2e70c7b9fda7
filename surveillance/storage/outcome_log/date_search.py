"""Find how a column of dates is written where the profile does not say."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from surveillance.storage.outcome_log.date_formats import read_format
from surveillance.storage.outcome_log.date_signs import pattern

SEPARATORS = ("/", ".", "-")
CLOCKS = ("", " %H:%M", " %H:%M:%S")
SAMPLE = 2_000
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # October 1954 to January 2119


def find_formats(texts: pa.Array) -> tuple[tuple[str, ...], str, NDArray[np.bool_] | None]:
    """Return the formats of a column, how they are known, and the rows (bool, shape (n,)) that stay in doubt.

    ISO dates are known by their look. Day first or month first is known only if one of the two
    orders reads every other date of the column and the other does not; else those rows stay in doubt. A column
    whose every cell is a number from 20000 to 80000 holds the day numbers of a spreadsheet; beside other dates such a
    number is not read.

    Examples
    --------
    >>> find_formats(pa.array(["03/04/2026", "25/04/2026"]))[0]
    ('%d/%m/%Y',)
    >>> find_formats(pa.array(["03/04/2026", "05/05/2026"]))[2].tolist()
    [True, False]
    >>> find_formats(pa.array(["46146.5", "46147"]))[0], find_formats(pa.array(["46146.5", "2026-05-05"]))[0]
    (('excel',), ('iso',))
    """
    if _all_serial(texts):
        return ("excel",), "found: every cell is a spreadsheet's day number", None
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


def _all_serial(texts: pa.Array) -> bool:
    """Return whether every given cell is a number in the range of day numbers."""
    given = texts.drop_null()
    if not len(given) or not pc.all(pc.match_substring_regex(given, pattern("excel"))).as_py():
        return False
    number = pc.cast(pc.replace_substring(given, ",", "."), pa.float64())
    return bool(pc.min(number).as_py() >= FIRST_SERIAL and pc.max(number).as_py() <= LAST_SERIAL)


def _read(texts: pa.Array, formats: list[str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return local microseconds under any of the formats, and where one of them reads."""
    local, read = np.zeros(len(texts), dtype=np.int64), np.zeros(len(texts), dtype=bool)
    for one in formats:
        reading = read_format(texts, one)
        local = np.where(reading.read, reading.local, local)
        read |= reading.read
    return local, read
