"""Risk-adjusted CUSUM: have the odds of an outcome changed, given each case's risk."""

from dataclasses import dataclass
from math import floor, log
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from surveillance.detectors.base import Detector, Path, State, follow
from surveillance.detectors.lattice_chain import FloatArray, LatticeChain, smallest_limit
from surveillance.detectors.risk_weights import lattice_moves, risk_weights
from surveillance.metrics.arrays import IntArray, as_flags, as_probabilities, require_same_length

FINE_STEPS = 256  # lattice of the mean run length of a chart with real weights: within about 0.6 %
COARSE_STEPS = 128  # the same for its distribution, which is walked case by case
FIXED_POINT = 1_000_000  # real weights as whole millionths, for a path that adds up exactly


@dataclass(frozen=True, slots=True)
class RiskAdjustedCusum(Detector):
    """Accumulate evidence that the odds of the outcome, given risk, have changed.

    Each case adds y log R - log(1 - p + R p), the log-likelihood ratio of odds multiplied by R; the path
    never falls below 0. Given without `steps`, weights are real numbers and a signal is a path strictly
    above `limit`; its run lengths come from a fine lattice that keeps the mean of every weight (within
    about 0.3 %). With `steps`, every weight is rounded to a lattice of that many steps per unit, a signal is
    a path at or above `limit`, and the Markov chain is exact.

    On an external risk this is a performance chart; on the AI's own scores it watches calibration
    and moves with prevalence.

    Attributes
    ----------
    limit : float
        In log-likelihood ratio; from `design`, since a limit means nothing without its run length.
    odds_ratio : float
        The change worth detecting; below 1 the chart looks the other way.
    steps : int or None
        Lattice steps in one unit.

    Examples
    --------
    >>> chart = RiskAdjustedCusum(odds_ratio=2.0, limit=1.0)
    >>> chart.run([1, 1, 0], [0.1, 0.1, 0.5]).signals.tolist()
    [1]

    References
    ----------
    Steiner, Cook, Farewell & Treasure (2000) Monitoring surgical performance using risk-adjusted
    cumulative sum charts. Biostatistics 1, 441-452.
    Knoth, Wittenberg & Gan (2019) Risk-adjusted CUSUM charts under model error. Stat Med 38, 2206-2218.
    """

    name: ClassVar[str] = "risk_adjusted_cusum"
    label: ClassVar[str] = "Risk-adjusted CUSUM"
    limit: float
    odds_ratio: float = 2.0
    steps: int | None = None

    def __post_init__(self) -> None:
        if self.odds_ratio <= 0.0 or self.odds_ratio == 1.0 or self.limit <= 0.0:
            raise ValueError("odds_ratio must be positive and not 1, limit must be positive")
        if self.steps is not None and self.steps < 1:
            raise ValueError("steps must be at least 1")

    @classmethod
    def design(cls, *, risk: ArrayLike, odds_ratio: float, run_length: float, steps: int | None = None) -> Self:
        """Return the chart with the smallest limit whose mean run length in control is at least as asked.

        Parameters
        ----------
        risk : float array of shape (n,)
            Risks of the cases the chart will see: the run length depends on their mix.
        odds_ratio : float
        run_length : float
            Mean number of cases (not weeks) between false alarms.
        steps : int, optional
            Round the weights of the chart itself to so many steps per unit of log-likelihood ratio.
            With few distinct risks a coarse lattice changes the chart, and its limit, noticeably.

        Raises
        ------
        NotEstimable
            If there is no risk.
        """
        cls(limit=1.0, odds_ratio=odds_ratio, steps=steps)  # refuses a senseless chart before the search
        risks = as_probabilities(risk, "risk")

        def smallest(unit: int, near: int) -> int:
            moves, chances = lattice_moves(risks, odds_ratio, 1.0, unit, split=steps is None)
            return smallest_limit(lambda height: LatticeChain(moves, chances, height), run_length, near)

        if steps is not None:
            return cls(limit=smallest(steps, 1) / steps, odds_ratio=odds_ratio, steps=steps)
        moves, chances = lattice_moves(risks, odds_ratio, 1.0, FINE_STEPS, split=True)
        height = smallest(COARSE_STEPS, 1) * FINE_STEPS // COARSE_STEPS
        achieved = LatticeChain(moves, chances, height).run_lengths()[0]
        # A likelihood-ratio CUSUM's run length grows e-fold with each unit of its limit: one jump, then steps up.
        height = max(1, height + floor(log(run_length / achieved) * FINE_STEPS))
        while LatticeChain(moves, chances, height).run_lengths()[0] < run_length:
            height += 1
        return cls(limit=height / FINE_STEPS, odds_ratio=odds_ratio)

    @property
    def steps_per_unit(self) -> int:
        """Return how many whole steps make one unit of the statistic in `lattice_steps`."""
        return self.steps or FIXED_POINT

    @property
    def limit_steps(self) -> int:
        """Return the limit in whole steps: a path of `lattice_steps` at or above it signals."""
        if self.steps is None:
            return floor(self.limit * FIXED_POINT) + 1
        return round(self.limit * self.steps)

    def weights(self, truth: ArrayLike, probability: ArrayLike) -> FloatArray:
        """Return what each case adds to the path, in log-likelihood ratio (rounded, for a designed chart)."""
        flags, risks = as_flags(truth, "truth"), as_probabilities(probability)
        require_same_length(flags, risks)
        exact = risk_weights(flags, risks, self.odds_ratio)
        return exact if self.steps is None else np.rint(exact * self.steps) / self.steps

    def lattice_steps(self, truth: ArrayLike, probability: ArrayLike) -> IntArray:
        """Return what each case adds in whole steps: of the chart's lattice, else millionths of a unit."""
        return np.rint(self.weights(truth, probability) * self.steps_per_unit).astype(np.int64)

    def run(self, truth: ArrayLike, probability: ArrayLike, state: State | None = None) -> Path:
        """Follow the chart over cases in their order; it restarts at zero after a signal.

        Parameters
        ----------
        truth : bool array of shape (n,)
            Whether the outcome happened.
        probability : float array of shape (n,)
            Risk of each case.
        state : State, optional
            Where an earlier part of the same stream ended.
        """
        start = state or State()
        if self.steps is None:
            weights = self.weights(truth, probability).tolist()
            return follow(weights, start, self.limit, strict=True, unit=1.0)
        steps = self.lattice_steps(truth, probability).tolist()
        return follow(steps, start, self.limit_steps, strict=False, unit=self.steps)

    def run_length(self, risk: ArrayLike, true_odds_ratio: float = 1.0) -> float:
        """Return the mean number of cases to a signal, for a mix of risks and a true change in odds."""
        return float(self._chain(risk, true_odds_ratio, FINE_STEPS).run_lengths()[0])

    def run_length_distribution(self, risk: ArrayLike, events: int, true_odds_ratio: float = 1.0) -> float:
        """Return the chance of a signal within so many cases."""
        chain = self._chain(risk, true_odds_ratio, COARSE_STEPS)
        return float(chain.signal_probability(np.asarray(events, dtype=np.int64)))

    def delay_quantile(self, risk: ArrayLike, share: float, true_odds_ratio: float = 1.0) -> int:
        """Return the number of cases within which that share of charts has signalled (0.5: the median)."""
        return self._chain(risk, true_odds_ratio, COARSE_STEPS).quantile(share)

    def _chain(self, risk: ArrayLike, true_odds_ratio: float, unit: int) -> LatticeChain:
        risks = as_probabilities(risk, "risk")
        steps, split = self.steps or unit, self.steps is None
        moves, chances = lattice_moves(risks, self.odds_ratio, true_odds_ratio, steps, split=split)
        return LatticeChain(moves, chances, max(1, round(self.limit * steps)))
