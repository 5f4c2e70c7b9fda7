"""What a comparison of two samples of scores returns, and the shuffling that gives its p-value."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray, Scores, as_scores

SHUFFLES = 999


@dataclass(frozen=True, slots=True)
class ScoreDistance:
    """How far the current scores lie from the reference scores.

    Attributes
    ----------
    value : float
        The distance; 0 where both samples are alike.
    p_value : float, or the NotEstimable that says why there is none
        Chance of a distance this large if both samples came from one population.
    n_reference, n_current : int
    method : str
    """

    value: float
    p_value: float | NotEstimable
    n_reference: int
    n_current: int
    method: str


def as_two_samples(reference: Scores, current: Scores, name: str) -> tuple[FloatArray, FloatArray]:
    """Return two samples as finite numbers, refusing an empty one.

    Raises
    ------
    NotEstimable
        If a sample is empty.
    ValueError
        If a number is missing or infinite.
    """
    first, second = as_scores(reference, "reference"), as_scores(current, "current")
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise ValueError("scores must be finite: take the cases without one out first")
    if min(len(first), len(second)) == 0:
        raise NotEstimable(f"{name} needs reference and current scores, got {len(first)} and {len(second)}")
    return first, second


def shuffled_p_value(
    first: FloatArray,
    second: FloatArray,
    distance: Callable[[FloatArray, FloatArray], float],
    rng: np.random.Generator,
) -> float:
    """Return the chance of a distance this large when the two samples are dealt out anew, ties and all.

    (1 + shuffles at least as far apart) / (1 + shuffles), which is never 0.

    >>> far = lambda a, b: abs(a.mean() - b.mean())
    >>> shuffled_p_value(np.zeros(9), np.ones(9), far, np.random.default_rng(1))
    0.001

    References
    ----------
    Phipson & Smyth (2010) Permutation p-values should never be zero. SAGMB 9(1), 39.
    """
    seen = distance(first, second) - 1e-12  # the same split in another order may differ by rounding
    pooled = np.concatenate((first, second))
    farther = 0
    for _ in range(SHUFFLES):
        dealt = rng.permutation(pooled)
        farther += distance(dealt[: len(first)], dealt[len(first) :]) >= seen
    return (1 + int(farther)) / (1 + SHUFFLES)
