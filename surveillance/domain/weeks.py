"""ISO weeks of a deployment: Monday to Sunday by the local date on which a study was acquired."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FIRST_MONDAY = date(1970, 1, 5)
MICROSECONDS = 1_000_000
HALF_A_YEAR = 26


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO week, by its number since Monday 5 January 1970.

    >>> Week.of(date(2026, 11, 22))
    Week(number=2967)
    >>> Week.of(date(2026, 11, 22)).label, Week.of(date(2026, 11, 22)).sunday.isoformat()
    ('2026-W47', '2026-11-22')
    """

    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week that holds a local calendar day."""
        return cls((day - FIRST_MONDAY).days // 7)

    @property
    def monday(self) -> date:
        """Return the first day of the week."""
        return FIRST_MONDAY + timedelta(weeks=self.number)

    @property
    def sunday(self) -> date:
        """Return the last day of the week."""
        return self.monday + timedelta(days=6)

    @property
    def iso(self) -> int:
        """Return the ISO week number that a calendar prints, 1 to 53."""
        return self.monday.isocalendar().week

    @property
    def label(self) -> str:
        """Return year and week as ISO 8601 writes them."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    def words(self, now: "Week") -> str:
        """Return the week as it is spoken of in another week: with its year unless that is plain.

        >>> Week.of(date(2026, 10, 5)).words(Week.of(date(2026, 11, 20)))
        'week 41'
        >>> Week.of(date(1996, 7, 22)).words(Week.of(date(1998, 12, 1)))
        'week 30 of 1996'
        """
        year = self.monday.isocalendar().year
        plain = year == now.monday.isocalendar().year or abs(now.number - self.number) < HALF_A_YEAR
        return f"week {self.iso}" if plain else f"week {self.iso} of {year}"

    def end(self, zone: str) -> datetime:
        """Return the moment the week is over, exclusive, in UTC: the week's own `as_of`."""
        midnight = datetime.combine(self.monday + timedelta(days=7), datetime.min.time(), ZoneInfo(zone))
        return midnight.astimezone(UTC)


def span_words(low: Week, high: Week, now: Week) -> str:
    """Return a range of weeks as it is spoken of.

    >>> span_words(Week(2960), Week(2962), Week(2967))
    'weeks 40–42'
    """
    if low == high:
        return low.words(now)
    first, last = low.words(now), high.words(now)
    return (
        f"weeks {low.iso}–{high.iso}{last.removeprefix(f'week {high.iso}')}"
        if first.endswith(last.removeprefix(f"week {high.iso}"))
        else f"{first} to {last}"
    )


def week_numbers(moments: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """Return the week number of each moment (microseconds since 1970 UTC) by the local date in a zone.

    >>> week_numbers(np.array([1793059200000000]), "Europe/London").tolist() == [Week.of(date(2026, 10, 27)).number]
    True
    """
    local = pd.DatetimeIndex(moments.astype("datetime64[us]")).tz_localize("UTC").tz_convert(zone)
    days = local.tz_localize(None).to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.asarray((days - (FIRST_MONDAY - date(1970, 1, 1)).days) // 7, dtype=np.int64)


def last_complete_week(as_of: datetime, zone: str) -> Week:
    """Return the last week that was over at a moment.

    >>> last_complete_week(datetime(2026, 11, 23, tzinfo=UTC), "Europe/London").label
    '2026-W47'
    """
    return Week(Week.of(as_of.astimezone(ZoneInfo(zone)).date()).number - 1)


def micros(moment: datetime) -> int:
    """Return a moment as whole microseconds since 1970 UTC, the form in which cases keep their times."""
    delta = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * MICROSECONDS + delta.microseconds


def week_ends(first: int, last: int, zone: str) -> NDArray[np.int64]:
    """Return the exclusive ends of the weeks first..last in microseconds since 1970 UTC."""
    return np.array([micros(Week(number).end(zone)) for number in range(first, last + 1)], dtype=np.int64)
