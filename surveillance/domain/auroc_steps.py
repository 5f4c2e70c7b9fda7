"""How far each batch moves the chart of AUROC: the whole move falls on the study that closes it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.detectors import Ewma, TabularCusum, TwoLimitPath, two_limit_path
from surveillance.detectors.ewma_two_limits import ewma_onward, ewma_walk
from surveillance.detectors.two_limits import climb
from surveillance.domain.auroc_batches import AurocBatches, auroc_batches
from surveillance.domain.case_log import NEGATIVE, POSITIVE
from surveillance.domain.chart_steps import Tally
from surveillance.metrics import BaselineAuroc
from surveillance.metrics.arrays import FloatArray

Rows = NDArray[np.int64]
Truths = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class AurocBatchSteps:
    """How the batches of the stream of verified studies move a chart of their AUROC.

    A batch takes studies as the charts take them, and a decision starts the path at zero but leaves the open batch
    as it is: its studies have moved nothing yet.

    Attributes
    ----------
    from_week : index of the week in which surveillance begins
    score : float64, shape (n,); of every study of the log, nan where the product gave none
    baseline : the AUROC that batches are held against
    chart : whose rule is followed; its limit plays no part here
    batch_positives : positives that close a batch
    """

    from_week: int
    score: NDArray[np.float64]
    baseline: BaselineAuroc
    chart: TabularCusum | Ewma
    batch_positives: int
    from_truth: bool = True

    def evidence(self, rows: Rows, value: Truths) -> NDArray[np.float64]:
        """Return the log-likelihood ratio of each batch, shared equally by its studies.

        Held by the last study alone, it would date the onset to the end of the first bad batch.
        """
        batches, _, kept = self._closed(rows, value)
        sizes = np.diff(batches.closed_at, prepend=-1)
        shared = np.zeros(len(rows))
        shared[kept[: sizes.sum()]] = np.repeat(self.chart.evidence(batches.z(self.baseline)) / sizes, sizes)
        return shared

    def tally(self, rows: Rows, value: Truths, zero: int, place: int) -> Tally:
        """Return the batches that closed after one place of the stream up to another, and their mean AUROC."""
        batches, closing, _ = self._closed(rows, value)
        these = (closing > zero) & (closing <= place)
        studies = int((batches.positives + batches.negatives)[these].sum())
        seen = float(batches.auroc[these].mean()) if these.any() else None
        return Tally(int(these.sum()), studies, self.baseline.auroc.value, seen)

    def _closed(self, rows: Rows, value: Truths) -> tuple[AurocBatches, Rows, Rows]:
        """Return the batches of a stream, the places where they close, and the places of all studies they take."""
        score = self.score[rows]
        kept = np.flatnonzero(((value == POSITIVE) | (value == NEGATIVE)) & ~np.isnan(score))
        batches = auroc_batches(value[kept] == POSITIVE, score[kept], batch_positives=self.batch_positives)
        return batches, kept[batches.closed_at], kept

    def _onward(self, charted: Rows, value: Truths, rows: Rows, known: Truths) -> tuple[FloatArray, Rows]:
        """Return z of the batches that close after the studies charted, and their places among those that follow.

        They fill the batch left open first.
        """
        both = np.concatenate((charted, rows)), np.concatenate((value, known))
        batches, closing, _ = self._closed(*both)
        new = closing >= len(charted)
        return batches.z(self.baseline)[new], closing[new] - len(charted)


@dataclass(frozen=True, slots=True, eq=False)
class AurocSteps(AurocBatchSteps):
    """The lattice steps of the tabular CUSUM of batch AUROC."""

    chart: TabularCusum

    def of(self, rows: Rows, value: Truths) -> NDArray[np.int64]:
        """Return the step at each study of a whole stream: that of a batch where it closes, else none."""
        batches, closing, _ = self._closed(rows, value)
        return self._placed(batches.z(self.baseline), closing, len(rows))

    def walk(self, rows: Rows, value: Truths, alarm: int, action: int | None, restarts: Rows) -> TwoLimitPath:
        """Return the path over a whole stream and where it passed its limits."""
        return two_limit_path(self.of(rows, value), alarm, action, restarts)

    def onward(self, height: int, charted: Rows, value: Truths, rows: Rows, known: Truths) -> NDArray[np.int64]:
        """Return the heights at studies that follow those already charted."""
        return climb(self._placed(*self._onward(charted, value, rows, known), len(rows)), height)

    def _placed(self, z: FloatArray, closing: Rows, studies: int) -> NDArray[np.int64]:
        step = np.zeros(studies, dtype=np.int64)
        step[closing] = self.chart.lattice_steps(z)
        return step


@dataclass(frozen=True, slots=True, eq=False)
class AurocAverageSteps(AurocBatchSteps):
    """The moves of the EWMA of batch AUROC, which stands still between two batches."""

    chart: Ewma

    def walk(self, rows: Rows, value: Truths, alarm: int, action: int | None, restarts: Rows) -> TwoLimitPath:
        """Return the path over a whole stream and where it passed its limits."""
        batches, closing, _ = self._closed(rows, value)
        rise = -batches.z(self.baseline)
        return ewma_walk(rise, closing, len(rows), self.chart.weight, alarm, action, restarts)

    def onward(self, height: int, charted: Rows, value: Truths, rows: Rows, known: Truths) -> NDArray[np.int64]:
        """Return the heights at studies that follow those already charted."""
        z, closing = self._onward(charted, value, rows, known)
        heights = np.concatenate(([height], ewma_onward(-z, self.chart.weight, height)))
        return heights[np.searchsorted(closing, np.arange(len(rows)), side="right")]
