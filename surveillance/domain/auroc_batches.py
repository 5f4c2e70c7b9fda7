"""Batches of cases for the AUROC chart: each closes at its tenth positive and is then frozen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.kernels import auroc_windows
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_scores, require_same_length
from surveillance.metrics.auroc_baseline import BaselineAuroc

BATCH_POSITIVES = 10


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """The cases since the last batch closed, in chart order: a value that the next part of a stream goes on from."""

    truth: tuple[bool, ...] = ()
    score: tuple[float, ...] = ()

    @property
    def positives(self) -> int:
        """Return how many positives the batch holds so far."""
        return sum(self.truth)


@dataclass(frozen=True, slots=True, eq=False)
class AurocBatches:
    """The batches that closed within one part of a stream, and the one left open at its end.

    Attributes
    ----------
    auroc : float array of shape (k,)
        1 for a perfect batch: it is charted as it is, since leaving it out would halve the run length.
    positives, negatives : int arrays of shape (k,)
    closed_at : int array of shape (k,)
        Position, in this part, of the case that closed each batch.
    open : OpenBatch
    """

    auroc: NDArray[np.float64]
    positives: NDArray[np.int64]
    negatives: NDArray[np.int64]
    closed_at: NDArray[np.int64]
    open: OpenBatch

    def z(self, baseline: BaselineAuroc) -> NDArray[np.float64]:
        """Return each batch's AUROC in baseline standard errors at its own counts; what the chart adds up."""
        return baseline.standardise(self.auroc, self.positives, self.negatives)


def auroc_batches(
    truth: Flags, score: Scores, *, batch_positives: int = BATCH_POSITIVES, before: OpenBatch | None = None
) -> AurocBatches:
    """Close a batch at every tenth positive, in the order in which cases come to the chart.

    A batch ends with its tenth positive, whatever follows; one without a negative joins the next, so that it
    ends with the twentieth. Batches never overlap and never change: a case that comes later, comes into a
    later batch.

    Parameters
    ----------
    truth : bool array of shape (n,)
        In chart order, indeterminate cases and cases without a score left out.
    score : float array of shape (n,)
        On any scale where higher means disease.
    batch_positives : int
        Positives that close a batch.
    before : OpenBatch, optional
        What an earlier part of the same stream left open.

    Raises
    ------
    ValueError
        If a batch would close at fewer than two positives.

    Examples
    --------
    >>> batches = auroc_batches([1, 0, 1, 0, 1], [0.9, 0.2, 0.4, 0.5, 0.7], batch_positives=2)
    >>> batches.auroc.tolist(), batches.closed_at.tolist(), batches.open
    ([1.0], [2], OpenBatch(truth=(False, True), score=(0.5, 0.7)))

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988) Biometrics 44, 837-845.
    """
    if batch_positives < 2:
        raise ValueError(f"a batch closes at two positives or more, got {batch_positives}")
    carried = before or OpenBatch()
    flags = np.concatenate((np.array(carried.truth, dtype=np.bool_), as_flags(truth, "truth")))
    scores = np.concatenate((np.array(carried.score, dtype=np.float64), as_scores(score, "score")))
    require_same_length(flags, scores)
    full = np.flatnonzero(flags)[batch_positives - 1 :: batch_positives] + 1
    # Negatives up to each full batch: where the number does not grow, the batch has none and joins the next.
    negatives = full - batch_positives * np.arange(1, len(full) + 1)
    edges = np.concatenate(([0], full[np.diff(negatives, prepend=0) > 0]))
    auroc, _, positives, negatives = auroc_windows(flags, scores, edges)
    last = int(edges[-1])
    left = OpenBatch(tuple(flags[last:].tolist()), tuple(scores[last:].tolist()))
    return AurocBatches(auroc, positives, negatives, edges[1:] - 1 - len(carried.truth), left)
