"""A planning figure for how far an AUROC may vary, where no scores are at hand yet."""

from surveillance.metrics.topic import Topic

TOPIC = Topic.DISCRIMINATION


def hanley_mcneil_variance(auroc: float, positives: int, negatives: int) -> float:
    """Return a planning figure for the variance of an AUROC, where no scores are at hand.

    With Q1 = A / (2 - A) and Q2 = 2 A^2 / (1 + A) it is
    [A (1 - A) + (m - 1) (Q1 - A^2) + (n - 1) (Q2 - A^2)] / (m n).

    Parameters
    ----------
    auroc : float
    positives, negatives : int
        m and n.

    Raises
    ------
    ValueError
        If the AUROC is not between 0 and 1, or a count is below 1.

    Examples
    --------
    >>> round(hanley_mcneil_variance(0.856, 10, 90) ** 0.5, 3)
    0.077

    References
    ----------
    Hanley & McNeil (1982) The meaning and use of the area under a ROC curve. Radiology 143, 29-36.

    Notes
    -----
    Assumes: exponential scores, m positives and n negatives, all independent.

    Not for: charts or tests. At 10 % prevalence and an AUROC of .856 its standard error is about 1.25 times the
    true one for binormal scores: a chart standardised by it asks for a run length of 370 and gets 775 to 1,600.

    Departs from the published rule: in nothing.
    """
    if not 0.0 < auroc < 1.0 or min(positives, negatives) < 1:
        raise ValueError("the AUROC must lie between 0 and 1, and each count be at least 1")
    square = auroc**2
    first, second = auroc / (2.0 - auroc) - square, 2.0 * square / (1.0 + auroc) - square
    total = auroc * (1.0 - auroc) + (positives - 1) * first + (negatives - 1) * second
    return total / (positives * negatives)
