"""What a running chart asks of its kind of chart: how studies move it, in whole steps."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from surveillance.detectors import TwoLimitPath
from surveillance.domain.chart_steps import Tally

Rows = NDArray[np.int64]
Truths = NDArray[np.int8]


class ChartWalk(Protocol):
    """The rule by which studies, in the order of their stream, move one chart."""

    @property
    def from_truth(self) -> bool:
        """Return whether the chart waits for outcomes."""

    @property
    def from_week(self) -> int:
        """Return the index of the week in which surveillance begins."""

    def walk(self, rows: Rows, value: Truths, alarm: int, action: int | None, restarts: Rows) -> TwoLimitPath:
        """Return the path over a whole stream, and where it passed its limits.

        Parameters
        ----------
        rows : the studies; value : the truth of each
        alarm, action : the limits in steps; the second None where the chart may not recommend
        restarts : places of the stream after which a decision was made
        """

    def onward(self, height: int, charted: Rows, value: Truths, rows: Rows, known: Truths) -> NDArray[np.int64]:
        """Return the heights at studies that follow those already charted, from the height at which these ended."""

    def tally(self, rows: Rows, value: Truths, zero: int, place: int) -> Tally:
        """Return what the studies after one place of a stream up to another added up."""

    def evidence(self, rows: Rows, value: Truths) -> NDArray[np.float64]:
        """Return each study's log-likelihood ratio of changed against unchanged, for the estimate of the onset."""
