"""When studies are acquired: Poisson counts with a weekday, a season and the hours of a working day."""

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SECOND = 1_000_000
DAY = 86_400 * SECOND
WEEKDAYS = np.array([1.10, 1.06, 1.02, 1.00, 1.00, 0.92, 0.90])  # Monday to Sunday, mean 1
SEASON = 0.10  # more in January, fewer in July
HOURS = np.array([0, 7, 9, 12, 17, 21, 24])
BY_THEN = np.array([0.0, 0.13, 0.25, 0.45, 0.75, 0.91, 1.0])  # share of a day's studies done by then


def midnights(start: date, days: int, zone: str) -> NDArray[np.int64]:
    """Return the local midnights of consecutive days in microseconds since 1970 UTC."""
    local = pd.date_range(pd.Timestamp(start), periods=days, freq="D", tz=zone)
    plain = local.tz_convert("UTC").tz_localize(None).to_numpy()
    return np.asarray(plain.astype("datetime64[us]").astype(np.int64))


def arrivals(
    rng: np.random.Generator, per_week: float, start: date, weeks: int, zone: str
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw the acquisition times of one site's studies and the index of each study's week.

    Returns
    -------
    acquired_at : int64, shape (n,); sorted, whole seconds, in microseconds since 1970 UTC
    week : int64, shape (n,); 0 for the week that begins at `start`

    Raises
    ------
    ValueError
        If the log would not start on a Monday.
    """
    if start.weekday() != 0:
        raise ValueError(f"A log starts on a Monday, and {start.isoformat()} is none.")
    midnight = midnights(start, 7 * weeks + 1, zone)
    day_of_year = (np.arange(7 * weeks) + start.timetuple().tm_yday) % 365.25
    season = 1 + SEASON * np.cos(2 * np.pi * (day_of_year - 15) / 365.25)
    counts = rng.poisson(per_week / 7 * np.tile(WEEKDAYS, weeks) * season)
    day = np.repeat(np.arange(7 * weeks), counts)
    share = np.interp(rng.random(len(day)), BY_THEN, HOURS / 24)
    length = np.diff(midnight)[day]  # 23 or 25 hours when the clocks change
    acquired_at = midnight[day] + (share * length).astype(np.int64) // SECOND * SECOND
    return np.sort(acquired_at), day // 7
