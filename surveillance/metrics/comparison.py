"""What a comparison of two figures returns."""

from dataclasses import dataclass

from surveillance.metrics.estimate import Interval


@dataclass(frozen=True, slots=True)
class Comparison:
    """A difference between two figures, with its range and how surprising it would be by chance.

    Attributes
    ----------
    difference : float
        First minus second, on the scale of the figure.
    interval : Interval
    standard_error : float
    p_value : float
        Two-sided.
    n : int
        Cases in both figures together.
    method : str

    Notes
    -----
    Assumes: the two figures, and when they are compared, were chosen before either was seen.

    Not for: comparing again each week until it differs: that is what a chart with a designed run length is for.
    """

    difference: float
    interval: Interval
    standard_error: float
    p_value: float
    n: int
    method: str

    @property
    def low(self) -> float:
        """Return the lower end of the interval."""
        return self.interval.low

    @property
    def high(self) -> float:
        """Return the upper end of the interval."""
        return self.interval.high
