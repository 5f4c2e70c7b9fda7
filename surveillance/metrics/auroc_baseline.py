"""How much the AUROC of a batch may vary while the AI is as it was in the baseline."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, FloatArray, Scores, as_flags, as_scores, require_same_length
from surveillance.metrics.auroc import auroc
from surveillance.metrics.estimate import Estimate
from surveillance.metrics.topic import Topic

TOPIC = Topic.DISCRIMINATION


@dataclass(frozen=True, slots=True)
class BaselineAuroc:
    """The AUROC of a baseline, with the parts from which the variance of any batch's AUROC follows.

    The exact variance of the AUROC of m positives and n negatives, a U-statistic, is
    [(n - 1) z10 + (m - 1) z01 + z11] / (m n): z10 is the variance that comes from which positive it is, z01 from
    which negative, z11 of a single pair.

    Attributes
    ----------
    auroc : Estimate
        Of the baseline, with DeLong's interval.
    z10, z01, z11 : float
        Estimated from the baseline's placements.

    Examples
    --------
    >>> truth, score = np.arange(400) < 200, np.concatenate((np.linspace(0.2, 1, 200), np.linspace(0, 0.8, 200)))
    >>> baseline = baseline_auroc(truth, score)
    >>> [round(float(number), 4) for number in (baseline.auroc.value, baseline.variance(10, 90))]
    [0.7169, 0.0069]
    >>> round(float(baseline.standardise(0.60, 10, 90)), 2)
    -1.4
    """

    auroc: Estimate
    z10: float
    z01: float
    z11: float

    def variance(self, positives: ArrayLike, negatives: ArrayLike) -> FloatArray:
        """Return the variance of the AUROC of a batch with these counts, while nothing has changed.

        Parameters
        ----------
        positives, negatives : int, or int arrays of shape (k,)

        Raises
        ------
        NotEstimable
            If a count is below 1, or the baseline is too small to give a positive variance.
        """
        m, n = np.asarray(positives, dtype=np.float64), np.asarray(negatives, dtype=np.float64)
        if m.size and n.size and min(m.min(), n.min()) < 1:
            fewest = min(m.min(), n.min())
            raise NotEstimable(f"The variance of a batch's AUROC needs cases of both classes, got {fewest:g}")
        variance = np.asarray(((n - 1.0) * self.z10 + (m - 1.0) * self.z01 + self.z11) / (m * n), dtype=np.float64)
        if variance.size and variance.min() <= 0.0:
            raise NotEstimable(
                "The variance of a batch's AUROC needs a larger baseline, "
                f"got {self.auroc.positives} positives and {self.auroc.n - self.auroc.positives} negatives"
            )
        return variance

    def standardise(self, auroc: ArrayLike, positives: ArrayLike, negatives: ArrayLike) -> FloatArray:
        """Return how many standard errors the AUROC of each batch lies above the baseline's.

        Parameters
        ----------
        auroc : float, or float array of shape (k,)
        positives, negatives : int, or int arrays of shape (k,)

        Raises
        ------
        NotEstimable
            As `variance`.
        """
        distance = np.asarray(auroc, dtype=np.float64) - self.auroc.value
        return np.asarray(distance / np.sqrt(self.variance(positives, negatives)), dtype=np.float64)


def baseline_auroc(truth: Flags, score: Scores) -> BaselineAuroc:
    """Estimate the baseline's AUROC and how much that of a small batch would vary around it by chance.

    From the sample variances S10 and S01 of the placements and the variance S11 of all M N pairs,
    z10 = (S10 - S11 / N) / (1 - 1 / N), z01 = (S01 - S11 / M) / (1 - 1 / M), z11 = S11.

    Parameters
    ----------
    truth : bool array of shape (n,)
        Whether the reference standard found disease.
    score : float array of shape (n,)
        The device's output, on any scale where higher means disease.

    Returns
    -------
    BaselineAuroc

    Raises
    ------
    NotEstimable
        If a class has fewer than two cases, or the classes do not overlap: there is then no variation
        to hold a batch against.

    Examples
    --------
    >>> baseline_auroc([0, 0, 0, 1, 1, 1], [1, 2, 4, 3, 5, 6]).auroc
    Estimate(value=0.89, low=0.26, high=0.99, n=6, positives=3)

    References
    ----------
    Lee (1990) U-statistics: theory and practice. Marcel Dekker, chapter 2 (the exact variance).
    DeLong, DeLong & Clarke-Pearson (1988) Biometrics 44, 837-845 (its large-sample part, S10 / m + S01 / n).

    Notes
    -----
    Assumes: independent cases; scores of a batch drawn as those of the baseline while nothing is wrong.

    Not for: judging a batch by its own scores (DeLong's error of a bad batch is large, so that a chart of them
    sleeps through the fault); a baseline under some 200 positives without printing what its own error costs.

    Departs from the published rule: in nothing.
    """
    flags, scores = as_flags(truth, "truth"), as_scores(score, "score")
    require_same_length(flags, scores)
    estimate = auroc(flags, scores)
    if isinstance(estimate.interval, NotEstimable):
        raise estimate.interval
    distinct, level = np.unique(scores, return_inverse=True)
    _, z10, z01, z11 = variance_parts(
        np.bincount(level[flags], minlength=len(distinct)), np.bincount(level[~flags], minlength=len(distinct))
    )
    return BaselineAuroc(estimate, z10, z01, z11)


def variance_parts(positives: ArrayLike, negatives: ArrayLike) -> tuple[float, float, float, float]:
    """Return the AUROC and the parts z10, z01 and z11 of its variance, from the counts at each distinct score.

    Parameters
    ----------
    positives, negatives : int arrays of shape (k,)
        Cases at each distinct score, in ascending order of scores; two or more of each class.

    Examples
    --------
    >>> area, z10, z01, z11 = variance_parts([0, 1, 1, 0], [1, 1, 0, 1])
    >>> round(area, 3), round(z11, 3)
    (0.583, 0.242)

    References
    ----------
    Sun & Xu (2014) IEEE SPL 21(11), 1389-1393 (placements by mid-ranks).
    """
    above, below = np.asarray(positives, dtype=np.float64), np.asarray(negatives, dtype=np.float64)
    m, n = float(above.sum()), float(below.sum())
    beaten = (np.cumsum(below) - below / 2.0) / n
    beaten_by = (m - np.cumsum(above) + above / 2.0) / m
    area = float(above @ beaten) / m
    s10 = float(above @ (beaten - area) ** 2) / (m - 1.0)
    s01 = float(below @ (beaten_by - area) ** 2) / (n - 1.0)
    # A pair's square is 1 for a win and 1/4 for a tie, so the mean square is the area less a quarter of the ties.
    ties = float(above @ below) / (m * n)
    s11 = (area - ties / 4.0 - area**2) * m * n / (m * n - 1.0)
    return area, (s10 - s11 / n) / (1.0 - 1.0 / n), (s01 - s11 / m) / (1.0 - 1.0 / m), s11
