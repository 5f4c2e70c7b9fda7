"""Expected calibration error: the average gap between promised and observed frequency."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.calibration_bins import calibration_bins
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.sampling_weights import as_weights
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION

NO_INTERVAL = (
    "The calibration error has no interval: it needs a comparison with what chance alone would show, "
    "got only these cases"
)


def expected_calibration_error(
    truth: Flags,
    probability: Scores,
    *,
    bins: int = 10,
    edges: tuple[float, ...] = (),
    weight: Scores | None = None,
    confidence: float = 0.95,  # noqa: ARG001 - every metric takes it
) -> Estimate:
    """Estimate the average gap between promised and observed frequency, over bins of equal count.

    Sum over bins of n_bin / n * |mean probability - share of positives|. It is never negative, so
    chance alone makes it positive: a perfect product averages about .08 with 100 cases and .025 with
    1000 (`chance_calibration_error` says how much for these cases). It must not be held against a fixed
    line, and it has no honest symmetric interval.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
    bins : int
        Bins of equal count; equal probabilities share a bin.
    edges : tuple of float
        Inner edges of fixed bins instead, ascending.
    weight : float array of shape (n,), optional
        One over the sampling fraction of each verified case; without it all cases were verified.

    Raises
    ------
    NotEstimable
        If there are fewer cases than bins.

    Examples
    --------
    >>> truth, probability = np.array([0, 0, 1, 1]), np.array([0.1, 0.3, 0.6, 0.8])
    >>> round(expected_calibration_error(truth, probability, bins=2).value, 3)
    0.25

    Notes
    -----
    Assumes: every case or a random sample with known fractions is verified; the bins are stated, since
    other bins give another number.
    Not for: a fixed limit such as 0.05, or a comparison between samples of different size.
    Departs from the published rule: bins hold equally many cases because bins of equal width leave most of
    the scale of a triage score to a handful.

    References
    ----------
    Broecker (2012) Estimating reliability and resolution of probability forecasts through decomposition
    of the empirical score. Climate Dynamics 39, 655-667.
    Roelofs et al. (2022) Mitigating bias in calibration error estimation. AISTATS.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    where, bins, words = calibration_bins(probabilities, bins, edges, "ECE")
    weights = as_weights(weight, len(flags))
    gap = np.bincount(where, weights * (probabilities - flags), bins)
    value = float(np.abs(gap).sum() / weights.sum())
    method = f"{words}, weighted by count"
    if weight is not None:
        method += "; each case weighted by one over its sampling fraction"
    return Estimate(value, NotEstimable(NO_INTERVAL), None, len(flags), int(flags.sum()), method)


EXPECTED_CALIBRATION_ERROR = Metric(
    "expected_calibration_error",
    "Expected calibration error",
    Better.LOWER,
    (0.0, 1.0),
    expected_calibration_error,
    takes=("truth", "probability"),
)
