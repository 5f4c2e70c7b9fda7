"""Bernoulli CUSUM: has a rate of yes-or-no events risen."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import ClassVar, Self, overload

import numpy as np
from numpy.typing import ArrayLike

from surveillance.detectors.base import Detector, Path, State, follow
from surveillance.detectors.bernoulli_steps import tuned_rate, whole_steps
from surveillance.detectors.lattice_chain import FloatArray, LatticeChain, smallest_limit
from surveillance.metrics.arrays import IntArray, as_flags


@dataclass(frozen=True, slots=True)
class BernoulliCusum(Detector):
    """Accumulate evidence that a rate (missed positives, false flags, failures) has risen.

    Every event lifts the path by 1 - 1/m, every non-event lowers it by 1/m, never below 0; a signal
    is a path at or above `limit`. The unacceptable rate is tuned a little so that m is whole: the path
    then moves on a lattice (+m-1 / -1, signal at H) and every run length is exact.

    Attributes
    ----------
    in_control, out_of_control : float
        Acceptable rate, and the tuned unacceptable rate that m corresponds to.
    steps_per_event : int
        m.
    limit_steps : int
        H; a path of H steps or more signals.
    asked_out_of_control : float
        The unacceptable rate as it was asked for, before tuning.

    Examples
    --------
    >>> chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=1040)
    >>> chart.limit_steps, chart.steps_per_event, round(chart.out_of_control, 3)
    (31, 7, 0.194)
    >>> round(chart.run_length(0.10)), round(chart.run_length(0.20))
    (1044, 63)

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

    def __post_init__(self) -> None:
        if not 0.0 < self.in_control < self.out_of_control < 1.0:
            raise ValueError(
                "the unacceptable rate must exceed the acceptable one, both between 0 and 1, "
                f"got {self.in_control:g} and {self.out_of_control:g}"
            )
        if self.limit_steps < 1 or self.steps_per_event < 2:
            raise ValueError("the limit must be at least 1 step, and an event at least 2 steps")

    @classmethod
    def design(cls, *, in_control: float, out_of_control: float, run_length: float) -> Self:
        """Return the chart with the smallest limit whose mean run length in control is at least as asked.

        Parameters
        ----------
        in_control, out_of_control : float
            Acceptable and unacceptable rate, the second above the first.
        run_length : float
            Mean number of events (not weeks) between false alarms.

        Raises
        ------
        ValueError
            If the rates are not in that order, or leave no whole number of steps between them.
        """
        steps = whole_steps(in_control, out_of_control)
        tuned = tuned_rate(in_control, steps)
        limit = smallest_limit(lambda height: _chain(in_control, steps, height), run_length)
        return cls(in_control, tuned, steps, limit, out_of_control)

    @property
    def limit(self) -> float:
        """Return the limit in events, h_B = H / m."""
        return self.limit_steps / self.steps_per_event

    @property
    def evidence_per_step(self) -> float:
        """Return the log-likelihood ratio of one lattice step, for the tuned pair of rates."""
        return -log((1.0 - self.out_of_control) / (1.0 - self.in_control))

    def steps(self, events: ArrayLike) -> IntArray:
        """Return the lattice step of each event: m - 1 where it happened, -1 where not."""
        return np.where(as_flags(events, "events"), self.steps_per_event - 1, -1).astype(np.int64)

    def run(self, events: ArrayLike, state: State | None = None) -> Path:
        """Follow the chart over events in their order; it restarts at zero after a signal.

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

    def run_length(self, rate: float, head_start: int = 0) -> float:
        """Return the exact mean number of events to a signal at a true rate.

        `head_start` is where the path begins, in steps.
        """
        return float(_chain(rate, self.steps_per_event, self.limit_steps).run_lengths()[head_start])

    @overload
    def run_length_distribution(self, rate: float, events: int, head_start: int = 0) -> float: ...

    @overload
    def run_length_distribution(
        self, rate: float, events: Sequence[int] | IntArray, head_start: int = 0
    ) -> FloatArray: ...

    def run_length_distribution(
        self, rate: float, events: int | Sequence[int] | IntArray, head_start: int = 0
    ) -> float | FloatArray:
        """Return the exact chance of a signal within so many events, for one number or several."""
        wanted = np.asarray(events, dtype=np.int64)
        chain = _chain(rate, self.steps_per_event, self.limit_steps)
        chances = chain.signal_probability(wanted, head_start)
        return chances if chances.ndim else float(chances)

    def delay_quantile(self, rate: float, share: float, head_start: int = 0) -> int:
        """Return the number of events within which that share of charts has signalled (0.5: the median)."""
        return _chain(rate, self.steps_per_event, self.limit_steps).quantile(share, head_start)

    def signal_probabilities(self, rates: ArrayLike, head_start: int = 0) -> FloatArray:
        """Return the chance of a signal within the first 1, 2, ... events when the true rate changes.

        Parameters
        ----------
        rates : float array of shape (n,)
            True rate at each event, e.g. a ramp.
        """
        path = np.asarray(rates, dtype=np.float64)
        chain = _chain(self.in_control, self.steps_per_event, self.limit_steps)
        state = np.zeros(self.limit_steps)
        state[head_start] = 1.0
        chances = np.empty(len(path))
        for position, rate in enumerate(path.tolist()):
            state = chain.advance(state, np.array([rate, 1.0 - rate]))
            chances[position] = 1.0 - state.sum()
        return chances


def _chain(rate: float, steps_per_event: int, limit: int) -> LatticeChain:
    if not 0.0 <= rate <= 1.0:
        raise ValueError(f"a rate must lie between 0 and 1, got {rate:g}")
    return LatticeChain(np.array([steps_per_event - 1, -1]), np.array([rate, 1.0 - rate]), limit)
