"""What every sequential chart has in common: a frozen design, a state that is a value, and a path."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class State:
    """Where a chart stands after some cases: it can be stored, resumed, replayed and compared with `==`.

    Attributes
    ----------
    cases : int
        Cases seen so far.
    level : float
        Height of the path in the chart's own steps (a whole number on a lattice).
    since_zero : int
        Cases since the path last stood at zero.
    signal : bool
        Whether the last case signalled; a chart that restarts begins the next one from zero.
    memory : tuple of float
        What else the chart must remember of earlier cases; empty for a chart whose level says it all.
    """

    cases: int = 0
    level: float = 0.0
    since_zero: int = 0
    signal: bool = False
    memory: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """The path of a chart over some cases.

    Attributes
    ----------
    statistic : float array of shape (n,)
        Height after each case, in the unit of the chart's `limit`; at a signal the crossing value.
    signals : int array of shape (k,)
        Positions (from 0) of the cases at which the chart signalled; it restarts after each, unless the
        chart says that it does not.
    onset : int array of shape (k,)
        For each signal, the position of the last case at which the path stood at zero: the estimated
        last case before the change. -1 is the start of this path; below that lies an earlier part of it.
    state : State
        Where the chart stands at the end.
    """

    statistic: NDArray[np.float64]
    signals: NDArray[np.int64]
    onset: NDArray[np.int64]
    state: State


@dataclass(frozen=True, slots=True)
class Detector:
    """A sequential chart whose limit was designed for a stated run length between false alarms.

    A chart with a run length offers, besides `run` and `limit`, the class method `design` (the limit from
    the run length), and `run_length`, `run_length_distribution` (the chance of a signal within so many
    `events`) and `delay_quantile` (the events within which a `share` of charts has signalled). Each of the
    three takes what is true of the cases by keyword, and `head_start`, the level from which the path starts.

    Attributes
    ----------
    name, label : str
        Name in a plan, and on screen.
    signed : bool
        Whether the statistic may fall below zero.
    restarts : bool
        Whether the path starts again from zero after a signal.
    designed : bool
        Whether the chart has a run length; one without marks points and never alarms.
    """

    name: ClassVar[str] = ""
    label: ClassVar[str] = ""
    signed: ClassVar[bool] = False
    restarts: ClassVar[bool] = True
    designed: ClassVar[bool] = True

    def start(self, *, head_start: bool = False) -> State:
        """Return the state of a chart that has seen nothing.

        With `head_start` the path begins half-way to the limit, so that a fault that was not mended signals
        sooner (Lucas & Crosier 1982). It belongs after an intervention only: on an ordinary start it spends
        part of the false-alarm budget in the first weeks.

        Raises
        ------
        ValueError
            If a head start is asked of a chart that has none.
        """
        return State(level=self.half_limit if head_start else 0.0)

    @property
    def half_limit(self) -> float:
        """Return the level half-way to the limit, in the unit of `State.level` (whole steps on a lattice)."""
        raise ValueError(f"the {self.label} has no head start")


def follow(increments: list[float] | list[int], state: State, limit: float, strict: bool, unit: float) -> Path:
    """Walk max(0, level + increment) case by case, signalling at the limit and restarting at zero.

    Parameters
    ----------
    increments : one number for each case, in steps
    state : State to go on from
    limit : float, in steps
    strict : bool
        True: a signal is above the limit (real numbers). False: at or above it (whole steps, where
        "above h" and "at or above the next step" are the same rule).
    unit : float
        Steps in one unit of the statistic.
    """
    level, since_zero, signal = state.level, state.since_zero, state.signal
    levels: list[float] = []
    signals: list[int] = []
    onsets: list[int] = []
    for position, increment in enumerate(increments):
        if signal:
            level, since_zero = 0.0, 0
        level = max(0.0, level + increment)
        since_zero = since_zero + 1 if level > 0.0 else 0
        signal = level > limit if strict else level >= limit
        if signal:
            signals.append(position)
            onsets.append(position - since_zero)
        levels.append(level)
    return Path(
        np.array(levels, dtype=np.float64) / unit,
        np.array(signals, dtype=np.int64),
        np.array(onsets, dtype=np.int64),
        State(state.cases + len(increments), level, since_zero, signal),
    )
