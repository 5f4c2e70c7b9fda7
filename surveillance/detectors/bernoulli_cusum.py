"""Bernoulli CUSUM: has a rate of yes-or-no events risen."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import ClassVar, Self, overload

import numpy as np
from numpy.typing import ArrayLike

from surveillance.detectors.base import Detector, Path, State, follow
from surveillance.detectors.bernoulli_steps import lattice
from surveillance.detectors.lattice_chain import FloatArray, LatticeChain, smallest_limit
from surveillance.metrics.arrays import IntArray, as_flags
from surveillance.metrics.topic import Topic

TOPIC = Topic.CHARTS


@dataclass(frozen=True, slots=True)
class BernoulliCusum(Detector):
    """Accumulate evidence that a rate (positives not flagged, false flags, failures) has risen.

    Every event lifts the path by 1 - gamma, every study without one lowers it by gamma, never below 0; a signal
    is a path at or above `limit`. The unacceptable rate is tuned a little so that gamma is a fraction of small
    whole numbers, `steps_down` / `steps_per_event`: the path then moves on a lattice (+up / -down, signal at H)
    and every run length is exact. gamma is 1/m, as in the textbooks, where that moves the unacceptable rate by
    at most 3 %, else the fraction with the smallest numerator up to 20 that does (`bernoulli_steps.lattice`).

    Attributes
    ----------
    in_control, out_of_control : float
        Acceptable rate, and the tuned unacceptable rate that the lattice stands for.
    steps_per_event : int
        Lattice steps in one event, the unit of the statistic (m of the textbooks, where `steps_down` is 1).
    limit_steps : int
        H; a path of H steps or more signals.
    asked_out_of_control : float
        The unacceptable rate as it was asked for, before tuning.
    steps_down : int
        Steps that a study without an event takes off.

    Examples
    --------
    >>> chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=1040)
    >>> chart.limit_steps, chart.steps_per_event, round(chart.out_of_control, 3)
    (31, 7, 0.194)
    >>> round(chart.run_length(0.10)), round(chart.run_length(0.20))
    (1044, 63)

    Notes
    -----
    Assumes: each study is an event or not, independently of the others, at one rate; the acceptable rate is a
    standard, not an estimate (one estimated from 200 studies makes the true run length uncertain tenfold).

    Not for: a risk that differs from study to study (use the risk-adjusted CUSUM), counts a period (Poisson
    CUSUM), or events so rare that single ones must be answered (time between events).

    Departs from the published rule: gamma may be a fraction other than 1/m, because 1/m can stand for an
    unacceptable rate more than 3 % from the one asked.

    References
    ----------
    Reynolds & Stoumbos (1999) A CUSUM chart for monitoring a proportion when inspecting continuously.
    Journal of Quality Technology 31, 87-108.
    """

    name: ClassVar[str] = "bernoulli_cusum"
    label: ClassVar[str] = "Bernoulli CUSUM"
    in_control: float
    out_of_control: float
    steps_per_event: int
    limit_steps: int
    asked_out_of_control: float
    steps_down: int = 1

    def __post_init__(self) -> None:
        if not 0.0 < self.in_control < self.out_of_control < 1.0:
            raise ValueError(
                "the unacceptable rate must exceed the acceptable one, both between 0 and 1, "
                f"got {self.in_control:g} and {self.out_of_control:g}"
            )
        if self.limit_steps < 1 or not 1 <= self.steps_down < self.steps_per_event:
            raise ValueError("the limit must be at least 1 step, and an event worth more than a study without one")

    @classmethod
    def design(cls, *, in_control: float, out_of_control: float, run_length: float) -> Self:
        """Return the chart with the smallest limit whose mean run length in control is at least as asked.

        Parameters
        ----------
        in_control, out_of_control : float
            Acceptable and unacceptable rate, the second above the first.
        run_length : float
            Mean number of studies of the chart (not weeks) between false alarms.

        Raises
        ------
        ValueError
            If the rates are not in that order, or leave no whole steps between them.
        """
        worth, down, tuned = lattice(in_control, out_of_control)
        limit = smallest_limit(lambda height: _chain(in_control, worth, down, height), run_length)
        return cls(in_control, tuned, worth, limit, out_of_control, down)

    @property
    def steps_up(self) -> int:
        """Return the steps that an event adds."""
        return self.steps_per_event - self.steps_down

    @property
    def limit(self) -> float:
        """Return the limit in events, h_B = H / steps_per_event."""
        return self.limit_steps / self.steps_per_event

    @property
    def half_limit(self) -> float:
        """Return the level half-way to the limit, in whole steps."""
        return self.limit_steps // 2

    @property
    def evidence_per_step(self) -> float:
        """Return the log-likelihood ratio of one lattice step, for the tuned pair of rates."""
        return -log((1.0 - self.out_of_control) / (1.0 - self.in_control)) / self.steps_down

    def steps(self, events: ArrayLike) -> IntArray:
        """Return the lattice step of each study: up where the event happened, down where not."""
        return np.where(as_flags(events, "events"), self.steps_up, -self.steps_down).astype(np.int64)

    def run(self, events: ArrayLike, state: State | None = None) -> Path:
        """Follow the chart over studies in their order; it restarts at zero after a signal.

        Parameters
        ----------
        events : bool array of shape (n,)
        state : State, optional
            Where an earlier part of the same stream ended.

        Examples
        --------
        >>> chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=1040)
        >>> chart.run(np.ones(12)).signals.tolist()
        [5, 11]
        """
        steps = self.steps(events).tolist()
        return follow(steps, state or State(), self.limit_steps, strict=False, unit=self.steps_per_event)

    def run_length(self, rate: float, head_start: float = 0) -> float:
        """Return the exact mean number of studies to a signal at a true rate; `head_start` is a level in steps."""
        return float(self.chain(rate).run_lengths()[int(head_start)])

    @overload
    def run_length_distribution(self, rate: float, events: int, head_start: float = 0) -> float: ...

    @overload
    def run_length_distribution(
        self, rate: float, events: Sequence[int] | IntArray, head_start: float = 0
    ) -> FloatArray: ...

    def run_length_distribution(
        self, rate: float, events: int | Sequence[int] | IntArray, head_start: float = 0
    ) -> float | FloatArray:
        """Return the exact chance of a signal within so many studies, for one number or several."""
        wanted = np.asarray(events, dtype=np.int64)
        chances = self.chain(rate).signal_probability(wanted, int(head_start))
        return chances if chances.ndim else float(chances)

    def delay_quantile(self, rate: float, share: float, head_start: float = 0) -> int:
        """Return the number of studies within which that share of charts has signalled (0.5: the median)."""
        return self.chain(rate).quantile(share, int(head_start))

    def signal_probabilities(self, rates: ArrayLike, head_start: float = 0) -> FloatArray:
        """Return the chance of a signal within the first 1, 2, ... studies when the true rate changes.

        Parameters
        ----------
        rates : float array of shape (n,)
            True rate at each study, e.g. a ramp.
        """
        path = np.asarray(rates, dtype=np.float64)
        chain = self.chain(self.in_control)
        state = np.zeros(self.limit_steps)
        state[int(head_start)] = 1.0
        chances = np.empty(len(path))
        for position, rate in enumerate(path.tolist()):
            state = chain.advance(state, np.array([rate, 1.0 - rate]))
            chances[position] = 1.0 - state.sum()
        return chances

    def chain(self, rate: float) -> LatticeChain:
        """Return the exact Markov chain of the path at a true rate."""
        return _chain(rate, self.steps_per_event, self.steps_down, self.limit_steps)


def _chain(rate: float, worth: int, down: int, limit: int) -> LatticeChain:
    if not 0.0 <= rate <= 1.0:
        raise ValueError(f"a rate must lie between 0 and 1, got {rate:g}")
    return LatticeChain(np.array([worth - down, -down]), np.array([rate, 1.0 - rate]), limit)
