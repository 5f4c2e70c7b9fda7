"""The design effect of a proportion: how many times more it varies because patients have several studies."""

import numpy as np

from surveillance.metrics.arrays import FloatArray


def design_effect(successes: FloatArray, studies: FloatArray) -> float:
    """Return how many times the variance of a share exceeds that of as many independent studies; at least 1.

    k/(k-1) sum (x_i - p n_i)^2 / n^2, over p(1-p)/(n-1); k patients, n studies, p their share of successes. Where
    every study agrees, or all are of one patient, nothing tells how alike a patient's studies are: they are taken
    as fully alike, sum n_i^2 / n. Never more than n.

    Parameters
    ----------
    successes, studies : float arrays of shape (k,)
        Of each patient.

    Examples
    --------
    >>> design_effect(np.array([2.0, 0.0, 2.0, 0.0]), np.array([2.0, 2.0, 2.0, 2.0]))
    2.333...
    >>> design_effect(np.array([1.0, 0.0, 1.0]), np.ones(3))
    1.0

    References
    ----------
    Rao & Scott (1992) A simple method for the analysis of clustered binary data. Biometrics 48, 577-585.
    Kish (1965) Survey Sampling. Wiley.
    """
    n, patients = float(studies.sum()), len(studies)
    share = float(successes.sum()) / n
    alike = float(np.sum(studies**2)) / n
    if patients < 2 or share in (0.0, 1.0):
        return alike
    clustered = patients / (patients - 1) * float(np.sum((successes - share * studies) ** 2)) / n**2
    return min(n, max(1.0, clustered * (n - 1.0) / (share * (1.0 - share))))
