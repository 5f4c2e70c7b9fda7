"""Process limits of an XmR chart from its moving ranges."""

from dataclasses import dataclass

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Scores, as_scores

LIMIT = 2.66  # 3 / 1.128: moving ranges of two normal values average 1.128 standard deviations
SCREEN = 3.267  # upper limit of a moving range, in mean moving ranges


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """Mean of a process and the distance from it to either process limit.

    Attributes
    ----------
    mean, spread : float
        In the unit of the values.
    """

    mean: float
    spread: float


def process_limits(values: Scores, *, screen_outliers: bool = True) -> ProcessLimits:
    """Return the mean and natural process limits of a series: mean plus and minus 2.66 mean moving ranges.

    Moving ranges of 3.267 mean moving ranges or more are left out once and their mean taken again; the value that
    caused them stays in the mean of the process.

    Parameters
    ----------
    values : float array of shape (n,)
    screen_outliers : bool

    Raises
    ------
    NotEstimable
        If there are fewer than two values.
    ValueError
        If a value is missing or infinite.

    Examples
    --------
    >>> process_limits(np.array([10.0, 12.0, 11.0, 13.0]))
    ProcessLimits(mean=11.5, spread=4.433333333333334)

    References
    ----------
    Wheeler (2000) Understanding variation: the key to managing chaos. SPC Press.
    NHS England (2018) Making data count.
    """
    series = as_scores(values, "values")
    if not np.isfinite(series).all():
        raise ValueError("values must be finite: take the periods without one out first")
    if len(series) < 2:
        raise NotEstimable(f"Process limits need 2 values, got {len(series)}")
    ranges = np.abs(np.diff(series))
    average = ranges.mean()
    kept = ranges[ranges < SCREEN * average]
    if screen_outliers and kept.size:
        average = kept.mean()
    return ProcessLimits(float(series.mean()), float(LIMIT * average))
