"""What all charts of a department cost together: false alarms, false recommendations, and how many are true."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.chart_cost import Tier
from surveillance.errors import NotEstimable

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ChartCosts:
    """One tier of many charts.

    Attributes
    ----------
    deployment : int64, shape (c,); the place of each chart's deployment
    years : float64, shape (c,); average time between false signals
    chance : float64, shape (c,); chance of at least one within two years
    """

    deployment: NDArray[np.int64]
    years: Floats
    chance: Floats


@dataclass(frozen=True, slots=True)
class FleetTier:
    """One tier of a fleet: what each deployment, and all of them, may expect with nothing wrong.

    Attributes
    ----------
    per_year : float64, shape (d,); false signals a year
    chance : float64, shape (d,); chance of at least one within two years
    total_per_year, total_chance : the same of all deployments together
    """

    per_year: Floats
    chance: Floats
    total_per_year: float
    total_chance: float


def fleet_tier(charts: ChartCosts, deployments: int) -> FleetTier:
    """Add up one tier over charts: rates are added, chances joined as if charts were independent.

    Charts whose signals tend to come together have a smaller joint chance, so both figures are upper bounds.

    Examples
    --------
    >>> charts = ChartCosts(np.array([0, 0, 1]), np.array([2.0, 2.0, 4.0]), np.array([0.5, 0.5, 0.2]))
    >>> found = fleet_tier(charts, 2)
    >>> found.per_year.tolist(), found.chance.round(2).tolist()
    ([1.0, 0.25], [0.75, 0.2])
    >>> found.total_per_year, round(found.total_chance, 3)
    (1.25, 0.8)
    """
    per_year: Floats = np.bincount(charts.deployment, 1.0 / charts.years, minlength=deployments).astype(np.float64)
    none = np.ones(deployments)
    np.multiply.at(none, charts.deployment, 1.0 - charts.chance)
    return FleetTier(per_year, 1.0 - none, float(per_year.sum()), float(1.0 - none.prod()))


def deployment_tier(limits: Sequence[Tier]) -> FleetTier:
    """Add up one tier over the charts of one deployment, each by the years and the chance that it states."""
    years, chances = [one.stated_years for one in limits], [one.stated_chance_two_years for one in limits]
    return fleet_tier(ChartCosts(np.zeros(len(limits), dtype=np.int64), np.array(years), np.array(chances)), 1)


def true_share(faults_per_year: float, false_per_year: float) -> float:
    """Return the share of recommendations that would be true: faults found, against those and the false ones.

    Every fault is taken to be found in the end, by one recommendation: a rate, not a promise.

    Raises
    ------
    NotEstimable
        If no chart may recommend a stop.

    Examples
    --------
    >>> round(true_share(1 / 3, 1 / 10), 3)
    0.769
    """
    if false_per_year <= 0:
        raise NotEstimable("A share of true recommendations needs a chart that may recommend a stop, got none")
    return faults_per_year / (faults_per_year + false_per_year)
