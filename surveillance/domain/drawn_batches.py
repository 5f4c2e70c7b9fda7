"""Batches drawn from a baseline's own scores: what an unchanged AI, or one that got worse, would give."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from surveillance.errors import NotEstimable
from surveillance.kernels import auroc_draws
from surveillance.metrics.arrays import FloatArray, IntArray
from surveillance.metrics.auroc_baseline import BaselineAuroc

MOST_BATCHES, FEWEST_BATCHES = 200_000, 2_000
MOST_DRAWS = 20_000_000


@dataclass(frozen=True, slots=True, eq=False)
class DrawnBatches:
    """Which cases of a baseline make each simulated batch.

    Attributes
    ----------
    positive_draw, negative_draw : int32 arrays
        Positions among the baseline's positives and negatives, batch after batch.
    positives, negatives : int arrays of shape (k,)
    """

    positive_draw: NDArray[np.int32]
    negative_draw: NDArray[np.int32]
    positives: IntArray
    negatives: IntArray

    def auroc(self, positive_score: FloatArray, negative_score: FloatArray) -> FloatArray:
        """Return the AUROC of each batch, for these scores of the baseline's cases."""
        return auroc_draws(
            positive_score, negative_score, self.positive_draw, self.negative_draw, self.positives, self.negatives
        )

    def first(self, batches: int) -> "DrawnBatches":
        """Return the first few of the batches."""
        positives, negatives = self.positives[:batches], self.negatives[:batches]
        return DrawnBatches(
            self.positive_draw[: positives.sum()], self.negative_draw[: negatives.sum()], positives, negatives
        )


def draw_batches(
    positives: int, negatives: int, batch_positives: int, positive_share: float, rng: np.random.Generator
) -> DrawnBatches:
    """Draw batches that close at so many positives from a baseline of these sizes, with replacement.

    The negatives that arrive before the last positive of a batch are negative binomial; a batch without
    any joins the next, as in `auroc_batches`.
    """
    count = int(np.clip(MOST_DRAWS * positive_share / batch_positives, FEWEST_BATCHES, MOST_BATCHES))
    cases = np.full(count, batch_positives, dtype=np.int64)
    others = rng.negative_binomial(batch_positives, positive_share, count).astype(np.int64)
    while (alone := np.flatnonzero(others == 0)).size:
        cases[alone] += batch_positives
        others[alone] = rng.negative_binomial(batch_positives, positive_share, len(alone))
    return DrawnBatches(
        rng.integers(0, positives, int(cases.sum()), dtype=np.int32),
        rng.integers(0, negatives, int(others.sum()), dtype=np.int32),
        cases,
        others,
    )


def unchanged_z(baseline: BaselineAuroc, batches: DrawnBatches, auroc: FloatArray) -> FloatArray:
    """Return the standardised AUROC of unchanged batches, with mean 0 and variance 1 exactly.

    Both are known: the first by the choice of the centre, the second because the baseline's variance is
    unbiased. Setting them takes the larger part of the simulation's error away; the shape remains drawn.
    """
    z = baseline.standardise(auroc, batches.positives, batches.negatives)
    return np.asarray((z - z.mean()) / z.std(), dtype=np.float64)


def worsened(positive_score: FloatArray, negative_score: FloatArray, drop: float) -> tuple[FloatArray, FloatArray]:
    """Return scores of the same cases after the AUROC has fallen by `drop`, every positive a little lower.

    Each positive beats a share u of the negatives. On the normal scale that share falls by one and the same
    amount c, to Phi(Phi^-1(u) - c), and c is the one that lowers the AUROC by `drop`: for normal scores
    the mean of the positives falls, and on any other scale the same happens to the ranks. Shares of 0 and 1 count
    as half a negative from the end.

    Parameters
    ----------
    positive_score, negative_score : float arrays of shape (m,), (n,)
    drop : float

    Returns
    -------
    tuple of float arrays of shape (m,), (n,)
        On the scale of the negatives' ranks, 0 to n.

    Raises
    ------
    NotEstimable
        If the AUROC would fall to one half or below.

    Examples
    --------
    >>> positive, negative = worsened(np.linspace(0.2, 1.0, 50), np.linspace(0.0, 0.8, 50), 0.10)
    >>> round(float(np.mean(positive[:, None] > negative)), 2)
    0.62

    References
    ----------
    Hanley (1988) The robustness of the "binormal" assumptions used in fitting ROC curves. Medical Decision
    Making 8, 197-203.
    """
    from scipy.optimize import brentq

    ranked = np.sort(negative_score)
    n = len(ranked)
    beaten = (np.searchsorted(ranked, positive_score, "left") + np.searchsorted(ranked, positive_score, "right")) / 2.0
    area = float(beaten.mean()) / n
    if drop <= 0.0 or area - drop <= 0.5:
        raise NotEstimable(f"A drop of the AUROC needs to end above 0.5, got {area:.3f} less {drop:.3f}")
    normal = ndtri(np.clip(beaten, 0.5, n - 0.5) / n)
    amount = brentq(lambda c: float(ndtr(normal - c).mean()) - (area - drop), -1.0, 10.0)
    places = (np.searchsorted(ranked, negative_score, "left") + np.searchsorted(ranked, negative_score, "right")) / 2.0
    return ndtr(normal - amount) * n, places
