"""Rates among the cases whose truth is looked up, when only a share of unflagged cases is audited."""

from surveillance.metrics.topic import Topic

TOPIC = Topic.PARTIAL_VERIFICATION


def verified_miss_rate(miss_rate: float, fraction: float) -> float:
    """Return which share of *verified* positives the AI did not flag.

    Flagged positives are all verified, unflagged ones with the audit fraction f: a miss rate m becomes
    m f / (m f + 1 - m). At a 10 % audit .10 becomes .011 and .20 becomes .024, so a chart of verified
    positives designed for .10 would never alarm.

    Parameters
    ----------
    miss_rate : float
        Share of all positives that the AI does not flag.
    fraction : float
        Share of unflagged cases drawn for audit, above 0 and up to 1.

    Raises
    ------
    ValueError
        If a share lies outside its range.

    Notes
    -----
    Assumes: every flagged case is verified, and unflagged ones are drawn at random with one known fraction.

    Not for: audits drawn by suspicion or by score; truths that are still on their way, since flagged ones usually
    arrive first.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> round(verified_miss_rate(0.10, 0.10), 4), round(verified_miss_rate(0.20, 0.10), 4)
    (0.011, 0.0244)

    References
    ----------
    None: a definition of this product.
    """
    _check_share(miss_rate, "miss rate")
    _check_fraction(fraction)
    return miss_rate * fraction / (miss_rate * fraction + (1.0 - miss_rate))


def miss_rate_from_verified(verified: float, fraction: float) -> float:
    """Return the miss rate among all positives from the one among verified positives.

    Notes
    -----
    Assumes: every flagged case is verified, and unflagged ones are drawn at random with one known fraction.

    Not for: audits drawn by suspicion or by score; truths that are still on their way, since flagged ones usually
    arrive first.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> round(miss_rate_from_verified(verified_miss_rate(0.10, 0.25), 0.25), 12)
    0.1

    References
    ----------
    None: a definition of this product.
    """
    _check_share(verified, "verified miss rate")
    _check_fraction(fraction)
    return verified / (verified + (1.0 - verified) * fraction)


def verified_false_flag_rate(false_flag_rate: float, fraction: float) -> float:
    """Return which share of *verified* negatives the AI flagged.

    Flagged negatives are all verified, unflagged ones with the audit fraction f: a false-flag rate q
    becomes q / (q + (1 - q) f).

    Parameters
    ----------
    false_flag_rate : float
        Share of all negatives that the AI flags; one minus specificity.
    fraction : float
        Share of unflagged cases drawn for audit, above 0 and up to 1.

    Raises
    ------
    ValueError
        If a share lies outside its range.

    Notes
    -----
    Assumes: every flagged case is verified, and unflagged ones are drawn at random with one known fraction.

    Not for: audits drawn by suspicion or by score; truths that are still on their way, since flagged ones usually
    arrive first.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> round(verified_false_flag_rate(0.05, 0.10), 4)
    0.3448

    References
    ----------
    None: a definition of this product.
    """
    _check_share(false_flag_rate, "false-flag rate")
    _check_fraction(fraction)
    return false_flag_rate / (false_flag_rate + (1.0 - false_flag_rate) * fraction)


def false_flag_rate_from_verified(verified: float, fraction: float) -> float:
    """Return the false-flag rate among all negatives from the one among verified negatives.

    Notes
    -----
    Assumes: every flagged case is verified, and unflagged ones are drawn at random with one known fraction.

    Not for: audits drawn by suspicion or by score; truths that are still on their way, since flagged ones usually
    arrive first.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> round(false_flag_rate_from_verified(verified_false_flag_rate(0.05, 0.10), 0.10), 12)
    0.05

    References
    ----------
    None: a definition of this product.
    """
    _check_share(verified, "verified false-flag rate")
    _check_fraction(fraction)
    return verified * fraction / (verified * fraction + (1.0 - verified))


def _check_share(share: float, words: str) -> None:
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"The {words} must lie between 0 and 1, got {share:g}")


def _check_fraction(fraction: float) -> None:
    if not 0.0 < fraction <= 1.0:
        raise ValueError(f"The audit fraction must lie above 0 and up to 1, got {fraction:g}")
