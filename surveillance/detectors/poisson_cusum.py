"""Poisson CUSUM: has the number of events a week, or any fixed period, changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, log
from typing import ClassVar, Self, overload

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammainc, gammaln, xlogy

from surveillance.detectors.base import Detector, Path, State, follow
from surveillance.detectors.lattice_chain import LatticeChain, smallest_limit
from surveillance.detectors.poisson_steps import as_counts, require_lattice, require_reach, tuned_mean, whole_steps
from surveillance.metrics.arrays import FloatArray, IntArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.CHARTS


@dataclass(frozen=True, slots=True)
class PoissonCusum(Detector):
    """Accumulate evidence that events come more often (or less often) than is acceptable, counted by the week.

    Every period adds its count less k, the count at which the evidence is even (k less the count, where
    fewer events are looked for), never below 0; a signal is a path strictly above the limit h. k is tuned a
    little so that it is a fraction of small whole numbers, `steps_per_period` / `steps_per_event`: the path moves
    on a lattice, signals at H = `limit_steps`, which is one step above h, and every run length is exact.

    Attributes
    ----------
    in_control, out_of_control : float
        Acceptable mean of the count of a period, and the tuned one worth detecting that k stands for.
    steps_per_event, steps_per_period : int
        Steps that each event adds, and that each period takes off.
    limit_steps : int
        H; a path of H steps or more signals.
    asked_out_of_control : float
        The mean worth detecting as it was asked for, before tuning.

    Examples
    --------
    >>> chart = PoissonCusum.design(in_control=2.0, out_of_control=4.2881, run_length=370)
    >>> chart.reference, chart.limit, round(chart.run_length(2.0)), round(chart.run_length(4.0), 1)
    (3.0, 5.0, 412, 6.2)
    >>> chart.run([2, 1, 7, 6, 2]).signals.tolist()
    [3]

    Notes
    -----
    Assumes: counts of equal periods, independent, Poisson with the acceptable mean while nothing is wrong.

    Not for: counts that spread wider than Poisson (check the baseline for overdispersion first), periods of unlike
    length or volume (count by a fixed number of studies, or use the Bernoulli CUSUM), single rare events, or over
    10,000 events a period. In a plan its periods are weeks, and those without a study are left out.

    Departs from the published rule: the reference value k is a fraction within 1 % of Lucas's, because the path
    then moves in whole steps and every run length is exact.

    References
    ----------
    Lucas (1985) Counted data CUSUM's. Technometrics 27, 129-144.
    White & Keats (1996) ARLs and higher-order run-length moments for the Poisson CUSUM. Journal of Quality
    Technology 28, 363-369.
    """

    name: ClassVar[str] = "poisson_cusum"
    label: ClassVar[str] = "Poisson CUSUM"
    in_control: float
    out_of_control: float
    steps_per_event: int
    steps_per_period: int
    limit_steps: int
    asked_out_of_control: float

    def __post_init__(self) -> None:
        if min(self.in_control, self.out_of_control) <= 0.0 or self.in_control == self.out_of_control:
            raise ValueError(
                f"the two means must be positive and not the same, got {self.in_control:g} and {self.out_of_control:g}"
            )
        if min(self.steps_per_event, self.steps_per_period, self.limit_steps) < 1:
            raise ValueError("the steps of an event and of a period, and the limit, must be at least 1")

    @classmethod
    def design(cls, *, in_control: float, out_of_control: float, run_length: float, exposure: float = 1.0) -> Self:
        """Return the chart with the smallest limit whose mean run length in control is at least as asked.

        Parameters
        ----------
        in_control, out_of_control : float
            Acceptable mean and the one worth detecting, above or below it, for one unit of exposure.
        run_length : float
            Mean number of periods between false alarms.
        exposure : float
            Units of exposure in every period, e.g. thousands of studies a week.

        Raises
        ------
        ValueError
            If a mean or the exposure is not positive, the two means are the same, or the run length is none.
        NotEstimable
            If a mean is above 10,000 events a period, the reference value below one in 2,000 periods, or the means
            too close together for the run length.
        """
        if not exposure > 0.0:
            raise ValueError(f"exposure must be positive, got {exposure:g}")
        low, high = in_control * exposure, out_of_control * exposure
        require_reach(low, high, run_length)
        up, down = whole_steps(low, high)
        tuned = tuned_mean(low, down / up)
        first = cls(low, tuned, up, down, 1, high)
        limit = smallest_limit(lambda height: first._chain(low, height), run_length)
        return cls(low, tuned, up, down, limit, high)

    @property
    def limit(self) -> float:
        """Return the limit h in events; a path strictly above it signals."""
        return (self.limit_steps - 1) / self.steps_per_event

    @property
    def half_limit(self) -> float:
        """Return the level half-way to the limit, in whole steps."""
        return self.limit_steps // 2

    @property
    def reference(self) -> float:
        """Return k, in events a period."""
        return self.steps_per_period / self.steps_per_event

    @property
    def evidence_per_step(self) -> float:
        """Return the log-likelihood ratio of one lattice step, for the tuned pair of means."""
        return abs(log(self.out_of_control / self.in_control)) / self.steps_per_event

    def steps(self, counts: ArrayLike) -> IntArray:
        """Return the lattice steps of each period's count."""
        return self._direction * (as_counts(counts, "counts") * self.steps_per_event - self.steps_per_period)

    def run(self, counts: ArrayLike, state: State | None = None) -> Path:
        """Follow the chart over the counts of periods in their order; it restarts at zero after a signal.

        Parameters
        ----------
        counts : int array of shape (n,)
        state : State, optional
            Where an earlier part of the same stream ended.
        """
        steps = self.steps(counts).tolist()
        return follow(steps, state or State(), self.limit_steps, strict=False, unit=self.steps_per_event)

    def run_length(self, mean: float, head_start: float = 0) -> float:
        """Return the exact mean number of periods to a signal at a true mean; `head_start` is a level in steps."""
        return float(self.chain(mean).run_lengths()[int(head_start)])

    @overload
    def run_length_distribution(self, mean: float, events: int, head_start: float = 0) -> float: ...

    @overload
    def run_length_distribution(
        self, mean: float, events: Sequence[int] | IntArray, head_start: float = 0
    ) -> FloatArray: ...

    def run_length_distribution(
        self, mean: float, events: int | Sequence[int] | IntArray, head_start: float = 0
    ) -> float | FloatArray:
        """Return the exact chance of a signal within so many periods, for one number or several."""
        chances = self.chain(mean).signal_probability(np.asarray(events, dtype=np.int64), int(head_start))
        return chances if chances.ndim else float(chances)

    def delay_quantile(self, mean: float, share: float, head_start: float = 0) -> int:
        """Return the number of periods within which that share of charts has signalled (0.5: the median)."""
        return self.chain(mean).quantile(share, int(head_start))

    def chain(self, mean: float) -> LatticeChain:
        """Return the exact Markov chain of the path at a true mean."""
        return self._chain(mean, self.limit_steps)

    @property
    def _direction(self) -> int:
        return 1 if self.out_of_control > self.in_control else -1

    def _chain(self, mean: float, limit: int) -> LatticeChain:
        if not 0.0 <= mean < inf:
            raise ValueError(f"a mean count must be finite and not negative, got {mean:g}")
        require_lattice(limit, self.in_control, self.asked_out_of_control)
        # Counts beyond the one that crosses the whole lattice, either way, do the same as that one.
        most = (limit + self.steps_per_period) // self.steps_per_event + 1
        counts = np.arange(most + 1)
        chance = np.exp(xlogy(counts, mean) - mean - gammaln(counts + 1.0))
        chance[-1] = gammainc(most, mean)
        return LatticeChain(self._direction * (counts * self.steps_per_event - self.steps_per_period), chance, limit)
