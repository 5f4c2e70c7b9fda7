"""What every statistic returns: a value with its range, its counts and its method."""

from dataclasses import dataclass

from scipy.special import ndtri

from surveillance.errors import NotEstimable


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval, on the scale of its value.

    >>> Interval(0.82, 0.94, 0.95).low
    0.82
    """

    low: float
    high: float
    confidence: float = 0.95


@dataclass(frozen=True, slots=True, repr=False)
class Estimate:
    """A value that is never bare: its interval, standard error, counts and method come with it.

    Attributes
    ----------
    value : float
    interval : Interval, or the NotEstimable that says why there is none
        A value may stand without its interval (perfect separation: AUROC 1).
    standard_error : float or None
        On the scale of the value; None where it would say nothing (a proportion of 0 or 1, a perfect AUROC).
    n : int
        Cases in the estimate's own denominator (sensitivity: confirmed positives).
    positives : int
        How many of the `n` have the finding; `n - positives` have not. (Flag rate: how many were flagged.)
    method : str
        How value and interval were computed, in words for "show the working".

    Examples
    --------
    >>> Estimate(0.9, Interval(0.8, 0.95), 0.03, 100, 100, "Wilson score interval")
    Estimate(value=0.90, low=0.80, high=0.95, n=100, positives=100)
    """

    value: float
    interval: Interval | NotEstimable
    standard_error: float | None
    n: int
    positives: int
    method: str

    @property
    def low(self) -> float:
        """Return the lower end of the interval; raise the reason where there is none."""
        if isinstance(self.interval, NotEstimable):
            raise self.interval
        return self.interval.low

    @property
    def high(self) -> float:
        """Return the upper end of the interval; raise the reason where there is none."""
        if isinstance(self.interval, NotEstimable):
            raise self.interval
        return self.interval.high

    def __repr__(self) -> str:
        if isinstance(self.interval, NotEstimable):
            span = f"no interval: {self.interval}"
        else:
            span = f"low={self.interval.low:.2f}, high={self.interval.high:.2f}"
        return f"Estimate(value={self.value:.2f}, {span}, n={self.n}, positives={self.positives})"


def normal_quantile(confidence: float) -> float:
    """Return how many standard errors a two-sided interval spans to each side.

    Raises
    ------
    ValueError
        If the confidence is not between 0 and 1.

    Examples
    --------
    >>> round(normal_quantile(0.95), 6)
    1.959964
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie between 0 and 1, got {confidence:g}")
    return float(ndtri(0.5 + confidence / 2.0))


def wald_interval(value: float, standard_error: float, confidence: float) -> Interval:
    """Return value plus and minus its standard errors.

    Notes
    -----
    Assumes: the value is close to normally distributed, with this standard error.

    Not for: a proportion or an AUROC near 0 or 1, where it runs over the edge and holds the truth too seldom.

    Departs from the published rule: in nothing.

    >>> wald_interval(1.0, 0.1, 0.95)
    Interval(low=0.804..., high=1.195..., confidence=0.95)
    """
    half = normal_quantile(confidence) * standard_error
    return Interval(value - half, value + half, confidence)
