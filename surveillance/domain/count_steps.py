"""How weeks move the Poisson CUSUM: the whole week's step falls on its last study."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.detectors import PoissonCusum, TwoLimitPath, two_limit_path
from surveillance.domain.case_log import PROCESSED
from surveillance.domain.chart_steps import Rows, Tally, Truths
from surveillance.domain.study_frame import StudyFrame


@dataclass(frozen=True, slots=True, eq=False)
class CountSteps:
    """The lattice steps of a chart of weekly counts, along the stream of every study.

    A week counts once it is over, and only if it has a study: nothing is known of a week of which no log came. The
    stream takes whole weeks, so that a week which is not over moves nothing.

    Attributes
    ----------
    from_week : index of the week in which surveillance begins
    week : int64, shape (n,); of every study of the log
    event : bool, shape (n,)
    chart : whose steps are taken; its limit plays no part here
    """

    from_week: int
    week: NDArray[np.int64]
    event: NDArray[np.bool_]
    chart: PoissonCusum
    from_truth: bool = False

    def of(self, rows: Rows) -> NDArray[np.int64]:
        """Return the step at each study of a whole stream: that of its week at the last one, else none."""
        step = np.zeros(len(rows), dtype=np.int64)
        counts, closing, _ = self._weeks(rows)
        step[closing] = self.chart.steps(counts)
        return step

    def walk(self, rows: Rows, _value: Truths, alarm: int, action: int | None, restarts: Rows) -> TwoLimitPath:
        """Return the path over a whole stream and where it passed its limits."""
        return two_limit_path(self.of(rows), alarm, action, restarts)

    def onward(self, height: int, _charted: Rows, _value: Truths, rows: Rows, _known: Truths) -> NDArray[np.int64]:
        """Return the height at studies of a week that is not over: where it was."""
        return np.full(len(rows), height, dtype=np.int64)

    def tally(self, rows: Rows, _value: Truths, zero: int, place: int) -> Tally:
        """Return the events and studies of the weeks that closed after one place of the stream up to another."""
        counts, closing, sizes = self._weeks(rows)
        these = (closing > zero) & (closing <= place)
        expected = float(np.count_nonzero(these)) * self.chart.in_control
        return Tally(int(counts[these].sum()), int(sizes[these].sum()), expected)

    def evidence(self, rows: Rows, _value: Truths) -> NDArray[np.float64]:
        """Return the log-likelihood ratio of each week, shared equally by its studies.

        Held by the last study alone, it would date the onset to the end of the first bad week.
        """
        counts, _, sizes = self._weeks(rows)
        return np.asarray(
            np.repeat(self.chart.steps(counts) * self.chart.evidence_per_step / sizes, sizes), dtype=np.float64
        )

    def _weeks(self, rows: Rows) -> tuple[Rows, Rows, Rows]:
        """Return the count of events of each week of a stream, the place of its last study, and its studies."""
        week = self.week[rows]
        closing = np.flatnonzero(np.diff(week, append=-1) != 0)
        before = np.concatenate(([0], np.cumsum(self.event[rows], dtype=np.int64)[closing]))
        return np.diff(before), closing, np.diff(closing, prepend=-1)


def count_steps(frame: StudyFrame, chart: PoissonCusum, from_week: int) -> CountSteps:
    """Return the steps of a chart of the studies that were not processed, week by week."""
    return CountSteps(from_week, frame.week, frame.log.status != PROCESSED, chart)
