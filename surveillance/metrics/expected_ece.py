"""What the calibration error of a perfect product would be: the size that chance alone gives it."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, ndtri, xlog1py, xlogy

from surveillance.metrics.arrays import FloatArray, Scores, as_probabilities
from surveillance.metrics.calibration_bins import calibration_bins
from surveillance.metrics.sampling_weights import as_weights
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION


@dataclass(frozen=True, slots=True)
class ChanceCalibrationError:
    """The calibration error of a perfect product with these probabilities.

    Attributes
    ----------
    mean : float
        What it would be on average.
    usual_highest : float
        What it would stay below in 19 of 20 such samples.
    n : int
        Cases.
    expected_positives : float
        The sum of the probabilities.
    method : str
    """

    mean: float
    usual_highest: float
    n: int
    expected_positives: float
    method: str


def chance_calibration_error(
    probability: Scores, *, bins: int = 10, edges: tuple[float, ...] = (), weight: Scores | None = None
) -> ChanceCalibrationError:
    """Return the calibration error that a perfect product with these scores would show by chance.

    If every case has the finding with exactly its probability, a bin's gap is a sum of independent
    yes-or-noes less its mean. Its mean absolute size is De Moivre's for the binomial of the same mean
    and variance; the ECE's is their sum over n. The upper point is a normal one.

    Parameters
    ----------
    probability : float array of shape (n,)
    bins, edges, weight
        As for `expected_calibration_error`.

    Raises
    ------
    NotEstimable
        If there are fewer cases than bins.

    Examples
    --------
    >>> chance = chance_calibration_error(np.full(400, 0.5), bins=1)
    >>> round(chance.mean, 4), round(chance.usual_highest, 3)
    (0.0199, 0.045)

    Notes
    -----
    Assumes: cases are independent; within a bin the sum of yes-or-noes is close to a binomial of the same
    mean and variance, which is exact where the bin's probabilities are equal.
    Not for: a verdict by itself; an error above the usual highest says that there is miscalibration, not
    how it lies, which the curve shows.
    Departs from the published rule: the expectation is computed instead of simulated because the same
    evaluation must give the same number each time.

    References
    ----------
    Broecker & Smith (2007) Increasing the reliability of reliability diagrams. Weather and Forecasting
    22, 651-661.
    Diaconis & Zabell (1991) Closed form summation for classical distributions: variations on a theme of
    De Moivre. Statistical Science 6, 284-302.
    """
    probabilities = as_probabilities(probability)
    where, bins, words = calibration_bins(probabilities, bins, edges, "Chance calibration error")
    weights = as_weights(weight, len(probabilities))
    spread = probabilities * (1.0 - probabilities)

    def total_of(values: FloatArray) -> FloatArray:
        return np.bincount(where, values, bins).astype(np.float64)

    mean, other = total_of(weights * probabilities), total_of(weights * (1.0 - probabilities))
    variance = total_of(weights**2 * spread)
    step = variance / np.maximum(total_of(weights * spread), 1e-300)
    size = mean_absolute_deviation(mean, other, variance, step)
    total = float(weights.sum())
    value = float(size.sum()) / total
    error = float(np.sqrt(np.maximum(variance - size**2, 0.0).sum())) / total
    return ChanceCalibrationError(
        value,
        value + float(ndtri(0.95)) * error,
        len(probabilities),
        float(probabilities.sum()),
        f"{words}; each bin's gap as that of a binomial of the same mean and variance",
    )


def mean_absolute_deviation(mean: FloatArray, other: FloatArray, variance: FloatArray, step: FloatArray) -> FloatArray:
    """Return E|X - E X| of sums of weighted yes-or-noes, each as a binomial of the same mean and variance.

    De Moivre: 2 k (1 - p) P(X = k) with k the first whole number above the mean.

    Parameters
    ----------
    mean, other : float arrays of shape (k,)
        Weighted expected count of yes, and of no.
    variance : float array of shape (k,)
    step : float array of shape (k,)
        What one yes adds: 1 without weights.

    Examples
    --------
    >>> one = np.ones(1)
    >>> mean_absolute_deviation(0.5 * one, 0.5 * one, 0.25 * one, one).tolist()  # a fair coin: always one half away
    [0.5]
    """
    sure = variance <= 0.0
    step = np.where(sure, 1.0, step)
    rare = np.where(sure, 0.5, np.minimum(mean, other) / step)  # counted from the rarer side
    spread = np.where(sure, 0.25, variance / step**2)
    share = np.clip(1.0 - spread / rare, 1e-12, 1.0 - 1e-12)
    trials = rare / share
    k = np.floor(rare) + 1.0
    left = np.maximum(trials - k, 0.0)
    log_chance = gammaln(trials + 1.0) - gammaln(k + 1.0) - gammaln(left + 1.0) + xlogy(k, share)
    chance = np.exp(log_chance + xlog1py(left, -share))
    return np.where(sure, 0.0, step * 2.0 * k * (1.0 - share) * chance)
