"""One chart as it stood at an evaluation: its line, its signals and its state."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.chart_design import ChartDesign
from surveillance.domain.weeks import Week


@dataclass(frozen=True, slots=True)
class Signal:
    """A designed chart passed one of its limits.

    `week` is the week it is drawn in, `as_of` when it was known, `onset` the chart's estimate of when the
    change began (the study after the last zero) and `onset_low`..`onset_high` the weeks about as likely.
    `events` of `studies` since the onset is what the chart added up; `expected` what the agreed rate gives.
    For the AUROC charts `events` are batches, `seen` their mean AUROC and `expected` the baseline's; for rare events
    they are those of one run, `studies` since the run before it.
    """

    chart: str
    limit: str
    week: Week
    as_of: int
    statistic: float
    onset: Week
    onset_low: Week
    onset_high: Week
    events: int
    studies: int
    expected: float
    seen: float | None = None

    @property
    def key(self) -> str:
        """Return what makes this signal itself: chart, limit and week."""
        return f"{self.chart}/{self.limit}/{self.week.label}"


@dataclass(frozen=True, slots=True)
class ChartPath:
    """A chart's line by week, in the chart's own unit.

    Attributes
    ----------
    statistic, peak : float64, shape (weeks,); the value after each week and the highest within it; nan
        before surveillance began and after the last week with data
    complete_to : index of the last week charted; later weeks are provisional and signal nothing
    waiting : the reason a chart has not started, else ""
    vlad : float64, shape (complete_to + 1,); expected less observed events after each week, for a chart on an
        external risk; nan before the first study
    changed_from : first week whose line differs from the evaluation before; 0 in the first of a run
    """

    design: ChartDesign | None
    key: str
    title: str
    first_week: int
    statistic: NDArray[np.float64]
    peak: NDArray[np.float64]
    complete_to: int
    signals: tuple[Signal, ...]
    waiting: str
    changed_from: int
    vlad: NDArray[np.float64] | None = None

    @property
    def last_week(self) -> Week:
        """Return the week in which this chart was looked at."""
        return Week(self.first_week + len(self.statistic) - 1)

    def replayed(self) -> "ChartPath":
        """Return the same chart marked as drawn anew from its first week."""
        return replace(self, changed_from=0)

    @property
    def current(self) -> float:
        """Return the value after the last mature week; 0 for a chart that has not started."""
        if self.waiting or self.complete_to < 0:
            return 0.0
        value = self.statistic[self.complete_to]
        return 0.0 if np.isnan(value) else float(value)

    @property
    def of_action(self) -> float:
        """Return the current value, if above 0, as a share of the stop-use limit, or of the alarm limit without one."""
        if self.design is None:
            return 0.0
        return max(0.0, self.current) / (self.design.action_limit or self.design.alarm_limit)
