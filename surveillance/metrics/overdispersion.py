"""Overdispersion: how much more sites differ from a target than chance alone would make them."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincc

from surveillance.errors import NotEstimable
from surveillance.metrics.topic import Topic

TOPIC = Topic.COMPARISON

WINSORISED = 0.10
METHOD = "mean squared z with the outermost tenth on each side pulled in (winsorised)"


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """How much more sites differ than chance alone would make them.

    Attributes
    ----------
    factor : float
        Mean squared standardised distance from the target, extremes pulled in; about 0.7 to 1 by chance alone.
    widening : float
        What `funnel_limits` takes: the factor where it is beyond 1 + 2 sqrt(2 / sites), else 1.
    p_value : float
        Chance of a factor this large without overdispersion.
    sites : int
    method : str
    """

    factor: float
    widening: float
    p_value: float
    sites: int
    method: str


def overdispersion(successes: ArrayLike, n: ArrayLike, target: float) -> Overdispersion:
    """Say how much more sites differ from a target than chance would make them.

    z = (rate - target) / sqrt(target (1 - target) / n) of each site; the tenth lowest and the tenth highest
    are pulled in to the 10th and 90th percentiles, so that a few bad sites do not widen the limits that are
    to find them; the factor is the mean of z squared. k times the factor is about chi-squared on k sites.

    Parameters
    ----------
    successes, n : int arrays of shape (k,)
        One entry a site.
    target : float
        Above 0 and below 1.

    Raises
    ------
    NotEstimable
        If there are fewer than two sites, or a site has no case.
    ValueError
        If successes exceed their denominator, or the target is not between 0 and 1.

    Examples
    --------
    >>> found = overdispersion([10, 30, 2, 22, 18], [100] * 5, 0.15)
    >>> round(found.factor, 2), round(found.widening, 2)
    (4.99, 4.99)

    References
    ----------
    Spiegelhalter (2005) Handling over-dispersion of performance indicators. Quality and Safety in Health
    Care 14, 347-351. Spiegelhalter (2005) Statistics in Medicine 24, 1185-1202, section 3.

    Notes
    -----
    Assumes: most sites share one true spread; the target is known.
    Not for: fewer than about ten sites, where the factor itself is mostly chance.
    Departs from the published rule: percentiles are interpolated (type 7) because there are few sites.
    """
    x, cases = np.asarray(successes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if not 0.0 < target < 1.0:
        raise ValueError(f"target must lie between 0 and 1, got {target:g}")
    if x.ndim != 1 or x.shape != cases.shape:
        raise ValueError(f"successes and n must be one column of sites, got shapes {x.shape} and {cases.shape}")
    if np.any((x < 0) | (x > cases)):
        raise ValueError("successes must lie between 0 and their denominator")
    sites = len(x)
    if sites < 2 or np.any(cases < 1):
        raise NotEstimable(f"Overdispersion needs two sites with cases, got {int((cases > 0).sum())} of {sites}")
    z = (x / cases - target) / np.sqrt(target * (1.0 - target) / cases)
    pulled_in = np.clip(z, *np.quantile(z, [WINSORISED, 1.0 - WINSORISED]))
    factor = float(np.mean(pulled_in**2))
    beyond_chance = factor > 1.0 + 2.0 * sqrt(2.0 / sites)
    p_value = float(gammaincc(sites / 2.0, sites * factor / 2.0))
    return Overdispersion(factor, factor if beyond_chance else 1.0, p_value, sites, METHOD)
