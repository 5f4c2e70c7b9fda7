"""Integrated calibration index: the average distance of the smooth curve from the diagonal."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.estimate import Estimate, Interval, normal_quantile
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.sampling_weights import as_weights
from surveillance.metrics.smooth_calibration import SmoothCalibration, smooth_calibration
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION

RESAMPLES = 200
NO_INTERVAL = (
    "The ICI has no formula for its interval: it needs resampled cases (a random generator), got none; it is never "
    "negative, so chance alone makes it positive"
)


def integrated_calibration_index(
    truth: Flags,
    probability: Scores,
    *,
    weight: Scores | None = None,
    confidence: float = 0.95,
    rng: np.random.Generator | None = None,
    resamples: int = RESAMPLES,
) -> Estimate:
    """Estimate the average distance between what the AI says and what is found, along a smooth curve.

    ICI = mean |c(p) - p| over the cases, with c the loess of `smooth_calibration`. E50, E90 and Emax are
    the median, the 90th percentile and the largest of those distances: its `quantile`.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
    weight : float array of shape (n,), optional
        One over the sampling fraction of each verified case; without it all cases were verified.
    rng : numpy.random.Generator, optional
        Draws the resamples of a percentile bootstrap interval; without it there is none.
    resamples : int

    Raises
    ------
    NotEstimable
        Where `smooth_calibration` has no curve.

    Examples
    --------
    >>> probability = np.linspace(0.05, 0.95, 200)
    >>> round(integrated_calibration_index(np.arange(200) % 4 == 0, probability).value, 2)
    0.3

    Notes
    -----
    Assumes: what `smooth_calibration` assumes; the number belongs to its smoother and span.
    Not for: fewer than about 200 positives and 200 negatives (a judgement), or a fixed limit, since chance
    alone makes it positive.
    Departs from the published rule: the bootstrap interval is stretched to hold the index itself, because resampling
    adds a second helping of chance and lifts it above (without this, in 1 of 8 samples of 200 from a perfect product).

    References
    ----------
    Austin & Steyerberg (2019) The Integrated Calibration Index (ICI) and related metrics for quantifying
    the calibration of logistic regression models. Statistics in Medicine 38, 4051-4065.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    curve = smooth_calibration(flags, probabilities, weight=weight)
    estimate = index_of(curve)
    n, value, method = len(flags), estimate.value, estimate.method
    if rng is None:
        return estimate
    normal_quantile(confidence)  # refuses a confidence outside 0 to 1
    weights, drawn = as_weights(weight, n), []
    for _ in range(resamples):
        rows = rng.integers(0, n, n)
        try:
            again = smooth_calibration(flags[rows], probabilities[rows], weight=weights[rows])
        except NotEstimable:
            continue
        drawn.append(again.mean_distance)
    if len(drawn) < resamples * 0.9:
        reason = f"The interval of the ICI needs a curve in 9 of 10 resamples, got {len(drawn)} of {resamples}"
        return Estimate(value, NotEstimable(reason), None, n, curve.positives, method)
    tail = (1.0 - confidence) / 2.0
    low, high = np.quantile(drawn, [tail, 1.0 - tail])
    low, high = min(low, value), max(high, value)
    method += f"; percentile interval of {len(drawn)} bootstrap samples"
    error = float(np.std(drawn, ddof=1))
    return Estimate(value, Interval(float(low), float(high), confidence), error, n, curve.positives, method)


def index_of(curve: SmoothCalibration) -> Estimate:
    """Return the index of a smooth curve that is already there, without an interval."""
    method = f"mean distance of the {curve.method}, from the diagonal"
    n = len(curve.probability)
    return Estimate(curve.mean_distance, NotEstimable(NO_INTERVAL), None, n, curve.positives, method)


INTEGRATED_CALIBRATION_INDEX = Metric(
    "integrated_calibration_index",
    "Integrated calibration index",
    Better.LOWER,
    (0.0, 1.0),
    integrated_calibration_index,
    takes=("truth", "probability"),
)
