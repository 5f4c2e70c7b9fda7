"""What the charts of standardised values have in common: run lengths by the chain of their statistic."""

from dataclasses import dataclass
from typing import overload

import numpy as np
from numpy.typing import ArrayLike

from surveillance.detectors.base import Detector
from surveillance.detectors.quadrature_chain import QuadratureChain
from surveillance.metrics.arrays import FloatArray, IntArray, as_scores


@dataclass(frozen=True, slots=True)
class NormalChart(Detector):
    """A chart of standardised values (z), whose run lengths follow from the mean of z (`shift`, in its own sign)."""

    def chain(self, shift: float, head_start: float = 0.0) -> QuadratureChain:
        """Return the chain of the path when z has this mean and the path starts from a level."""
        raise NotImplementedError

    def run_length(self, shift: float, head_start: float = 0.0) -> float:
        """Return the mean number of values to a signal when z has this mean; `head_start` is a level."""
        return self.chain(shift, head_start).run_length()

    @overload
    def run_length_distribution(self, shift: float, events: int, head_start: float = 0.0) -> float: ...

    @overload
    def run_length_distribution(self, shift: float, events: IntArray, head_start: float = 0.0) -> FloatArray: ...

    def run_length_distribution(
        self, shift: float, events: int | IntArray, head_start: float = 0.0
    ) -> float | FloatArray:
        """Return the chance of a signal within so many values, for one number or several."""
        chances = self.chain(shift, head_start).signal_probability(np.asarray(events, dtype=np.int64))
        return chances if chances.ndim else float(chances)

    def delay_quantile(self, shift: float, share: float, head_start: float = 0.0) -> int:
        """Return the number of values within which that share of charts has signalled (0.5: the median)."""
        return self.chain(shift, head_start).quantile(share)


def as_standardised(z: ArrayLike) -> FloatArray:
    """Return standardised values as floats, refusing any that is missing or infinite.

    Raises
    ------
    ValueError
        If a value is not a finite number.
    """
    values = as_scores(z, "z")
    if not np.isfinite(values).all():
        raise ValueError("z must hold finite numbers")
    return values
