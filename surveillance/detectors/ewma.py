"""EWMA: has the mean of a standardised series moved, judged by an average that forgets."""

from dataclasses import dataclass
from math import sqrt
from typing import ClassVar, Literal, Self, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from surveillance.detectors.base import Path, State
from surveillance.detectors.ewma_chain import ewma_chain
from surveillance.detectors.normal_chart import NormalChart, as_standardised
from surveillance.detectors.quadrature_chain import QuadratureChain, limit_for
from surveillance.metrics.arrays import FloatArray
from surveillance.metrics.topic import Topic

TOPIC = Topic.CHARTS
Sides: TypeAlias = Literal["lower", "upper", "both"]
HIGHEST = 8.0


@dataclass(frozen=True, slots=True)
class Ewma(NormalChart):
    """Follow an exponentially weighted mean of standardised values (z), and signal when it leaves its limits.

    After each value e becomes (1 - lambda) e + lambda z, from 0. Its standard deviation settles at
    sqrt(lambda / (2 - lambda)), and the limit is L of those. With `widening`, the limit after t values is the
    one for that moment, L sqrt(lambda / (2 - lambda) (1 - (1 - lambda)^(2 t))): a head start, counted from the
    start of the chart and not from its signals. The onset of a signal is the last value after which e stood
    at its centre or on the harmless side of it.

    Attributes
    ----------
    width : float
        L, in standard deviations of e; from `design`, since a limit means nothing without its run length.
    weight : float
        lambda, the share of the newest value; 1 is a Shewhart chart.
    side : {"lower", "upper", "both"}
        Where a signal lies; e itself moves freely to both sides.
    widening : bool
        Whether the limits start narrow.
    worth_detecting : float
        Size of the shift, in standard deviations of z, that `evidence` weighs; the path does not know it.

    Examples
    --------
    >>> chart = Ewma.design(weight=0.1, run_length=500, side="both")
    >>> round(chart.width, 3), round(chart.run_length(shift=1.0), 1)
    (2.814, 10.3)
    >>> Ewma(2.7, 0.1, "lower").run([-3.0, -3.0, -3.0]).signals.tolist()
    [2]

    References
    ----------
    Roberts (1959) Control chart tests based on geometric moving averages. Technometrics 1, 239-250.
    Lucas & Saccucci (1990) Exponentially weighted moving average control schemes. Technometrics 32, 1-12.
    Nishina (1992) A comparison of control charts from the viewpoint of change-point estimation. Quality and
    Reliability Engineering International 8, 537-541 (the onset).

    Notes
    -----
    Assumes: independent values, normal with mean 0 and standard deviation 1 while nothing is wrong, the two
    known and not estimated.

    Not for: skewed values such as the AUROC of a few positives, unless the limit comes from simulation; an
    in-control mean estimated from few values (from 26, a run length of 370 is about 204).

    Departs from the published rule: one-sided charts do not stop e at the centre, so a good spell delays a
    signal; after a signal e restarts at 0 and the limits do not narrow again, because a head start belongs to
    an intervention and a signal is none.
    """

    name: ClassVar[str] = "ewma"
    label: ClassVar[str] = "EWMA"
    signed: ClassVar[bool] = True
    width: float
    weight: float = 0.1
    side: Sides = "lower"
    widening: bool = False
    worth_detecting: float = 1.0

    def __post_init__(self) -> None:
        if self.width <= 0.0 or not 0.0 < self.weight <= 1.0 or self.worth_detecting <= 0.0:
            raise ValueError("width and worth_detecting must be positive, weight above 0 and at most 1")
        if self.side not in ("lower", "upper", "both"):
            raise ValueError(f"side must be lower, upper or both, got {self.side}")

    @classmethod
    def design(cls, *, weight: float = 0.1, run_length: float, side: Sides = "lower", widening: bool = False) -> Self:
        """Return the chart whose mean run length in control is the one asked for.

        Parameters
        ----------
        weight : float
            lambda.
        run_length : float
            Mean number of values between false alarms.
        side : {"lower", "upper", "both"}
        widening : bool
            The run length is then that of the first signal.

        Raises
        ------
        ValueError
            If no limit of use has that run length.
        """
        width = limit_for(lambda wide: cls(wide, weight, side, widening).run_length(0.0), run_length, HIGHEST)
        return cls(width, weight, side, widening)

    @property
    def limit(self) -> float:
        """Return the limit that holds once the chart has settled, L sqrt(lambda / (2 - lambda))."""
        return self.width * sqrt(self.weight / (2.0 - self.weight))

    @property
    def half_limit(self) -> float:
        """Return the level of a head start, half-way to the limit on the side that signals."""
        if self.side == "both":
            raise ValueError("a head start needs a side, lower or upper")
        return -self.limit / 2.0 if self.side == "lower" else self.limit / 2.0

    def limits(self, values: int) -> FloatArray:
        """Return how far e may lie from 0 after 1, 2, ... values; shape (values,)."""
        if not self.widening:
            return np.full(values, self.limit)
        settled = 1.0 - (1.0 - self.weight) ** (2.0 * np.arange(1, values + 1))
        return np.asarray(self.limit * np.sqrt(settled), dtype=np.float64)

    def evidence(self, z: ArrayLike) -> FloatArray:
        """Return the log-likelihood ratio of each value, shifted by `worth_detecting` against none."""
        if self.side == "both":
            raise ValueError("evidence needs a side, lower or upper")
        values, size = as_standardised(z), self.worth_detecting
        return size * (values if self.side == "upper" else -values) - size**2 / 2.0

    def run(self, z: ArrayLike, state: State | None = None) -> Path:
        """Follow the chart over standardised values in their order; it restarts at zero after a signal.

        Parameters
        ----------
        z : float array of shape (n,)
        state : State, optional
            Where an earlier part of the same stream ended, or `start(head_start=True)`.
        """
        values = as_standardised(z)
        now = state or State()
        limits = self.limits(now.cases + len(values))[now.cases :].tolist()
        level, since_zero, signal = now.level, now.since_zero, now.signal
        levels: list[float] = []
        signals: list[int] = []
        onsets: list[int] = []
        for position, (value, limit) in enumerate(zip(values.tolist(), limits, strict=True)):
            before = 0.0 if signal else level
            level = (1.0 - self.weight) * before + self.weight * value
            height = self._height(level)
            # On a two-sided chart the last value on the other side is where this excursion began.
            begins = signal or level * before <= 0.0
            since_zero = 0 if height <= 0.0 else 1 if begins else since_zero + 1
            signal = height > limit
            if signal:
                signals.append(position)
                onsets.append(position - since_zero)
            levels.append(level)
        return Path(
            np.array(levels, dtype=np.float64),
            np.array(signals, dtype=np.int64),
            np.array(onsets, dtype=np.int64),
            State(now.cases + len(levels), level, since_zero, signal),
        )

    def chain(self, shift: float, head_start: float = 0.0) -> QuadratureChain:
        """Return the chain of e when z has this mean and e starts from a level."""
        sign = -1.0 if self.side == "lower" else 1.0
        if not abs(head_start) <= self.limit:
            raise ValueError(f"a head start must lie between the limits, got {head_start:g}")
        return ewma_chain(
            self.weight,
            self.width,
            sign * shift,
            sign * head_start,
            two_sided=self.side == "both",
            widening=self.widening,
        )

    def _height(self, level: float) -> float:
        return abs(level) if self.side == "both" else level if self.side == "upper" else -level
