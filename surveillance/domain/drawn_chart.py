"""The two charts that may watch batch AUROC, each with its run length over batches drawn from a baseline."""

from dataclasses import dataclass
from typing import TypeAlias

from surveillance.detectors import Ewma, TabularCusum
from surveillance.detectors.drawn_cusum import drawn_chain, drawn_limit, drawn_run_length
from surveillance.detectors.drawn_ewma import drawn_ewma_chain, drawn_ewma_limit, drawn_ewma_run_length
from surveillance.detectors.ewma_two_limits import limit_steps, steps_per_deviation
from surveillance.detectors.lattice_chain import LatticeChain
from surveillance.detectors.quadrature_chain import QuadratureChain
from surveillance.metrics.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class DrawnCusum:
    """A lower tabular CUSUM; its limit is h, in standard errors of a batch.

    Attributes
    ----------
    reference : float
        k.
    """

    reference: float

    def chain(self, z: FloatArray, limit: float) -> LatticeChain:
        """Return the chain of the path over standardised values, each as likely as the others."""
        return drawn_chain(-z - self.reference, limit)

    def run_length(self, z: FloatArray, limit: float) -> float:
        """Return the mean number of batches to a signal, from zero."""
        return drawn_run_length(-z - self.reference, limit)

    def limit(self, z: FloatArray, run_length: float) -> float:
        """Return the limit of a mean run length."""
        return drawn_limit(-z - self.reference, run_length)

    def with_limit(self, limit: float) -> TabularCusum:
        """Return the chart, ready to run."""
        return TabularCusum(limit, self.reference, "lower")

    def steps(self, limit: float) -> int:
        """Return a limit in whole steps: a path at or above it signals."""
        return self.with_limit(limit).limit_steps

    @property
    def steps_per_unit(self) -> int:
        """Return how many whole steps make one unit of the limit."""
        return self.with_limit(1.0).steps_per_unit


@dataclass(frozen=True, slots=True)
class DrawnEwma:
    """A lower EWMA; its limit is L, in standard deviations of the average itself.

    Attributes
    ----------
    weight : float
        lambda.
    worth_detecting : float
        The change worth detecting, in standard errors of a batch, that the estimate of the onset weighs.
    """

    weight: float
    worth_detecting: float = 1.0

    def chain(self, z: FloatArray, limit: float) -> QuadratureChain:
        """Return the chain of the path over standardised values, each as likely as the others."""
        return drawn_ewma_chain(-z, self.weight, limit)

    def run_length(self, z: FloatArray, limit: float) -> float:
        """Return the mean number of batches to a signal, from zero."""
        return drawn_ewma_run_length(-z, self.weight, limit)

    def limit(self, z: FloatArray, run_length: float) -> float:
        """Return the limit of a mean run length."""
        return drawn_ewma_limit(-z, self.weight, run_length)

    def with_limit(self, limit: float) -> Ewma:
        """Return the chart, ready to run."""
        return Ewma(limit, self.weight, "lower", worth_detecting=self.worth_detecting)

    def steps(self, limit: float) -> int:
        """Return a limit in whole steps: a path at or above it signals."""
        return limit_steps(self.with_limit(limit))

    @property
    def steps_per_unit(self) -> int:
        """Return how many whole steps make one unit of the limit."""
        return steps_per_deviation(self.weight)


DrawnChart: TypeAlias = DrawnCusum | DrawnEwma
