"""The points of the charts: every measure on every window, each with its range, counts and verdict."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.measures import MEASURES
from surveillance.domain.verdict import Verdict
from surveillance.domain.weeks import Week
from surveillance.errors import NotEstimable

NAMES = tuple(MEASURES)
ROW = {name: row for row, name in enumerate(NAMES)}
VERDICTS = tuple(Verdict)
NO_VERDICT = -1


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of one window of weeks, as it was known at an evaluation.

    `estimate` is the value, or the `NotEstimable` that says why there is none; `low` and `high` are None
    exactly where `no_interval` says why.
    """

    metric: str
    week: Week
    window: int
    estimate: float | NotEstimable
    low: float | None
    high: float | None
    no_interval: str
    n: int
    events: int
    mature: bool
    restated: bool
    verdict: Verdict | None
    audit: float = 1.0

    @property
    def value(self) -> float:
        """Return the value; raises `NotEstimable` where there is none."""
        if isinstance(self.estimate, NotEstimable):
            raise self.estimate
        return self.estimate


@dataclass(frozen=True, slots=True)
class Points:
    """All points of one deployment as arrays of shape (measures, windows, weeks).

    `value`, `low`, `high` are float64, nan where absent; `n`, `events` int64; `verdict` int8, an index into
    `VERDICTS` or -1 where the plan sets no threshold. `mature`, `restated` are bool, same shape.
    """

    first_week: int
    windows: tuple[int, ...]
    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n: NDArray[np.int64]
    events: NDArray[np.int64]
    verdict: NDArray[np.int8]
    mature: NDArray[np.bool_]
    restated: NDArray[np.bool_]
    audit: float = 1.0

    @property
    def weeks(self) -> int:
        """Return how many weeks there are."""
        return int(self.value.shape[2])

    def at(self, metric: str, window: int, week: int) -> Point:
        """Return one point; `week` is an index from the first week of the log."""
        measure = MEASURES[metric]
        cell = (ROW[metric], self.windows.index(window), week)
        n, events, verdict = int(self.n[cell]), int(self.events[cell]), int(self.verdict[cell])
        value, low = float(self.value[cell]), float(self.low[cell])
        why = measure.why(n, events)
        ranged = not np.isnan(low)
        return Point(
            metric=metric,
            week=Week(self.first_week + week),
            window=window,
            estimate=NotEstimable(f"{measure.title}: {why}") if np.isnan(value) else value,
            low=low if ranged else None,
            high=float(self.high[cell]) if ranged else None,
            no_interval="" if ranged or measure.unit == "count" else why,
            n=n,
            events=events,
            mature=bool(self.mature[cell]),
            restated=bool(self.restated[cell]),
            verdict=None if verdict == NO_VERDICT else VERDICTS[verdict],
            audit=self.audit,
        )

    def latest_mature(self, metric: str, window: int) -> Point | None:
        """Return the newest point whose outcomes are complete, if there is one."""
        mature = np.flatnonzero(self.mature[ROW[metric], self.windows.index(window)])
        return self.at(metric, window, int(mature[-1])) if len(mature) else None


def empty_points(first_week: int, windows: tuple[int, ...], weeks: int, audit: float = 1.0) -> Points:
    """Return points with nothing in them yet; `audit` is the fraction of unflagged studies that are verified."""
    shape = (len(NAMES), len(windows), weeks)
    return Points(
        first_week=first_week,
        windows=windows,
        value=np.full(shape, np.nan),
        low=np.full(shape, np.nan),
        high=np.full(shape, np.nan),
        n=np.zeros(shape, dtype=np.int64),
        events=np.full(shape, -1, dtype=np.int64),
        verdict=np.full(shape, NO_VERDICT, dtype=np.int8),
        mature=np.zeros(shape, dtype=bool),
        restated=np.zeros(shape, dtype=bool),
        audit=audit,
    )
