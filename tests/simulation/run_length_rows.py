"""One row of the run-length table: what the product computes, what the simulation finds, and how far apart they are."""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

SEED = 20_263
WORST_Z = 4.15
CONFIDENCE = 0.99


@dataclass(frozen=True)
class Quantity:
    """A figure of a run-length law: the mean, or the share of charts that signal within so many cases.

    Attributes
    ----------
    name : str
    computed : float
        By the product.
    within : int or None
        Cases of the share; None for the mean.
    computed_error : float
        Monte Carlo error of the product's own figure, where it simulates.
    """

    name: str
    computed: float
    within: int | None = None
    computed_error: float = 0.0


@dataclass(frozen=True)
class Design:
    """A chart as designed, at one state of the world, with the simulator that runs it.

    `runs_share` is the share of runs that a slow simulator gets.
    """

    chart: str
    design: str
    quantities: tuple[Quantity, ...]
    simulate: Callable[[np.random.Generator, int], NDArray[np.int64]]
    runs_share: float = 1.0

    def generator(self) -> np.random.Generator:
        """Return the design's own random numbers; a new design changes no other."""
        named = f"{self.chart} / {self.design} / {self.quantities[0].name}"
        return np.random.default_rng([SEED, crc32(named.encode())])


@dataclass(frozen=True)
class Row:
    """Computed beside simulated; `z` is their difference in combined standard errors."""

    chart: str
    design: str
    quantity: str
    computed: float
    simulated: float
    standard_error: float

    @property
    def z(self) -> float:
        """Return the difference in standard errors."""
        return (self.simulated - self.computed) / self.standard_error


def rows_of(design: Design, runs: int) -> list[Row]:
    """Simulate a design anew for each quantity, so that the rows are independent, and compare."""
    rng, rows = design.generator(), []
    for quantity in design.quantities:
        lengths = design.simulate(rng, max(2, round(runs * design.runs_share)))
        if quantity.within is None:
            found, error = float(lengths.mean()), float(lengths.std(ddof=1)) / sqrt(len(lengths))
        else:
            found = float(np.mean(lengths <= quantity.within))
            error = sqrt(quantity.computed * (1.0 - quantity.computed) / len(lengths))
        combined = sqrt(error**2 + quantity.computed_error**2)
        rows.append(Row(design.chart, design.design, quantity.name, quantity.computed, found, combined))
    return rows


def sum_of_squares_range(rows: int) -> tuple[float, float]:
    """Return the range in which the sum of z squared lies with 99 % chance, if the rows are independent."""
    tail = (1.0 - CONFIDENCE) / 2.0
    return float(chi2.ppf(tail, rows)), float(chi2.ppf(1.0 - tail, rows))
