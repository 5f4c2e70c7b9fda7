"""How many positives and negatives each level of calibration asks for before it may be spoken of."""

from surveillance.errors import NotEstimable

# Van Calster et al. (2016) for the curve; both numbers are judgement, not derived: Methods say so.
WEAK, MODERATE = 100, 200


def require(subject: str, fewest: int, positives: int, n: int) -> None:
    """Refuse a figure that so few of either class cannot carry.

    Mean calibration (O/E) asks for nothing: its interval says how little is known. Weak calibration
    (intercept, slope) asks for 100 of each class, moderate calibration (curve, ICI, ECE) for 200.

    >>> require("Calibration slope", WEAK, 43, 2143)
    Traceback (most recent call last):
    ...
    surveillance.errors.NotEstimable: Calibration slope needs 100 positives and 100 negatives (a judgement of the
    field), got 43 and 2,100
    """
    if min(positives, n - positives) < fewest:
        raise NotEstimable(
            f"{subject} needs {fewest} positives and {fewest} negatives (a judgement of the field), "
            f"got {positives:,} and {n - positives:,}"
        )
