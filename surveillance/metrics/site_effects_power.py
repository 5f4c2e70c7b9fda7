"""How large a difference between sites a test of site effects would have seen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chndtr, gammainccinv

from surveillance.errors import NotEstimable
from surveillance.metrics.topic import Topic

TOPIC = Topic.COMPARISON


@dataclass(frozen=True, slots=True)
class SitePower:
    """The chance that a test of site effects finds stated rates to differ.

    Attributes
    ----------
    power : float
    level : float
        Size of the test.
    rates : tuple of float
        The rates the sites were taken to have.
    n : int
        Studies of all sites.
    """

    power: float
    level: float
    rates: tuple[float, ...]
    n: int


def site_effects_power(n: ArrayLike, rates: ArrayLike, *, level: float = 0.05) -> SitePower:
    """Return the chance that `site_effects` finds a difference if sites have these rates.

    The statistic is then about chi-squared on sites - 1 with noncentrality 2 sum n (r ln(r/m) +
    (1-r) ln((1-r)/(1-m))), where m is the rate over all sites.

    Parameters
    ----------
    n : int array of shape (k,)
        Studies of each site.
    rates : float array of shape (k,)
        Their true rates, above 0 and below 1.
    level : float

    Raises
    ------
    NotEstimable
        If fewer than two sites have studies.
    ValueError
        If a rate is not between 0 and 1.

    Examples
    --------
    >>> round(site_effects_power([60, 60, 60, 60], [0.9, 0.9, 0.9, 0.7]).power, 2)
    0.86

    References
    ----------
    Agresti (2013) Categorical Data Analysis, 3rd ed., section 6.6.

    Notes
    -----
    Assumes: independent studies; expected counts of about five or more.
    Not for: planning with few studies, where it is too hopeful.
    Departs from the published rule: in nothing.
    """
    cases, true = np.asarray(n, dtype=np.float64), np.asarray(rates, dtype=np.float64)
    if true.shape != cases.shape or np.any((true <= 0.0) | (true >= 1.0)):
        raise ValueError("rates must lie between 0 and 1, one for each site")
    some = cases > 0
    if some.sum() < 2:
        raise NotEstimable(f"The power of a test of site effects needs two sites with studies, got {some.sum()}")
    cases, true = cases[some], true[some]
    mean = float(np.average(true, weights=cases))
    apart = true * np.log(true / mean) + (1.0 - true) * np.log((1.0 - true) / (1.0 - mean))
    freedom = len(cases) - 1
    limit = 2.0 * float(gammainccinv(freedom / 2.0, level))
    power = 1.0 - float(chndtr(limit, freedom, 2.0 * float(np.sum(cases * apart))))
    return SitePower(power, level, tuple(true.tolist()), int(cases.sum()))
