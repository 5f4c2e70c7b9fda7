"""The smooth calibration curve: observed frequency as a loess of the probability."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import (
    BoolArray,
    Flags,
    FloatArray,
    Scores,
    as_flags,
    as_probabilities,
    require_same_length,
)
from surveillance.metrics.sampling_weights import as_weights
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION

SPAN, DEGREE = 0.75, 2
FEWEST, FEWEST_DIFFERENT = 20, 10
POINTS = 51
Fit = Callable[[BoolArray, FloatArray, FloatArray, FloatArray], FloatArray]
SMOOTHER = f"loess of truth on probability, span {SPAN:g}, degree {DEGREE}, kept within 0 and 1"


@dataclass(frozen=True, slots=True, eq=False)
class SmoothCalibration:
    """One entry per case, lowest probability first.

    Attributes
    ----------
    probability, smoothed : float arrays of shape (n,)
        The probability, and the smoothed observed frequency at it.
    weight : float array of shape (n,)
        One over the sampling fraction; ones where all cases were verified.
    positives : int
    method : str
    """

    probability: FloatArray
    smoothed: FloatArray
    weight: FloatArray
    positives: int
    method: str

    @property
    def mean_distance(self) -> float:
        """Return the average distance of the curve from the diagonal over the (weighted) cases: the ICI."""
        return float(self.weight @ self.distance / self.weight.sum())

    @property
    def distance(self) -> FloatArray:
        """Return how far the curve lies from the diagonal at each case."""
        return np.abs(self.smoothed - self.probability)

    def quantile(self, level: float) -> float:
        """Return the distance that a share of the (weighted) cases does not exceed; `level` 1 is the largest."""
        distance = self.distance
        if np.all(self.weight == self.weight[0]):
            return float(np.quantile(distance, level))
        order = np.argsort(distance, kind="stable")
        share = np.cumsum(self.weight[order]) / self.weight.sum()
        place = int(np.searchsorted(share, level - 1e-12))
        return float(distance[order[min(place, len(order) - 1)]])


def smooth_calibration(
    truth: Flags, probability: Scores, *, weight: Scores | None = None, fit: Fit | None = None
) -> SmoothCalibration:
    """Return how often the finding was there at each probability, as a smooth curve.

    A local quadratic regression of the truth on the probability over the nearest three quarters of the
    cases, fitted at every case with the code of R's `loess` (surface "direct").

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
    weight : float array of shape (n,), optional
        One over the sampling fraction of each verified case; without it all cases were verified.
    fit : callable, optional
        A faster twin that takes truth, probability, weight and the points at which to fit; the curve is then
        fitted at about a hundred points and joined by straight lines.

    Raises
    ------
    NotEstimable
        If there are under 20 cases, under 10 different probabilities, one class only, or so many equal
        probabilities that a neighbourhood holds too few different ones.

    Examples
    --------
    >>> probability = np.linspace(0.05, 0.95, 200)
    >>> curve = smooth_calibration(np.arange(200) % 4 == 0, probability)  # a quarter, whatever was promised
    >>> round(float(curve.smoothed[100]), 2)
    0.25

    Notes
    -----
    Assumes: frequency changes smoothly with the probability; whether a case is verified depends on its
    score only, or the weights say how.
    Not for: fewer than about 200 positives and 200 negatives (a judgement), or scores of a few
    values; nor, without a faster `fit`, for tens of thousands of cases, since its time grows with their square.
    Departs from the published rule: the curve is fitted at each case instead of at R's few vertices because
    between those it leaves the cases by half the scale where most scores lie near nought.

    References
    ----------
    Cleveland, Grosse & Shyu (1992) Local regression models. In: Statistical Models in S, 309-376.
    Austin & Steyerberg (2014) Graphical assessment of internal and external calibration of logistic
    regression models by using loess smoothers. Statistics in Medicine 33, 517-535.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    weights = as_weights(weight, len(flags))
    positives, n = int(flags.sum()), len(flags)
    different = len(np.unique(probabilities))
    # The library ends the process, without an error to catch, on a handful of cases.
    if n < FEWEST or different < FEWEST_DIFFERENT:
        raise NotEstimable(
            f"A smooth calibration curve needs {FEWEST} cases with {FEWEST_DIFFERENT} different probabilities, "
            f"got {n} with {different}"
        )
    if positives in (0, n):
        raise NotEstimable(
            f"A smooth calibration curve needs cases of both classes, got {positives} and {n - positives}"
        )
    order = np.lexsort((flags, probabilities))
    flags, probabilities, weights = flags[order], probabilities[order], weights[order]
    if fit is None:
        fitted = _loess(flags, probabilities, weights)
    else:
        at = _points(probabilities)
        fitted = np.interp(probabilities, at, fit(flags, probabilities, weights, at))
    if not np.isfinite(fitted).all():
        raise NotEstimable(
            "A smooth calibration curve needs different probabilities in every neighbourhood, "
            f"got {different} in {n} cases, too many of them equal"
        )
    method = SMOOTHER if weight is None else f"{SMOOTHER}; each case weighted by one over its sampling fraction"
    return SmoothCalibration(probabilities, np.clip(fitted, 0.0, 1.0), weights, positives, method)


def _loess(truth: BoolArray, probability: FloatArray, weights: FloatArray) -> FloatArray:
    """Return the library's fit at every case; nan where it says that a neighbourhood is too poor."""
    from skmisc.loess import loess

    truths = truth.astype(np.float64)
    model = loess(probability, truths, weights=weights, span=SPAN, degree=DEGREE, surface="direct")
    try:
        model.fit()
    except ValueError:  # the library's only word for a neighbourhood with too few different probabilities
        return np.full(len(truth), np.nan)
    return np.asarray(model.outputs.fitted_values, dtype=np.float64)


def _points(probability: FloatArray) -> FloatArray:
    """Return where a fast curve is fitted: evenly over the cases and evenly over the scale."""
    over_cases = np.quantile(probability, np.linspace(0.0, 1.0, POINTS))
    return np.unique(np.concatenate((over_cases, np.linspace(probability[0], probability[-1], POINTS))))
