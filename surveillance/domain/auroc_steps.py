"""How far each batch moves the AUROC chart: the whole step falls on the study that closes it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.detectors import TabularCusum
from surveillance.domain.auroc_batches import AurocBatches, auroc_batches
from surveillance.domain.case_log import NEGATIVE, POSITIVE
from surveillance.domain.chart_steps import Tally
from surveillance.metrics import BaselineAuroc

Rows = NDArray[np.int64]
Truths = NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class AurocSteps:
    """The lattice steps of the AUROC chart along the stream of verified studies.

    A batch takes studies as the charts take them, and a decision starts the path at zero but leaves the open batch
    as it is: its studies have moved nothing yet.

    Attributes
    ----------
    from_week : index of the week in which surveillance begins
    score : float64, shape (n,); of every study of the log, nan where the product gave none
    baseline : the AUROC that batches are held against
    chart : whose steps are taken; its limit plays no part here
    batch_positives : positives that close a batch
    """

    from_week: int
    score: NDArray[np.float64]
    baseline: BaselineAuroc
    chart: TabularCusum
    batch_positives: int
    from_truth: bool = True

    def of(self, rows: Rows, value: Truths) -> NDArray[np.int64]:
        """Return the step at each study of a whole stream: that of a batch where it closes, else none."""
        batches, closing, _ = self._closed(rows, value)
        step = np.zeros(len(rows), dtype=np.int64)
        step[closing] = self.chart.lattice_steps(batches.z(self.baseline))
        return step

    def going_on(self, charted: Rows, value: Truths, rows: Rows, known: Truths) -> NDArray[np.int64]:
        """Return the steps of studies that follow those already charted: they fill the batch left open first."""
        return self.of(np.concatenate((charted, rows)), np.concatenate((value, known)))[len(charted) :]

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
