"""Sensitivity and specificity when unflagged cases are verified by a random audit."""

from collections.abc import Callable
from dataclasses import replace

from surveillance.errors import NotEstimable
from surveillance.metrics.estimate import Estimate, Interval
from surveillance.metrics.proportion import proportion_estimate
from surveillance.metrics.verified_stream import false_flag_rate_from_verified, miss_rate_from_verified


def sensitivity_audited(
    flagged_positives: int, unflagged_positives: int, fraction: float, *, confidence: float = 0.95
) -> Estimate:
    """Estimate sensitivity from all flagged positives and those that an audit of unflagged cases found.

    The value is the inverse-probability weighted one, a / (a + b / f), as Begg & Greenes give it. The
    interval is Wilson's for the verified stream, carried over by the same monotone formula.

    Parameters
    ----------
    flagged_positives, unflagged_positives : int
        Verified positives that the AI flagged, and audited positives that it did not flag.
    fraction : float
        Share of unflagged cases drawn for audit, above 0 and up to 1.

    Raises
    ------
    NotEstimable
        If there is no verified positive.

    Examples
    --------
    >>> sensitivity_audited(90, 1, 0.10)
    Estimate(value=0.90, low=0.61, high=0.98, n=91, positives=91)

    References
    ----------
    Begg & Greenes (1983) Biometrics 39, 207-215. Wilson (1927) JASA 22, 209-212.
    """
    n = flagged_positives + unflagged_positives
    if n == 0:
        raise NotEstimable("Sensitivity needs verified positives, got 0")
    seen = proportion_estimate(flagged_positives, n, positives=n, confidence=confidence)
    return _carried(seen, lambda share: 1.0 - miss_rate_from_verified(1.0 - share, fraction), fraction)


def specificity_audited(
    flagged_negatives: int, unflagged_negatives: int, fraction: float, *, confidence: float = 0.95
) -> Estimate:
    """Estimate specificity from all flagged negatives and those that an audit of unflagged cases found.

    The value is the inverse-probability weighted one, (d / f) / (c + d / f); the interval is Wilson's
    for the verified stream, carried over by the same monotone formula.

    Parameters
    ----------
    flagged_negatives, unflagged_negatives : int
        Verified negatives that the AI flagged, and audited negatives that it did not flag.
    fraction : float
        Share of unflagged cases drawn for audit, above 0 and up to 1.

    Raises
    ------
    NotEstimable
        If there is no verified negative.

    Examples
    --------
    >>> specificity_audited(50, 95, 0.10)
    Estimate(value=0.95, low=0.93, high=0.96, n=145, positives=0)

    References
    ----------
    Begg & Greenes (1983) Biometrics 39, 207-215. Wilson (1927) JASA 22, 209-212.
    """
    n = flagged_negatives + unflagged_negatives
    if n == 0:
        raise NotEstimable("Specificity needs verified negatives, got 0")
    seen = proportion_estimate(unflagged_negatives, n, positives=0, confidence=confidence)
    return _carried(seen, lambda share: 1.0 - false_flag_rate_from_verified(1.0 - share, fraction), fraction)


def _carried(seen: Estimate, formula: Callable[[float], float], fraction: float) -> Estimate:
    """Carry an estimate of the verified stream over to all cases; the standard error by the delta method."""
    value = formula(seen.value)
    standard_error = seen.standard_error
    if standard_error is not None:
        # Odds are multiplied by a constant, so log-odds have one standard error on both scales.
        standard_error *= value * (1.0 - value) / (seen.value * (1.0 - seen.value))
    confidence = seen.interval.confidence if isinstance(seen.interval, Interval) else 0.95
    return replace(
        seen,
        value=value,
        interval=Interval(formula(seen.low), formula(seen.high), confidence),
        standard_error=standard_error,
        method=(
            f"weighted by one over the audit fraction {fraction:g} (Begg & Greenes); "
            "Wilson interval of the verified cases, carried over"
        ),
    )
