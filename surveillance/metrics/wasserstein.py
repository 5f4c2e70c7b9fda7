"""Wasserstein distance: how far scores have moved, on the scale of the score."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray, Scores
from surveillance.metrics.topic import Topic
from surveillance.metrics.two_samples import SHUFFLES, ScoreDistance, as_two_samples, shuffled_p_value

TOPIC = Topic.COMPARISON


def wasserstein(reference: Scores, current: Scores, *, rng: np.random.Generator | None = None) -> ScoreDistance:
    """Measure how far, on average, scores have moved from the reference, on the scale of the score.

    W1 = the area between the two distribution functions: the least mean shift that turns one sample into the
    other. Two samples of one population are never at 0, so p comes by shuffling.

    Parameters
    ----------
    reference : float array of shape (n,)
    current : float array of shape (k,)
    rng : numpy Generator, optional
        For the shuffling; without it there is no p, and the reason stands in its place.

    Raises
    ------
    NotEstimable
        If a sample is empty.

    Examples
    --------
    >>> round(wasserstein([0.1, 0.2, 0.3], [0.2, 0.3, 0.4]).value, 3)
    0.1

    References
    ----------
    Ramdas, Garcia Trillos & Cuturi (2017) On Wasserstein two-sample testing and related families of
    nonparametric tests. Entropy 19(2), 47.

    Notes
    -----
    Assumes: independent scores within and between the samples; a scale on which distances mean something.
    Not for: scores whose scale the vendor may change; use a rank-based distance there.
    Departs from the published rule: in nothing.
    """
    first, second = as_two_samples(reference, current, "The Wasserstein distance")
    value = _area_between(first, second)
    if rng is None:
        missing = NotEstimable("The p-value of a Wasserstein distance needs a random generator to shuffle, got none")
        return ScoreDistance(value, missing, len(first), len(second), "Wasserstein distance")
    p_value = shuffled_p_value(first, second, _area_between, rng)
    method = f"Wasserstein distance, p by {SHUFFLES} shuffles"
    return ScoreDistance(value, p_value, len(first), len(second), method)


def _area_between(first: FloatArray, second: FloatArray) -> float:
    from scipy.stats import wasserstein_distance

    return float(wasserstein_distance(first, second))
