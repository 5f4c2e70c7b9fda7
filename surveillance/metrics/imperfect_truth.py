"""Apparent error rates of an unchanged AI when the truth it is held against has errors of its own."""

from surveillance.metrics.topic import Topic

TOPIC = Topic.PARTIAL_VERIFICATION


def apparent_miss_rate(
    miss_rate: float,
    false_flag_rate: float,
    *,
    prevalence: float,
    truth_sensitivity: float,
    truth_specificity: float,
) -> float:
    """Return which share of *recorded* positives the AI would not flag, errors of the truth included.

    Recorded positives are true ones found by the reference, pi * Se, and negatives called positive by
    it, (1 - pi)(1 - Sp); the AI does not flag a share m of the first and 1 - q of the second (errors of
    AI and reference taken as independent given the disease). The rarer the disease, the more of the
    recorded positives are the reference's own errors, so apparent sensitivity falls with prevalence.

    Parameters
    ----------
    miss_rate, false_flag_rate : float
        The AI's true error rates, m and q.
    prevalence : float
        pi, the true share with disease.
    truth_sensitivity, truth_specificity : float
        Se and Sp of the reference standard (radiology reports: about 98 % and 99.5 %).

    Raises
    ------
    ValueError
        If a share lies outside 0 to 1, or no case would be recorded as positive.

    Notes
    -----
    Assumes: the errors of the AI and of the reference are independent given the disease, and the four rates are
    known.

    Not for: a reference that knew the AI's answer, or that errs on the same cases as the AI (subtle bleeds): the
    apparent rate then looks better than this says.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> truth = {"truth_sensitivity": 0.98, "truth_specificity": 0.995}
    >>> round(1 - apparent_miss_rate(0.10, 0.05, prevalence=0.08, **truth), 3)
    0.853
    >>> round(1 - apparent_miss_rate(0.10, 0.05, prevalence=0.04, **truth), 3)
    0.807

    References
    ----------
    None: a definition of this product.
    """
    _check(miss_rate, false_flag_rate, prevalence, truth_sensitivity, truth_specificity)
    rightly = prevalence * truth_sensitivity
    wrongly = (1.0 - prevalence) * (1.0 - truth_specificity)
    if rightly + wrongly == 0.0:
        raise ValueError("no case would be recorded as positive at this prevalence")
    return (rightly * miss_rate + wrongly * (1.0 - false_flag_rate)) / (rightly + wrongly)


def apparent_false_flag_rate(
    miss_rate: float,
    false_flag_rate: float,
    *,
    prevalence: float,
    truth_sensitivity: float,
    truth_specificity: float,
) -> float:
    """Return which share of *recorded* negatives the AI would flag, errors of the truth included.

    Recorded negatives are true ones, (1 - pi) Sp, and positives that the reference overlooked,
    pi (1 - Se); the AI flags a share q of the first and 1 - m of the second.

    Parameters
    ----------
    miss_rate, false_flag_rate, prevalence, truth_sensitivity, truth_specificity : float
        As in `apparent_miss_rate`.

    Raises
    ------
    ValueError
        If a share lies outside 0 to 1, or no case would be recorded as negative.

    Notes
    -----
    Assumes: the errors of the AI and of the reference are independent given the disease, and the four rates are
    known.

    Not for: a reference that knew the AI's answer, or that errs on the same cases as the AI (subtle bleeds): the
    apparent rate then looks better than this says.

    Departs from the published rule: in nothing.

    Examples
    --------
    >>> truth = {"truth_sensitivity": 0.98, "truth_specificity": 0.995}
    >>> round(apparent_false_flag_rate(0.10, 0.05, prevalence=0.08, **truth), 4)
    0.0515

    References
    ----------
    None: a definition of this product.
    """
    _check(miss_rate, false_flag_rate, prevalence, truth_sensitivity, truth_specificity)
    rightly = (1.0 - prevalence) * truth_specificity
    wrongly = prevalence * (1.0 - truth_sensitivity)
    if rightly + wrongly == 0.0:
        raise ValueError("no case would be recorded as negative at this prevalence")
    return (rightly * false_flag_rate + wrongly * (1.0 - miss_rate)) / (rightly + wrongly)


def _check(*shares: float) -> None:
    for share in shares:
        if not 0.0 <= share <= 1.0:
            raise ValueError(f"rates and prevalence are shares between 0 and 1, got {share:g}")
