"""Two tabular CUSUMs, one for each direction, with the run length of the pair."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from surveillance.detectors.base import Path, State
from surveillance.detectors.quadrature_chain import limit_for
from surveillance.detectors.tabular_cusum import HIGHEST, TabularCusum
from surveillance.metrics.arrays import FloatArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.CHARTS
MOST_VALUES = 20_000


@dataclass(frozen=True, slots=True)
class TwoSidedCusum:
    """Watch standardised values (z) for a fall and for a rise at once, by two charts with one limit.

    A signal is a signal of either. While both paths stand above zero their sum only shrinks, so when one
    signals the other is at zero: each begins afresh at a signal of either, and mean and distribution of
    the pair's run length follow exactly from those of the two charts.

    Attributes
    ----------
    limit : float
        h of both charts, in standard deviations.
    reference : float
        k, half the shift worth detecting.

    Examples
    --------
    >>> pair = TwoSidedCusum.design(reference=0.5, run_length=370)
    >>> round(pair.limit, 4), round(pair.run_length(shift=1.0), 2)
    (4.7738, 9.92)

    References
    ----------
    Lucas & Crosier (1982) Fast initial response for CUSUM quality-control schemes. Technometrics 24, 199-205.
    Van Dobben de Bruyn (1968) Cumulative sum tests: theory and practice. Griffin.

    Notes
    -----
    Assumes: what `TabularCusum` does.

    Not for: a direction in which nobody would act; it spends half of the false alarms there.

    Departs from the published rule: in nothing.
    """

    limit: float
    reference: float = 0.5

    def __post_init__(self) -> None:
        if self.limit <= 0.0 or self.reference <= 0.0:
            raise ValueError("limit and reference must be positive")

    @classmethod
    def design(cls, *, reference: float = 0.5, run_length: float) -> Self:
        """Return the pair whose mean run length in control is the one asked for.

        Raises
        ------
        ValueError
            If no limit of use has that run length.
        """
        limit = limit_for(lambda height: cls(height, reference).run_length(0.0), run_length, HIGHEST)
        return cls(limit, reference)

    @property
    def lower(self) -> TabularCusum:
        """Return the chart of a fall."""
        return TabularCusum(self.limit, self.reference, "lower")

    @property
    def upper(self) -> TabularCusum:
        """Return the chart of a rise."""
        return TabularCusum(self.limit, self.reference, "upper")

    def run(self, z: ArrayLike, state: tuple[State, State] | None = None) -> tuple[Path, Path]:
        """Follow both charts and return the path of each, the lower first."""
        lower, upper = state or (State(), State())
        return self.lower.run(z, lower), self.upper.run(z, upper)

    def run_length(self, shift: float, head_start: float = 0.0) -> float:
        """Return the mean number of values to a signal of either; both start from `head_start`, at most h / 2."""
        self._check(head_start)
        lower, upper = self.lower.run_length(shift), self.upper.run_length(shift)
        if np.isinf(lower) or np.isinf(upper):
            return min(self.lower.run_length(shift, head_start), self.upper.run_length(shift, head_start))
        ahead = self.lower.run_length(shift, head_start) * upper + self.upper.run_length(shift, head_start) * lower
        return (ahead - lower * upper) / (lower + upper)

    def run_length_distribution(self, shift: float, events: int, head_start: float = 0.0) -> float:
        """Return the chance of a signal of either within so many values, at most 20,000.

        With a(n) the chance that the lower chart signals first, and at n: it signals at n either so, or
        after the upper chart signalled at some j < n and it began afresh: p(n) = a(n) + sum b(j) p0(n - j).
        """
        self._check(head_start)
        if not 0 <= events <= MOST_VALUES:
            raise ValueError(f"events must lie between 0 and {MOST_VALUES}, got {events}")
        fresh = [_first_signals(chart, shift, 0.0, events) for chart in (self.lower, self.upper)]
        begun = [_first_signals(chart, shift, head_start, events) for chart in (self.lower, self.upper)]
        first = np.zeros((2, events + 1))
        for n in range(1, events + 1):
            for side in (0, 1):
                first[side, n] = begun[side][n] - first[1 - side, 1:n] @ fresh[side][n - 1 : 0 : -1]
        return float(first.sum())

    def _check(self, head_start: float) -> None:
        if not 0.0 <= head_start <= self.limit / 2.0:
            raise ValueError(f"a head start of a pair must lie between 0 and half the limit, got {head_start:g}")


def _first_signals(chart: TabularCusum, shift: float, head_start: float, events: int) -> FloatArray:
    """Return the chance that the first signal of one chart comes at 0, 1, ... values."""
    return np.diff(chart.run_length_distribution(shift, np.arange(events + 1), head_start), prepend=0.0)
