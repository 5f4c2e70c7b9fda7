"""Turning scores that are not probabilities into probabilities, by the cases of a reference period."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit

from surveillance.errors import NotEstimable
from surveillance.metrics.arrays import BoolArray, Flags, FloatArray, Scores, as_flags, as_scores, require_same_length
from surveillance.metrics.log_odds import log_odds
from surveillance.metrics.recalibration import fit_slope
from surveillance.metrics.sampling_weights import as_weights
from surveillance.metrics.topic import Topic

TOPIC = Topic.CALIBRATION

Way = Literal["logistic", "isotonic"]
FEWEST: dict[Way, int] = {"logistic": 100, "isotonic": 200}


@dataclass(frozen=True, slots=True, eq=False)
class ScoreCalibration:
    """A rule from score to probability, learnt once and then held.

    Attributes
    ----------
    way : "logistic" or "isotonic"
    intercept, slope : float
        Of the logistic rule; 0 and 1 for the isotonic one.
    from_log_odds : bool
        Whether the logistic rule takes the score's log-odds (scores between 0 and 1) or the score itself.
    knots, levels : float arrays of shape (k,)
        Of the isotonic rule, joined by straight lines; empty for the logistic one.
    n, positives : int
        The cases it was learnt on.
    method : str
    """

    way: Way
    intercept: float
    slope: float
    from_log_odds: bool
    knots: FloatArray
    levels: FloatArray
    n: int
    positives: int
    method: str

    def probability(self, score: Scores) -> FloatArray:
        """Return the probability of each score, of shape (n,)."""
        scores = as_scores(score, "score")
        if self.way == "isotonic":
            return np.interp(scores, self.knots, self.levels)
        return np.asarray(expit(self.intercept + self.slope * _covariate(scores, self.from_log_odds)))


def calibrate_scores(
    truth: Flags, score: Scores, *, way: Way = "logistic", weight: Scores | None = None
) -> ScoreCalibration:
    """Learn from a reference period what probability a score stands for.

    Logistic: a straight line from the log-odds of the score (of a score not between 0 and 1: from the score
    itself) to the log-odds of the finding. Isotonic: the rising steps nearest to the truths.

    Parameters
    ----------
    truth : bool array of shape (n,)
    score : float array of shape (n,)
        On any scale where higher means disease.
    way : "logistic" or "isotonic"
    weight : float array of shape (n,), optional
        One over the sampling fraction of each verified case; without it all cases were verified.

    Raises
    ------
    NotEstimable
        If there are under 100 positives or negatives (isotonic: 200), or the scores do not rise with the
        finding.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> score = rng.normal(50.0, 10.0, 2000)
    >>> truth = rng.random(2000) < 1.0 / (1.0 + np.exp(-(score - 60.0) / 5.0))
    >>> calibrate_scores(truth, score).probability([60.0]).round(1).tolist()
    [0.5]

    Notes
    -----
    Assumes: the reference period is the one against which later cases are to be judged; a case promises
    the same at equal scores.
    Not for: judging that period itself, which it fits by construction; scores beyond those it learnt from: a later
    one is clipped, by the isotonic rule to its lowest or highest level, by a logistic rule learnt between 0 and 1 to
    those bounds; a logistic rule on another scale follows its line on. An isotonic rule gives exactly 0 and 1 at the
    ends, so no slope should be taken from it.
    Departs from the published rule: a score between 0 and 1 enters as its log-odds because most such scores
    are themselves the end of a logistic function; Platt's small shift of the truths is left out because at
    least 100 of each class are asked for.

    References
    ----------
    Platt (1999) Probabilistic outputs for support vector machines and comparisons to regularized likelihood
    methods. Advances in Large Margin Classifiers, 61-74.
    Zadrozny & Elkan (2002) Transforming classifier scores into accurate multiclass probability estimates.
    KDD, 694-699.
    """
    flags, scores = as_flags(truth, "truth"), as_scores(score, "score")
    require_same_length(flags, scores)
    positives, n = int(flags.sum()), len(flags)
    if min(positives, n - positives) < FEWEST[way]:
        raise NotEstimable(
            f"Calibrating a score ({way}) needs {FEWEST[way]} positives and {FEWEST[way]} negatives, "
            f"got {positives} and {n - positives}"
        )
    weights = None if weight is None else as_weights(weight, n)
    return _isotonic(flags, scores, weights) if way == "isotonic" else _logistic(flags, scores, weights)


def _logistic(truth: BoolArray, score: FloatArray, weights: FloatArray | None) -> ScoreCalibration:
    from_log_odds = bool(score.min() >= 0.0 and score.max() <= 1.0)
    intercept, slope, _ = fit_slope(truth, _covariate(score, from_log_odds), weights)
    if slope <= 0.0:
        raise NotEstimable(f"Calibrating a score needs scores that rise with the finding, got a slope of {slope:.2g}")
    scale = "log-odds of the score" if from_log_odds else "score"
    method = f"logistic calibration on the {scale}: intercept {intercept:.2f}, slope {slope:.2f}"
    nothing = np.zeros(0)
    return ScoreCalibration(
        "logistic", intercept, slope, from_log_odds, nothing, nothing, len(truth), int(truth.sum()), method
    )


def _isotonic(truth: BoolArray, score: FloatArray, weights: FloatArray | None) -> ScoreCalibration:
    from scipy.optimize import isotonic_regression

    ones = np.ones(len(truth)) if weights is None else weights
    levels, place = np.unique(score, return_inverse=True)
    size = np.bincount(place, ones)
    share = np.bincount(place, ones * truth) / size
    fitted = np.asarray(isotonic_regression(share, weights=size).x, dtype=np.float64)
    if fitted[0] == fitted[-1]:
        raise NotEstimable("Calibrating a score needs scores that rise with the finding, got one level for all")
    steps = len(np.unique(fitted))
    method = f"isotonic calibration on the score, {steps} steps"
    return ScoreCalibration("isotonic", 0.0, 1.0, False, levels, fitted, len(truth), int(truth.sum()), method)


def _covariate(score: FloatArray, from_log_odds: bool) -> FloatArray:
    return log_odds(score) if from_log_odds else score
