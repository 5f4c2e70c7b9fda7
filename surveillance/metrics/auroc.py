"""Area under the receiver operating characteristic curve."""

from math import sqrt

import numpy as np
from scipy.special import expit, logit

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import Flags, FloatArray, Scores, as_flags, as_scores, require_same_length
from surveillance.metrics.estimate import Estimate, Interval, normal_quantile
from surveillance.metrics.metric import Better, Metric
from surveillance.metrics.placements import placements
from surveillance.metrics.topic import Topic

TOPIC = Topic.DISCRIMINATION

METHOD = "AUROC with DeLong's variance, ties counting one half; interval symmetric on the logit scale"


def auroc(truth: Flags, score: Scores, *, confidence: float = 0.95) -> Estimate:
    """Estimate how often the score ranks a case with disease above a case without it.

    The area under the receiver operating characteristic curve: the probability that a
    case with disease scores above one without it, ties counting one half. 0.5 is
    chance, 1 is a score that never ranks them wrongly. The
    variance is DeLong's, from the placements of each class (V10 of the m positives, V01
    of the n negatives), and the interval is symmetric on the logit scale:

        SE = sqrt(var(V10) / m + var(V01) / n)
        low, high = expit(logit(A) -/+ 1.96 SE / (A (1 - A)))

    Parameters
    ----------
    truth : bool array of shape (n,)
        Whether the reference standard found disease.
    score : float array of shape (n,)
        The device's output, on any scale where higher means disease.

    Raises
    ------
    NotEstimable
        If a class is absent. (With one case of a class, perfect separation or one score for
        every case, the value stands and the interval is absent with its reason.)

    Notes
    -----
    Assumes: cases are independent of one another, and whether the truth of a case was looked up has nothing
    to do with its score.

    Not for: cases confirmed mainly because the AI flagged them (the weighted AUROC is); several studies of one
    patient; the points of a chart, which need the variance of the baseline; saying that two periods differ
    because one interval leaves the other out. It says nothing of the threshold in use or of calibration, and it
    falls when the mix of cases narrows though the AI is unchanged.

    Departs from the published rule: the interval is symmetric on the logit scale and not on that of the AUROC,
    because it then stays between 0 and 1 and holds the truth more often when positives are few.

    Examples
    --------
    >>> truth = np.array([False, False, True, True])
    >>> score = np.array([0.1, 0.4, 0.35, 0.8])
    >>> auroc(truth, score)
    Estimate(value=0.75, low=0.07, high=0.99, n=4, positives=2)

    References
    ----------
    DeLong, DeLong & Clarke-Pearson (1988) Comparing the areas under two or more correlated receiver
    operating characteristic curves. Biometrics 44, 837-845.
    Sun & Xu (2014) Fast implementation of DeLong's algorithm. IEEE SPL 21(11), 1389-1393.
    """
    flags, scores = as_flags(truth, "truth"), as_scores(score, "score")
    require_same_length(flags, scores)
    m, n = int(flags.sum()), int((~flags).sum())
    if min(m, n) < 1:
        raise NotEstimable(f"AUROC needs cases of both classes, got {m} and {n}")
    v10, v01 = placements(flags, scores, np.ones(len(scores)))
    value = float(v10.mean())
    missing = why_no_interval(value, m, n, scores)
    if missing is not None:
        return Estimate(value, missing, None, m + n, m, METHOD)
    standard_error = sqrt(v10.var(ddof=1) / m + v01.var(ddof=1) / n)
    interval = logit_interval(value, standard_error, confidence)
    return Estimate(value, interval, standard_error, m + n, m, METHOD)


def why_no_interval(value: float, m: int, n: int, score: FloatArray) -> NotEstimable | None:
    """Return the reason why an AUROC of these cases has no interval, or None where it has one."""
    if min(m, n) < 2:
        return NotEstimable(f"The interval of the AUROC needs two cases of each class, got {m} and {n}")
    if score.min() == score.max():
        return NotEstimable("The interval of the AUROC needs scores that differ, got one score for every case")
    if value in (0.0, 1.0):
        return NotEstimable(
            "The interval of the AUROC needs scores that overlap between the classes, "
            f"got perfect separation of {m} and {n}"
        )
    return None


def logit_interval(value: float, standard_error: float, confidence: float) -> Interval:
    """Return an interval that is symmetric on the logit scale and so stays between 0 and 1.

    >>> logit_interval(0.9, 0.03, 0.95)
    Interval(low=0.824..., high=0.945..., confidence=0.95)
    """
    half = normal_quantile(confidence) * standard_error / (value * (1.0 - value))
    return Interval(float(expit(logit(value) - half)), float(expit(logit(value) + half)), confidence)


AUROC = Metric("auroc", "AUROC", Better.HIGHER, (0.0, 1.0), auroc, takes=("truth", "score"))
