"""A metric: a statistic with the name, direction and bounds that plans and screens need."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores
from surveillance.metrics.estimate import Estimate

COLUMN_WORDS = {
    "truth": "the confirmed finding",
    "score": "a score",
    "called": "the AI's flag",
    "probability": "a probability",
    "weight": "a sampling weight",
    "turnaround": "a turnaround time",
}


class Better(StrEnum):
    """Which direction is improvement; `TARGET` means near the metric's ideal, `NEITHER` has no good side."""

    HIGHER = "higher"
    LOWER = "lower"
    TARGET = "target"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Sample:
    """The columns of some cases; a column that the product does not give is None.

    Every column has shape (n,) over the same cases: truth and called are yes or no, score is on any
    scale where higher means disease, probability lies between 0 and 1, weight is one over the
    sampling fraction, turnaround is in hours.
    """

    truth: Flags | None = None
    score: Scores | None = None
    called: Flags | None = None
    probability: Scores | None = None
    weight: Scores | None = None
    turnaround: Scores | None = None

    @classmethod
    def empty(cls) -> "Sample":
        """Return a sample with every column and no cases."""
        return cls([], [], [], [], [], [])


@dataclass(frozen=True, slots=True)
class Metric:
    """A statistic that a surveillance plan may name.

    Attributes
    ----------
    name : str
        As plans write it.
    label : str
        As the screen says it.
    better : Better
    bounds : tuple of float
        Smallest and largest possible value.
    compute : callable
        Takes the columns of `takes`, in order, and returns an Estimate.
    takes : tuple of str
        Names of `Sample` columns.
    ideal : float or None
        The value of a faultless product, where better is `TARGET`.
    """

    name: str
    label: str
    better: Better
    bounds: tuple[float, float]
    compute: Callable[..., Estimate]
    takes: tuple[str, ...]
    ideal: float | None = None

    def estimate(self, sample: Sample, *, confidence: float = 0.95) -> Estimate:
        """Estimate this metric from some cases.

        Raises
        ------
        NotEstimable
            If the product does not give a column, or the cases do not suffice.
        """
        columns = [getattr(sample, column) for column in self.takes]
        for column, values in zip(self.takes, columns, strict=True):
            if values is None:
                raise NotEstimable(f"{self.label} needs {COLUMN_WORDS[column]} for each case, got none")
        return self.compute(*columns, confidence=confidence)
