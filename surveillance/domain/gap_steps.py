"""How studies move the chart of the time between rare events: each run of events to a rate, which then falls."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.detectors import TwoLimitPath
from surveillance.detectors.gap_two_limits import gap_onward, rare_event_two_limit_path
from surveillance.domain.chart_steps import Rows, Steps, Truths, rate_steps
from surveillance.domain.designed_chart import ChartDesign
from surveillance.domain.study_frame import StudyFrame


@dataclass(frozen=True, slots=True)
class GapSteps(Steps):
    """The events and studies of a rate chart, read as runs of `together` events; a run is shown for `shown` studies."""

    together: int
    shown: int

    def walk(self, rows: Rows, value: Truths, alarm: int, action: int | None, restarts: Rows) -> TwoLimitPath:
        """Return the path over a whole stream and where it passed its limits."""
        return rare_event_two_limit_path(*self._read(rows, value), self.together, self.shown, alarm, action, restarts)

    def onward(self, height: int, charted: Rows, value: Truths, rows: Rows, known: Truths) -> NDArray[np.int64]:
        """Return the heights at studies that follow those already charted."""
        read = self._read(np.concatenate((charted, rows)), np.concatenate((value, known)))
        return gap_onward(*read, self.together, self.shown, len(charted), height)

    def _read(self, rows: Rows, value: Truths) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        column = self._column(value)
        return self.event[column, rows], self.counts[column, rows]


def gap_steps(frame: StudyFrame, design: ChartDesign, from_week: int) -> GapSteps:
    """Return the steps of a designed chart; a run is shown for as many studies as one takes at the acceptable rate."""
    assert design.in_control is not None
    assert design.out_of_control is not None
    same = rate_steps(frame, design.watches, 1, 0, design.in_control, design.out_of_control, from_week)
    parts = same.step, same.weight, same.event, same.expect, same.counts
    return GapSteps(same.from_truth, from_week, *parts, design.together, round(design.together / design.in_control))
