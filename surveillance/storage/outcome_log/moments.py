"""Turn a column of date texts into moments in UTC, holding what is in doubt."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from surveillance.storage.outcome_log.date_examples import example_of
from surveillance.storage.outcome_log.date_formats import DAY, read_format
from surveillance.storage.outcome_log.date_search import find_formats
from surveillance.storage.outcome_log.holds import Holds
from surveillance.storage.outcome_log.profile_rules import DateRule
from surveillance.storage.outcome_log.repeated_hour import second_pass

DAYS_TO_1904 = 1_462
TIMES_OF_DAY = {"start of day": 0, "noon": DAY // 2, "end of day": DAY - 1}


@dataclass(frozen=True, slots=True)
class Moments:
    """Moments of a column: `at` int64, shape (n,), microseconds since 1970 in UTC; `given` bool."""

    at: NDArray[np.int64]
    given: NDArray[np.bool_]
    understood: str


def read_moments(
    texts: pa.Array,
    rule: DateRule,
    zone: str | None,
    column: str,
    holds: Holds,
    *,
    typed: bool = False,
    since_1904: bool = False,
) -> Moments:
    """Read a date column (string array with null where empty, shape (n,)).

    In a `typed` file, which says itself what is a date, an ISO text is one, whatever form is declared for texts; day
    numbers count from 1904 where the workbook says so.

    A date in doubt holds its row: day and month that can be exchanged where no format is declared, a
    clock time without zone, the hour that a clock change skips or repeats, a day without a time.
    """
    size = len(texts)
    filled = texts.is_valid().to_numpy(zero_copy_only=False)
    formats, how, in_doubt = (rule.format, "declared", None) if rule.format else find_formats(texts)
    if typed and "iso" not in formats and read_format(texts, "iso").read.any():
        formats, how = (*formats, "iso"), f"{how}; date cells are dates as they stand"
    if since_1904 and "excel" in formats:
        how = f"{how}; day numbers count from 1904"
    local, offset = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    read, timed, has_offset = (np.zeros(size, dtype=bool) for _ in range(3))
    clash = np.zeros(size, dtype=bool) if in_doubt is None else in_doubt
    for one in formats:
        reading = read_format(texts, one)
        if since_1904 and one == "excel":
            reading = replace(reading, local=reading.local + DAYS_TO_1904 * DAY)
        clash |= read & reading.read & (local - offset != reading.local - reading.offset)
        fresh = reading.read & ~read
        for whole, part in (
            (local, reading.local), (offset, reading.offset),
            (timed, reading.timed), (has_offset, reading.has_offset),
        ):  # fmt: skip
            whole[fresh] = part[fresh]
        read |= reading.read
    said = ", ".join(f'"{one}"' for one in formats) or "none"  # read again when held rows come back corrected
    written = f"as {' or '.join(example_of(one) for one in formats)}" if formats else "in one way"
    holds.add(
        filled & clash, column, "a date must have one meaning",
        "declare the date format of this column in the profile: day and month can be exchanged here", texts,
    )  # fmt: skip
    holds.add(
        filled & ~read & ~clash, column, f"a date must be written {written} and exist",
        "correct the date, or how dates are written in the profile", texts,
    )  # fmt: skip
    dated = read & ~clash & filled
    if rule.at is None:
        holds.add(
            dated & ~timed, column, "a date must say its time of day",
            'write the time, or declare at = "end of day" (or another) for this column in the profile', texts,
        )  # fmt: skip
    else:
        local = np.where(timed, local, local + TIMES_OF_DAY[rule.at])
    where = rule.zone or zone
    floating = dated & ~has_offset
    if where is None:
        holds.add(
            floating, column, "a time must say its offset from UTC, or the profile its zone",
            "declare the zone of this column in the profile, for example Europe/London", texts,
        )  # fmt: skip
        at = local - offset
    else:
        at, skipped, repeated = _to_utc(local, where, floating)
        if rule.repeated_hour == "in file order":
            at, repeated = _by_order(local, at, where, floating, repeated)
        at = np.where(has_offset, local - offset, at)
        holds.add(
            floating & skipped, column, f"a time must exist in {where}",
            "the clock skipped this hour in spring: correct it, or export times with their offset", texts,
        )  # fmt: skip
        holds.add(
            floating & repeated, column, f"a time must mean one moment in {where}",
            "the clock repeated this hour in autumn: export the time with its offset or in UTC", texts,
        )  # fmt: skip
    zone_said = f", {where}" if where else ""
    at_said = f", {rule.at} where only a day is written" if rule.at else ""
    return Moments(np.where(dated, at, 0), dated, f"{said} ({how}){zone_said}{at_said}")


def _to_utc(
    local: NDArray[np.int64], zone: str, rows: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return local microseconds in UTC, and where that clock skipped or repeated them."""
    clock = pd.DatetimeIndex(np.where(rows, local, 0).astype("datetime64[us]"))
    sure = clock.tz_localize(zone, ambiguous="NaT", nonexistent="NaT")
    if not sure.hasnans:
        none = np.zeros(len(local), dtype=bool)
        return _micros(sure), none, none
    first = clock.tz_localize(zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="NaT")
    lost = np.asarray(sure.isna())
    skipped = np.asarray(first.isna())
    return np.where(lost, 0, _micros(sure)), skipped, lost & ~skipped


def _by_order(
    local: NDArray[np.int64], at: NDArray[np.int64], zone: str, rows: NDArray[np.bool_], repeated: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return moments in UTC with the repeated hour told by the order of the rows, and what stays in doubt."""
    second = second_pass(local, rows, repeated & rows)
    if second is None:
        return at, repeated
    clock = pd.DatetimeIndex(np.where(rows, local, 0).astype("datetime64[us]"))
    told = clock.tz_localize(zone, ambiguous=~second, nonexistent="NaT")
    return np.where(repeated, _micros(told), at), np.zeros(len(local), dtype=bool)


def _micros(index: pd.DatetimeIndex) -> NDArray[np.int64]:
    """Return moments as microseconds since 1970 in UTC."""
    return index.tz_convert("UTC").tz_localize(None).to_numpy().astype("datetime64[us]").astype(np.int64)
