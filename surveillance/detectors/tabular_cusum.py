"""Tabular CUSUM: has the mean of a standardised series moved to one side."""

from dataclasses import dataclass
from typing import ClassVar, Literal, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from surveillance.detectors.base import Path, State, follow
from surveillance.detectors.normal_chart import NormalChart, as_standardised
from surveillance.detectors.quadrature_chain import QuadratureChain, gauss_legendre, limit_for, normal_density
from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import FloatArray, IntArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.CHARTS
Side: TypeAlias = Literal["lower", "upper"]
FIXED_POINT = 1_000_000  # z values as whole millionths, for a path that adds up exactly
HIGHEST = 60.0


@dataclass(frozen=True, slots=True)
class TabularCusum(NormalChart):
    """Accumulate evidence that standardised values (z) have fallen, or risen, by a persistent amount.

    The lower chart adds -z - k to its path, the upper one z - k, never below 0; a signal is a path strictly
    above the limit h. With k = 0.5 it is tuned to a shift of one standard deviation. `shift` is the mean
    of z in its own sign: a lower chart finds a negative one.

    Attributes
    ----------
    limit : float
        h, in standard deviations; from `design`, since a limit means nothing without its run length.
    reference : float
        k, half the shift worth detecting, in standard deviations.
    side : {"lower", "upper"}
        Which way harm lies; for both ways see `TwoSidedCusum`.

    Examples
    --------
    >>> chart = TabularCusum.design(reference=0.5, run_length=370, side="lower")
    >>> round(chart.limit, 4), round(chart.run_length(shift=-1.0), 2)
    (4.0954, 8.57)
    >>> chart.run([-2.0, -2.0, -2.0, 0.0]).signals.tolist()
    [2]

    References
    ----------
    Page (1954) Continuous inspection schemes. Biometrika 41, 100-115.
    Lucas & Crosier (1982) Fast initial response for CUSUM quality-control schemes. Technometrics 24, 199-205.

    Notes
    -----
    Assumes: independent values, normal with mean 0 and standard deviation 1 while nothing is wrong, the two
    known and not estimated.

    Not for: skewed values such as the AUROC of a few positives, whose limit comes from simulation
    (`auroc_chart_design`); overlapping windows; a series whose neighbours are alike (correlation 0.1 between
    neighbours cuts a run length of 370 to about 211).

    Departs from the published rule: in nothing: run lengths are those of the integral equation.
    """

    name: ClassVar[str] = "tabular_cusum"
    label: ClassVar[str] = "Tabular CUSUM"
    limit: float
    reference: float = 0.5
    side: Side = "lower"

    def __post_init__(self) -> None:
        if self.limit <= 0.0 or self.reference < 0.0:
            raise ValueError("limit must be positive and reference not negative")
        if self.side not in ("lower", "upper"):
            raise ValueError(f"side must be lower or upper, got {self.side}")

    @classmethod
    def design(cls, *, reference: float = 0.5, run_length: float, side: Side = "lower") -> Self:
        """Return the chart whose mean run length in control is the one asked for.

        Parameters
        ----------
        reference : float
            k, half the shift worth detecting, in standard deviations.
        run_length : float
            Mean number of values between false alarms.
        side : {"lower", "upper"}

        Raises
        ------
        ValueError
            If the run length is shorter than that of a chart without memory, or beyond any limit of use.
        """
        limit = limit_for(lambda height: _chain(reference, height, 0.0, 0.0).run_length(), run_length, HIGHEST)
        return cls(limit, reference, side)

    @property
    def half_limit(self) -> float:
        """Return h / 2, the level of a head start."""
        return self.limit / 2.0

    @property
    def limit_steps(self) -> int:
        """Return the limit in whole steps: a path of `lattice_steps` at or above it signals."""
        return int(np.floor(self.limit * FIXED_POINT)) + 1

    @property
    def steps_per_unit(self) -> int:
        """Return how many whole steps make one standard deviation in `lattice_steps`."""
        return FIXED_POINT

    def increments(self, z: ArrayLike) -> FloatArray:
        """Return what each value adds to the path: -z - k, or z - k on the upper side."""
        values = as_standardised(z)
        return (values if self.side == "upper" else -values) - self.reference

    def lattice_steps(self, z: ArrayLike) -> IntArray:
        """Return what each value adds in whole millionths of a standard deviation."""
        return np.rint(self.increments(z) * FIXED_POINT).astype(np.int64)

    def evidence(self, z: ArrayLike) -> FloatArray:
        """Return the log-likelihood ratio of each value, a mean shifted by 2k against none; for `onset_interval`."""
        if self.reference == 0.0:
            raise NotEstimable("Evidence of a shift needs a reference above 0, got 0")
        return 2.0 * self.reference * self.increments(z)

    def run(self, z: ArrayLike, state: State | None = None) -> Path:
        """Follow the chart over standardised values in their order; it restarts at zero after a signal.

        Parameters
        ----------
        z : float array of shape (n,)
        state : State, optional
            Where an earlier part of the same stream ended, or `start(head_start=True)`.
        """
        return follow(self.increments(z).tolist(), state or State(), self.limit, strict=True, unit=1.0)

    def chain(self, shift: float, head_start: float = 0.0) -> QuadratureChain:
        """Return the chain of the path when z has this mean and the path starts from a level."""
        if not 0.0 <= head_start <= self.limit:
            raise ValueError(f"a head start must lie between 0 and the limit, got {head_start:g}")
        return _chain(self.reference, self.limit, shift if self.side == "upper" else -shift, head_start)


def _chain(reference: float, limit: float, shift: float, head_start: float) -> QuadratureChain:
    """Return the chain of an upper path: zero is a point of its own, between it and the limit lies a density."""
    points, weights = gauss_legendre(0.0, limit, 1.0)
    drift = shift - reference
    levels = np.concatenate(([head_start, 0.0], points))
    to_zero = ndtr(-levels - drift)
    between = normal_density(points[None, :] - levels[:, None] - drift) * weights
    moves = np.column_stack((to_zero, between))
    leaving = ndtr(levels + drift - limit)
    return QuadratureChain(moves[1:], leaving[1:], moves[0], np.array([1.0, 1.0 - leaving[0]]))
