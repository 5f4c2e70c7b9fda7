"""The parts of the Brier score: calibration, discrimination and prevalence, taken apart."""

from dataclasses import dataclass

import numpy as np

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, Scores, as_flags, as_probabilities, require_same_length
from surveillance.metrics.calibration_bins import calibration_bins
from surveillance.metrics.sampling_weights import as_weights
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION


@dataclass(frozen=True, slots=True)
class BrierDecomposition:
    """A Brier score and its parts, which add up to it exactly.

    brier = reliability - resolution + uncertainty + within_bin_variance - within_bin_covariance.

    Attributes
    ----------
    brier : float
    reliability : float
        Squared gap between promised and observed frequency of each bin: 0 is perfect calibration.
    reliability_by_chance : float
        What that term would be on average for a perfect product, from these probabilities.
    resolution : float
        How far the bins' observed frequencies lie from the prevalence: higher tells more apart.
    uncertainty : float
        Prevalence times one less it: the score of always saying the prevalence.
    within_bin_variance, within_bin_covariance : float
        What binning leaves out: the spread of the probabilities inside a bin, and twice their covariance
        with the truth.
    n, positives : int
    method : str
    """

    brier: float
    reliability: float
    reliability_by_chance: float
    resolution: float
    uncertainty: float
    within_bin_variance: float
    within_bin_covariance: float
    n: int
    positives: int
    method: str

    @property
    def skill(self) -> float:
        """Return the share of the uncertainty that the scores remove; below 0 the prevalence alone does better.

        Raises
        ------
        NotEstimable
            If only one class is present: there is no uncertainty to remove.
        """
        if not self.uncertainty:
            raise NotEstimable(
                f"Brier skill needs cases of both classes, got {self.positives} and {self.n - self.positives}"
            )
        return 1.0 - self.brier / self.uncertainty


def brier_decomposition(
    truth: Flags,
    probability: Scores,
    *,
    bins: int = 10,
    edges: tuple[float, ...] = (),
    weight: Scores | None = None,
) -> BrierDecomposition:
    """Take the Brier score apart into calibration, discrimination and prevalence.

    Murphy's reliability, resolution and uncertainty over bins, with Stephenson's two within-bin terms, so
    that the parts add up to the score on the probabilities as they are. No part has an interval: each is
    biased upwards by chance alone, so the reliability that a perfect product would show stands beside it.

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
    >>> parts = brier_decomposition(np.array([0, 1, 0, 1]), np.array([0.1, 0.3, 0.6, 0.8]), bins=2)
    >>> round(parts.reliability, 3), round(parts.resolution, 3), parts.uncertainty
    (0.065, 0.0, 0.25)

    Notes
    -----
    Assumes: every case or a random sample with known fractions is verified; the bins are stated, since
    other bins give other parts.
    Not for: a fixed limit on any part, or a comparison between samples of different size or prevalence.
    Departs from the published rule: bins hold equally many cases because Murphy's distinct forecast values
    are as many as the cases where a score is continuous.

    References
    ----------
    Murphy (1973) A new vector partition of the probability score. Journal of Applied Meteorology 12, 595-600.
    Stephenson, Coelho & Jolliffe (2008) Two extra components in the Brier score decomposition. Weather and
    Forecasting 23, 752-757.
    """
    flags, probabilities = as_flags(truth, "truth"), as_probabilities(probability)
    require_same_length(flags, probabilities)
    where, bins, words = calibration_bins(probabilities, bins, edges, "Brier decomposition")
    weights = as_weights(weight, len(flags))
    total = float(weights.sum())
    size = np.bincount(where, weights, bins)
    filled = np.maximum(size, 1e-300)
    promised = np.bincount(where, weights * probabilities, bins) / filled
    observed = np.bincount(where, weights * flags, bins) / filled
    prevalence = float(weights @ flags) / total
    inner, outcome = probabilities - promised[where], flags - observed[where]
    noise = np.bincount(where, weights**2 * probabilities * (1.0 - probabilities), bins) / filled
    return BrierDecomposition(
        brier=float(weights @ (probabilities - flags) ** 2) / total,
        reliability=float(size @ (promised - observed) ** 2) / total,
        reliability_by_chance=float(noise.sum()) / total,
        resolution=float(size @ (observed - prevalence) ** 2) / total,
        uncertainty=prevalence * (1.0 - prevalence),
        within_bin_variance=float(weights @ inner**2) / total,
        within_bin_covariance=2.0 * float(weights @ (inner * outcome)) / total,
        n=len(flags),
        positives=int(flags.sum()),
        method=words if weight is None else f"{words}; each case weighted by one over its sampling fraction",
    )
