"""What it costs that a baseline's AUROC is an estimate: the run length that most such baselines exceed."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from surveillance.detectors.quadrature_chain import NEVER
from surveillance.metrics.arrays import FloatArray
from surveillance.metrics.auroc_baseline import variance_parts

LOW_SHARE = 0.10
MOST_BASELINES, FEWEST_BASELINES = 2_000, 200
MOST_CASES = 20_000_000
OFFSETS = np.linspace(-3.0, 4.0, 8)
STRETCHES = np.array([-3.0, 0.0, 3.0])
FEWEST_VALUES = 40_000


def redrawn_baselines(
    positive_score: FloatArray, negative_score: FloatArray, counts: tuple[float, float], rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Return how far other baselines of the same AI would lie off, by drawing them from this one.

    Each has this one's size and is drawn from it with replacement (a bootstrap).

    Parameters
    ----------
    positive_score, negative_score : float arrays of shape (m,), (n,)
        Of the baseline.
    counts : tuple of float
        Positives and negatives of a batch.

    Returns
    -------
    offset, stretch : float arrays of shape (r,)
        By how many standard errors of a batch each baseline's AUROC lies too high, and the logarithm of the true
        standard error of a batch over the one that it gives.
    """
    level_of = np.unique(np.concatenate((positive_score, negative_score)))
    positive, negative = np.searchsorted(level_of, positive_score), np.searchsorted(level_of, negative_score)
    levels, (m, n) = len(level_of), counts

    def area_and_error(first: NDArray[np.int64], second: NDArray[np.int64]) -> tuple[float, float]:
        parts = variance_parts(np.bincount(first, minlength=levels), np.bincount(second, minlength=levels))
        area, z10, z01, z11 = parts
        return area, float(np.sqrt(max((n - 1.0) * z10 + (m - 1.0) * z01 + z11, 1e-12) / (m * n)))

    area, error = area_and_error(positive, negative)
    repeats = int(np.clip(MOST_CASES / (len(positive) + len(negative) + levels), FEWEST_BASELINES, MOST_BASELINES))
    drawn = np.array(
        [
            area_and_error(
                positive[rng.integers(0, len(positive), len(positive))],
                negative[rng.integers(0, len(negative), len(negative))],
            )
            for _ in range(repeats)
        ]
    )
    return (drawn[:, 0] - area) / error, np.log(error / drawn[:, 1])


def guaranteed_run_length(
    z: FloatArray, run_length_of: Callable[[FloatArray], float], offset: FloatArray, stretch: FloatArray
) -> float:
    """Return the run length that nine baselines in ten exceed, when the chart's limit is the same for all.

    A baseline that came out high by chance, and its standard error small with it, makes every later batch look
    worse than it is. The logarithm of the run length is a smooth surface over offset and stretch; it is
    worked out on a grid and read off at each baseline.

    Checked once by brute force on the CUSUM (400 baselines of a binormal AI, AUROC .856, 10 positives a batch, 10 %
    prevalence, each with its own simulated limit for 370): the 10th percentile of the true run lengths was 65 (standard
    error 6) for 200 positives and 78 (6) for 300; this gives 59 and 78 on average over baselines, and one baseline
    differs from another by about 4 %. With the error of the AUROC alone it would be 86 for 200, too hopeful.
    The same on an EWMA of weight 0.1 (91 baselines of 200 positives): 44 (6) by brute force, 47 by this.

    Parameters
    ----------
    z : float array of shape (n,)
        Standardised AUROC of unchanged batches, had the baseline been right.
    run_length_of : callable
        The chart's run length over standardised values.
    offset, stretch : float arrays of shape (r,)
        As `redrawn_baselines` gives them.

    References
    ----------
    Albers & Kallenberg (2004) Estimation in Shewhart control charts: effects and corrections. Metrika 59, 207-234.
    Jones, Champ & Rigdon (2004) The run length distribution of the CUSUM with estimated parameters. Journal of
    Quality Technology 36, 95-108.
    """
    some = z[:FEWEST_VALUES]
    some = (some - some.mean()) / some.std() * z.std() + z.mean()
    spread = max(float(stretch.std()), 1e-6)
    shifts = np.unique(np.concatenate((OFFSETS * max(float(offset.std()), 1e-6), [0.0])))
    surface = np.array(
        [[_log_length(run_length_of((some - shift) * np.exp(part * spread))) for part in STRETCHES] for shift in shifts]
    )
    # Across the offset: straight between grid points. Across the stretch: the parabola through three.
    low, middle, high = (np.interp(offset, shifts, surface[:, column]) for column in range(3))
    part = stretch / (STRETCHES[2] * spread)
    length = middle + part * (high - low) / 2.0 + part**2 * (high + low - 2.0 * middle) / 2.0
    return float(np.exp(np.quantile(length, LOW_SHARE)))


def _log_length(run_length: float) -> float:
    """Return the logarithm of a run length; one that no path ends is taken as the longest that can be computed."""
    return float(np.log(run_length if np.isfinite(run_length) else NEVER))
