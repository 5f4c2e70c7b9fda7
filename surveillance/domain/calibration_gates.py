"""How many positives and negatives each level of calibration asks for before it may be spoken of."""

from surveillance.errors import NotEstimable

# Van Calster et al. (2016) for the curve; both numbers are judgement, not derived: Methods say so.
WEAK, MODERATE = 100, 200
# Simulated: below 8 positives found by the audit, ranges of 95 % hold in 83 to 91 %; from 8 on in 93 to 95 %.
AUDITED = 8


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


def unranged(subject: str, found: int) -> NotEstimable | None:
    """Return why a figure has no range when an audit found few positives; None where it found enough.

    Each positive found among audited studies stands for several, so that a handful carries the whole figure.

    >>> unranged("Calibration slope", 3)
    NotEstimable('Calibration slope needs 8 positives found by the audit for a range, got 3')
    >>> unranged("Calibration slope", 8) is None
    True
    """
    if found >= AUDITED:
        return None
    return NotEstimable(f"{subject} needs {AUDITED} positives found by the audit for a range, got {found}")
