"""Risk-adjusted CUSUM: have the odds of an outcome changed, given each case's risk."""

from dataclasses import dataclass
from math import ceil, floor
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from surveillance.detectors.base import Detector, Path, State, follow
from surveillance.detectors.lattice_chain import LatticeChain
from surveillance.detectors.risk_weights import FEWEST, lattice_moves, paired_steps, risk_weights, steps_for
from surveillance.detectors.run_length_by_limit import run_lengths_at, smallest_limit_for
from surveillance.metrics.arrays import FloatArray, IntArray, as_flags, as_probabilities, require_same_length
from surveillance.metrics.topic import Topic

TOPIC = Topic.CHARTS

COARSE_STEPS = 128  # lattice of the distribution, which is walked case by case
FIXED_POINT = 1_000_000  # real weights as whole millionths, for a path that adds up exactly


@dataclass(frozen=True, slots=True)
class RiskAdjustedCusum(Detector):
    """Accumulate evidence that the odds of the outcome, given risk, have changed.

    Each case adds y log R - log(1 - p + R p), the log-likelihood ratio of odds multiplied by R; the path
    never falls below 0. A designed chart rounds the two weights of every case, as a pair, to a lattice of
    1000 to 1250 steps a unit that keeps the drift (`risk_weights.steps_for`), and signals at or above `limit`: the
    Markov chain of its mean run length is exact for the mix of risks it was designed for. Given without
    `steps`, weights are real numbers, a signal is a path strictly above `limit`, and the chain is within 0.5 %.

    On an external risk this is a performance chart; on the AI's own scores it watches calibration
    and moves with prevalence.

    Attributes
    ----------
    limit : float
        In log-likelihood ratio; from `design`, since a limit means nothing without its run length.
    odds_ratio : float
        The change worth detecting; below 1 the chart looks the other way.
    steps : int or None
        Lattice steps in one unit; None for a chart with real weights and a known limit.

    Examples
    --------
    >>> chart = RiskAdjustedCusum(odds_ratio=2.0, limit=1.0)
    >>> chart.run([1, 1, 0], [0.1, 0.1, 0.5]).signals.tolist()
    [1]

    Notes
    -----
    Assumes: independent cases whose risks come from one mix, and risks that are right while nothing is wrong.

    Not for: a mix of risks that changes (the run length changes with it: design again), nor, on the AI's own
    scores, a stop-use recommendation: prevalence alone moves it.

    Departs from the published rule: rounding is paired as Knoth, Wittenberg & Gan have it, but in the chart itself
    as well as in its chain, and a case keeps one rounded pair where theirs shares its chance between two,
    because the chart that runs is then the very one whose run length was computed.

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
            Lattice steps in one unit of log-likelihood ratio, to have other than the usual ones.

        Raises
        ------
        NotEstimable
            If there is no risk.
        """
        return cls.design_with_run_length(risk=risk, odds_ratio=odds_ratio, run_length=run_length, steps=steps)[0]

    @classmethod
    def design_with_run_length(
        cls, *, risk: ArrayLike, odds_ratio: float, run_length: float, steps: int | None = None
    ) -> tuple[Self, float]:
        """Return the chart of `design` and its mean run length in control, which the search comes upon."""
        cls(limit=1.0, odds_ratio=odds_ratio, steps=steps)  # refuses a senseless chart before the search
        risks = as_probabilities(risk, "risk")
        unit = steps or steps_for(risks, odds_ratio)
        limit, found = smallest_limit_for(*lattice_moves(risks, odds_ratio, 1.0, unit, split=False), run_length)
        return cls(limit=limit / unit, odds_ratio=odds_ratio, steps=unit), found

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

    @property
    def half_limit(self) -> float:
        """Return the level half-way to the limit, in whole steps of the lattice, else in log-likelihood ratio."""
        return self.limit / 2.0 if self.steps is None else self.limit_steps // 2

    def weights(self, truth: ArrayLike, probability: ArrayLike) -> FloatArray:
        """Return what each case adds to the path, in log-likelihood ratio (rounded, for a designed chart)."""
        flags, risks = as_flags(truth, "truth"), as_probabilities(probability)
        require_same_length(flags, risks)
        if self.steps is None:
            return risk_weights(flags, risks, self.odds_ratio)
        without, happened = paired_steps(risks, self.odds_ratio, self.steps)
        return np.asarray(np.where(flags, happened, without) / self.steps, dtype=np.float64)

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

    def run_length(self, risk: ArrayLike, true_odds_ratio: float = 1.0, head_start: float = 0) -> float:
        """Return the mean number of cases to a signal, for a mix of risks and a true change in odds.

        `head_start` is where the path begins, as a level of `start`.
        """
        unit = self.steps or FEWEST
        moves, chances = self._moves(risk, true_odds_ratio, unit)
        begin = int(head_start if self.steps else head_start * unit)
        return float(run_lengths_at(moves, chances, max(1, round(self.limit * unit)), begin + 1)[begin])

    def run_length_distribution(
        self, risk: ArrayLike, events: int, true_odds_ratio: float = 1.0, head_start: float = 0
    ) -> float:
        """Return the chance of a signal within so many cases."""
        chain, begin, scale = self._coarse(risk, true_odds_ratio, head_start)
        return float(chain.signal_probability(np.asarray(floor(events / scale + 1e-9), dtype=np.int64), begin))

    def delay_quantile(self, risk: ArrayLike, share: float, true_odds_ratio: float = 1.0, head_start: float = 0) -> int:
        """Return the number of cases within which that share of charts has signalled (0.5: the median)."""
        chain, begin, scale = self._coarse(risk, true_odds_ratio, head_start)
        return ceil(chain.quantile(share, begin) * scale - 1e-9)

    def _moves(self, risk: ArrayLike, true_odds_ratio: float, unit: int) -> tuple[IntArray, FloatArray]:
        risks = as_probabilities(risk, "risk")
        return lattice_moves(risks, self.odds_ratio, true_odds_ratio, unit, split=unit != self.steps)

    def _coarse(self, risk: ArrayLike, true_odds_ratio: float, head_start: float) -> tuple[LatticeChain, int, float]:
        """Return a chain that can be walked, where it starts, and how many cases of the chart one of its is worth.

        A chart on a fine lattice takes the shape of its law from a coarser one that keeps the mean of every weight,
        scaled so that the mean run length is the exact one.
        """
        unit = min(self.steps or COARSE_STEPS, COARSE_STEPS)
        chain = LatticeChain(*self._moves(risk, true_odds_ratio, unit), max(1, round(self.limit * unit)))
        begin = int(head_start * unit / (self.steps or 1))
        if unit == self.steps:
            return chain, begin, 1.0
        return chain, begin, self.run_length(risk, true_odds_ratio) / float(chain.run_lengths()[0])
