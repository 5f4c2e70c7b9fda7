"""Sampling weights: how many cases each verified case stands for."""

import numpy as np

from surveillance.metrics.arrays import FloatArray, Scores, as_scores


def as_weights(weight: Scores | None, n: int) -> FloatArray:
    """Return one weight a case: ones where none are given, since then every case was verified.

    Parameters
    ----------
    weight : float array of shape (n,), or None
        One over the sampling fraction of each verified case.
    n : int
        Cases.

    Raises
    ------
    ValueError
        If the weights describe other cases, or one is not positive and finite.

    Examples
    --------
    >>> as_weights(None, 2).tolist(), as_weights([1, 10], 2).tolist()
    ([1.0, 1.0], [1.0, 10.0])
    """
    if weight is None:
        return np.ones(n)
    weights = as_scores(weight, "weight")
    if len(weights) != n:
        raise ValueError(f"columns must describe the same cases, got {n} and {len(weights)}")
    if n and (weights.min() <= 0.0 or not np.isfinite(weights.max())):
        raise ValueError("weight must be positive and finite: it is one over the sampling fraction")
    return weights


def weighted_mean(values: FloatArray, weights: FloatArray) -> tuple[float, float]:
    """Return a mean with each case weighted, and its linearised standard error (Binder 1983).

    At equal weights they are the mean and the standard deviation (ddof 1) over root n; the standard
    error is nan for one case.

    >>> weighted_mean(np.array([0.0, 1.0]), np.array([1.0, 3.0]))[0]
    0.75
    """
    n, total = len(values), float(weights.sum())
    mean = float(weights @ values) / total
    spread = float(np.sum((weights * (values - mean)) ** 2))
    return mean, float(np.sqrt(spread * n / (n - 1)) / total) if n > 1 else float("nan")
