"""Cohen's kappa: how far two readers agree beyond what chance alone would give."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from surveillance.errors import NotEstimable
from surveillance.metrics.estimate import Interval, wald_interval
from surveillance.metrics.topic import Topic

TOPIC = Topic.COMPARISON

METHOD = "Cohen's kappa, large-sample interval (Fleiss, Cohen & Everitt 1969)"


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement of two readers beyond chance: 1 is perfect, 0 is what chance gives, below 0 is worse than that.

    Attributes
    ----------
    value : float
    interval : Interval, or the NotEstimable that says why there is none
    standard_error : float
    observed, expected : float
        The share of cases on which they agreed, and the share that chance alone would give.
    n : int
    method : str
    """

    value: float
    interval: Interval | NotEstimable
    standard_error: float
    observed: float
    expected: float
    n: int
    method: str


def kappa(first: ArrayLike, second: ArrayLike, *, confidence: float = 0.95) -> Kappa:
    """Estimate how far two readers agree beyond chance.

    With o the share of cases on which they agree and e the share on which two readers with their habits would agree
    by chance, kappa is (o - e) / (1 - e). The interval is kappa plus and minus its large-sample standard errors, cut
    at 1.

    Parameters
    ----------
    first, second : int arrays of shape (n,)
        What each reader said of each case, as the number of an answer. Unweighted: every disagreement counts alike.
    confidence : float

    Raises
    ------
    NotEstimable
        If there is no case, or both readers gave one and the same answer throughout: chance then explains all of it.
    ValueError
        If the arrays describe other cases.

    Examples
    --------
    >>> both = kappa([1, 1, 0, 0, 1, 0, 0, 0], [1, 0, 0, 0, 1, 0, 0, 1])
    >>> round(both.value, 4), both.observed
    (0.4667, 0.75)

    References
    ----------
    Cohen (1960) A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46.
    Fleiss, Cohen & Everitt (1969) Large sample standard errors of kappa and weighted kappa. Psychological Bulletin
    72, 323-327, equation 13.

    Notes
    -----
    Assumes: independent cases, each read by the same two persons, who did not know each other's answers.

    Not for: a verdict on a reader, or a comparison of departments: at low prevalence kappa is low however well
    readers agree, so the percentage stands beside it.

    Departs from the published rule: the interval is cut at 1, because no agreement is better than perfect.
    """
    one, other = (np.asarray(said, dtype=np.int64) for said in (first, second))
    if one.shape != other.shape or one.ndim != 1:
        raise ValueError(f"columns must describe the same cases, got {one.shape} and {other.shape}")
    n = len(one)
    if n == 0:
        raise NotEstimable("Kappa needs a case that two readers answered, got 0")
    kinds, codes = np.unique(np.concatenate((one, other)), return_inverse=True)
    table = np.zeros((len(kinds), len(kinds)))
    np.add.at(table, (codes[:n], codes[n:]), 1.0 / n)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    observed, expected = float(np.trace(table)), float(rows @ columns)
    if len(kinds) == 1:
        raise NotEstimable(f"Kappa needs two different answers, got one and the same in all {n}")
    value = (observed - expected) / (1.0 - expected)
    agreeing = np.diag(table) @ (1.0 - (rows + columns) * (1.0 - value)) ** 2
    apart = table * (columns[:, None] + rows[None, :]) ** 2
    differing = (1.0 - value) ** 2 * (apart.sum() - np.trace(apart))
    variance = (agreeing + differing - (value - expected * (1.0 - value)) ** 2) / (n * (1.0 - expected) ** 2)
    error = sqrt(max(0.0, float(variance)))
    interval: Interval | NotEstimable
    if observed == 1.0 or error == 0.0:
        interval = NotEstimable(f"An interval of kappa needs a disagreement, got 0 in {n}")
    else:
        wald = wald_interval(value, error, confidence)
        interval = Interval(wald.low, min(1.0, wald.high), confidence)
    return Kappa(value, interval, error, observed, expected, n, METHOD)
