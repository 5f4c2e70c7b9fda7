"""Expected calibration error: the average gap between promised and observed frequency."""

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.equal_count_bins import equal_count_bins
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.metric import Better, Metric

NO_INTERVAL = (
    "The calibration error has no interval: it needs a comparison with what chance alone would show, "
    "got only these cases"
)


def expected_calibration_error(
    truth: Flags,
    probability: Scores,
    *,
    bins: int = 10,
    confidence: float = 0.95,  # noqa: ARG001 - every metric takes it
) -> Estimate:
    """Estimate the average gap between promised and observed frequency, over bins of equal count.

    Sum over bins of n_bin / n * |mean probability - share of positives|. It is never negative, so
    chance alone makes it positive: a perfect product averages about .08 with 100 cases and .025 with
    1000. It must not be held against a fixed line, and it has no honest symmetric interval.

    Parameters
    ----------
    truth : bool array of shape (n,)
    probability : float array of shape (n,)
    bins : int
        Bins of equal count; equal probabilities share a bin.

    Raises
    ------
    NotEstimable
        If there are fewer cases than bins.

    Examples
    --------
    >>> truth, probability = np.array([0, 0, 1, 1]), np.array([0.1, 0.3, 0.6, 0.8])
    >>> round(expected_calibration_error(truth, probability, bins=2).value, 3)
    0.25

    References
    ----------
    Broecker (2012) Estimating reliability and resolution of probability forecasts through decomposition
    of the empirical score. Climate Dynamics 39, 655-667.
    Roelofs et al. (2022) Mitigating bias in calibration error estimation. AISTATS.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    if len(flags) < bins:
        raise NotEstimable(f"ECE on {bins} bins needs at least {bins} cases, got {len(flags)}")
    gap = np.bincount(equal_count_bins(probabilities, bins), probabilities - flags, bins)
    value = float(np.abs(gap).sum()) / len(flags)
    method = f"{bins} bins of equal count, equal probabilities in one bin, weighted by count"
    return Estimate(value, NotEstimable(NO_INTERVAL), None, len(flags), int(flags.sum()), method)


EXPECTED_CALIBRATION_ERROR = Metric(
    "expected_calibration_error",
    "Expected calibration error",
    Better.LOWER,
    (0.0, 1.0),
    expected_calibration_error,
    takes=("truth", "probability"),
)
