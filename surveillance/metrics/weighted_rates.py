"""Sensitivity, specificity and predictive values when each verified case stands for several: one over its fraction."""

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import BoolArray, Flags, FloatArray, Scores, as_flags, require_same_length
from surveillance.metrics.estimate import Estimate, Interval
from surveillance.metrics.sampling_weights import as_weights
from surveillance.metrics.topic import Topic
from surveillance.metrics.weighted_count import share_of_first, weighted_count

TOPIC = Topic.PARTIAL_VERIFICATION
METHOD = (
    "each case weighted by one over its sampling fraction; interval of the effective number of cases "
    "(Wilson; Brown, Cai & DasGupta for up to three events), carried over"
)


def sensitivity_weighted(truth: Flags, called: Flags, weight: Scores, *, confidence: float = 0.95) -> Estimate:
    """Estimate the share of all positives that the AI flagged, from cases verified with known, varying fractions.

    Sum of the weights of flagged positives over that of all positives. Each group counts as its effective number
    of cases (Kish: weights summed and squared, over the sum of squares) with a common weight; their interval is
    carried over by a monotone map. Equal fractions give `sensitivity_audited`.

    Parameters
    ----------
    truth, called : bool arrays of shape (n,)
        Verified cases only.
    weight : float array of shape (n,)
        One over the fraction with which the case was drawn for verification, at least 1 for a true fraction.

    Raises
    ------
    NotEstimable
        If there is no verified positive.
    ValueError
        If a weight is not positive and finite.

    Examples
    --------
    >>> import numpy as np
    >>> truth, called = np.array([1, 1, 1, 0, 0]), np.array([1, 1, 0, 0, 0])
    >>> round(sensitivity_weighted(truth, called, np.array([1, 1, 4, 4, 4])).value, 3)
    0.333

    Notes
    -----
    Assumes: cases were drawn at random with these fractions, independently of each other. With unflagged fractions
    of 10 and 40 % mixed, 20 to 100 verified positives and sensitivities of .80 to .95, 95 % intervals covered
    .96 to .99 in simulation, those of specificity .95 to .96.
    Not for: verification that depends on anything that the fraction does not know.
    Departs from the published rule: the value is Horvitz and Thompson's, the interval is ours, and in it a case
    counts for at least the effective weight of its stratum, because without that intervals of which all cases found
    had by chance been drawn at the higher fraction covered .89.

    References
    ----------
    Horvitz & Thompson (1952) JASA 47, 663-685. Kish (1965) Survey Sampling, section 11.7.
    Begg & Greenes (1983) Biometrics 39, 207-215.
    """
    positive, flagged, weights = verified_columns(truth, called, weight)
    if not positive.any():
        raise NotEstimable(f"Sensitivity needs confirmed positives, got 0 among {len(positive)} cases")
    n = int(positive.sum())
    return _share((positive & flagged, flagged), (positive & ~flagged, ~flagged), weights, n, confidence)


def specificity_weighted(truth: Flags, called: Flags, weight: Scores, *, confidence: float = 0.95) -> Estimate:
    """Estimate the share of all negatives that the AI did not flag, from cases verified with known fractions.

    As `sensitivity_weighted`, on negatives.

    Parameters
    ----------
    truth, called, weight : arrays of shape (n,)
        As in `sensitivity_weighted`.

    Raises
    ------
    NotEstimable
        If there is no verified negative.
    ValueError
        If a weight is not positive and finite.

    Examples
    --------
    >>> import numpy as np
    >>> truth, called = np.array([1, 0, 0, 0]), np.array([1, 1, 0, 0])
    >>> round(specificity_weighted(truth, called, np.array([1, 1, 4, 4])).value, 3)
    0.889

    Notes
    -----
    Assumes: cases were drawn at random with these fractions, independently of each other; measured coverage stands with
    `sensitivity_weighted`.
    Not for: verification that depends on anything that the fraction does not know.
    Departs from the published rule: the value is Horvitz and Thompson's, the interval is ours, and in it a case
    counts for at least the effective weight of its stratum, because without that intervals of which all cases found
    had by chance been drawn at the higher fraction covered .89.

    References
    ----------
    Horvitz & Thompson (1952) JASA 47, 663-685. Begg & Greenes (1983) Biometrics 39, 207-215.
    """
    positive, flagged, weights = verified_columns(truth, called, weight)
    if positive.all():
        raise NotEstimable(f"Specificity needs confirmed negatives, got 0 among {len(positive)} cases")
    return _share((~positive & ~flagged, ~flagged), (~positive & flagged, flagged), weights, 0, confidence)


def verified_columns(truth: Flags, called: Flags, weight: Scores) -> tuple[BoolArray, BoolArray, FloatArray]:
    """Return truth, flags and weights of the verified cases, checked.

    Raises
    ------
    ValueError
        If they do not describe the same cases, or a weight is not positive and finite.
    """
    positive, flagged = as_flags(truth, "truth"), as_flags(called, "called")
    require_same_length(positive, flagged)
    return positive, flagged, as_weights(weight, len(positive))


def _share(
    first: tuple[BoolArray, BoolArray],
    second: tuple[BoolArray, BoolArray],
    weight: FloatArray,
    positives: int,
    confidence: float,
) -> Estimate:
    """Return the first group's share; each group comes with its stratum, which says what one more would weigh."""
    one, other = (weighted_count(which, weight, stratum) for which, stratum in (first, second))
    value, low, high = (float(end[0]) for end in share_of_first(one, other, confidence))
    sizes = float(one.effective[0]), float(other.effective[0])
    error = value * (1.0 - value) * (1.0 / sizes[0] + 1.0 / sizes[1]) ** 0.5 if min(sizes) > 0.0 else None
    n = int(first[0].sum() + second[0].sum())
    return Estimate(value, Interval(low, high, confidence), error, n, positives, METHOD)
