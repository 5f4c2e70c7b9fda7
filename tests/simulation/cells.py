"""One cell of the coverage table: what is drawn, the interval that is asked, and how often it covers the truth."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import sqrt
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from surveillance.errors import NotEstimable
from surveillance.metrics.comparison import Comparison
from surveillance.metrics.estimate import Estimate

FloatArray = NDArray[np.float64]
Draws = tuple[NDArray[np.generic], ...]
Bounds = tuple[FloatArray, FloatArray]
Answer = Estimate | Comparison

SEED = 20_261
POSITIVES = (5, 10, 20, 50, 100)
PREVALENCES = (0.04, 0.08, 0.20, 0.50)
NOMINAL = 0.95
SHORT, LONG = 0.015, 0.025  # coverage from .935 to .975 is called "holds"
FEWER = 50  # per cent
AT_ONCE = 1_000_000  # cases held in memory together


@dataclass(frozen=True)
class Cell:
    """A setting in which an interval's coverage is measured.

    Attributes
    ----------
    metric, method, setting : str
        As the table prints them.
    positives : int
        Fixed, or expected where the setting says so.
    prevalence : float
    target : float
        What the interval should cover.
    size : int
        Cases in one run.
    draw : callable
        Takes a generator and a number of runs; returns arrays whose first axis is the run.
    ask : callable
        The public function on the columns of one run.
    ask_all : callable, optional
        The same for all runs at once, by the kernels; checked against `ask` by a test.
    by_counts : bool
        Whether a run is a few counts, so that equal runs need asking once only.
    """

    metric: str
    method: str
    setting: str
    positives: int
    prevalence: float
    target: float
    size: int
    draw: Callable[[np.random.Generator, int], Draws]
    ask: Callable[..., Answer]
    ask_all: Callable[..., Bounds] | None = None
    by_counts: bool = False

    @property
    def name(self) -> str:
        """Return what makes the cell itself; its seed is made from it, so that a new cell changes no other."""
        return f"{self.metric} / {self.method} / {self.setting} / {self.positives} / {self.prevalence:g}"

    def generator(self) -> np.random.Generator:
        """Return the cell's own random numbers."""
        return np.random.default_rng([SEED, crc32(self.name.encode())])


@dataclass(frozen=True)
class Coverage:
    """How often the interval covered: `runs` are those that gave one, of `drawn`."""

    cell: Cell
    drawn: int
    runs: int
    covered: int

    @property
    def share(self) -> float:
        """Return the share of intervals that covered the truth."""
        return self.covered / max(self.runs, 1)

    @property
    def standard_error(self) -> float:
        """Return the Monte Carlo error; where none or all covered, as if half a run had not."""
        runs = max(self.runs, 1)
        share = min(max(self.share, 0.5 / runs), 1.0 - 0.5 / runs)
        return sqrt(share * (1.0 - share) / runs)

    @property
    def judgement(self) -> str:
        """Return the word for the table: by the measured share alone."""
        if self.share < NOMINAL - SHORT:
            return "undercovers"
        return "over" if self.share > NOMINAL + LONG else "holds"


def answer(cell: Cell, row: tuple[object, ...]) -> tuple[float, float]:
    """Ask the public function about one run; nan where it has no interval."""
    try:
        estimate = cell.ask(*row)
        return estimate.low, estimate.high
    except NotEstimable:
        return np.nan, np.nan


def one_by_one(cell: Cell, draws: Draws) -> Bounds:
    """Ask the public function about each run, or once about each distinct set of counts."""
    if cell.by_counts:
        distinct, which = np.unique(np.column_stack(draws), axis=0, return_inverse=True)
        ends = np.array([answer(cell, tuple(row)) for row in distinct.tolist()])[which.ravel()]
    else:
        ends = np.array([answer(cell, row) for row in zip(*draws, strict=True)])
    return ends[:, 0], ends[:, 1]


def blocks(cell: Cell, runs: int) -> Iterator[int]:
    """Split the runs so that a block's cases fit in memory."""
    block = max(1, AT_ONCE // cell.size)
    for first in range(0, runs, block):
        yield min(block, runs - first)


def measure(cell: Cell, runs: int) -> Coverage:
    """Simulate one cell; a public function that takes one run at a time gets fewer of them."""
    rng = cell.generator()
    given = covered = 0
    runs = runs if cell.ask_all is not None or cell.by_counts else max(1, runs * FEWER // 100)
    for block in blocks(cell, runs):
        draws = cell.draw(rng, block)
        low, high = one_by_one(cell, draws) if cell.ask_all is None else cell.ask_all(*draws)
        given += int(np.sum(~np.isnan(low)))
        covered += int(np.sum((low <= cell.target) & (cell.target <= high)))
    return Coverage(cell, runs, given, covered)


def negatives_for(positives: int, prevalence: float) -> int:
    """Return how many negatives stand beside the positives."""
    return round(positives * (1.0 - prevalence) / prevalence)


def cases_for(positives: int, prevalence: float) -> int:
    """Return how many cases are expected to hold so many positives."""
    return round(positives / prevalence)
