"""The reliability diagram of the newest complete window, beside the baseline's, with its figures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.baseline import inside
from surveillance.domain.calibration_figures import (
    EDGES,
    CalibrationFigure,
    Verified,
    calibration_figures,
    smooth_curve,
)
from surveillance.domain.case_log import POSITIVE
from surveillance.domain.maturity import Maturity
from surveillance.domain.plan import Plan
from surveillance.domain.study_frame import StudyFrame
from surveillance.domain.weeks import Week
from surveillance.errors import NotEstimable
from surveillance.metrics import (
    ReliabilityCurve,
    ScoreCalibration,
    SmoothCalibration,
    calibrate_scores,
    reliability_curve,
)

FEWEST = 20
DRAWN = 101  # points of a smooth line


@dataclass(frozen=True, slots=True)
class SmoothLine:
    """A smooth curve made ready to be drawn: what was said, and what was found there."""

    said: tuple[float, ...]
    found: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Reliability:
    """Score against what was true, for the newest complete window and for the baseline.

    `threshold` is the lowest score the product flagged in the window; None where it gives no flag.
    `smooth` is the loess curve, None where `no_smooth` says why. `calibrated` names the rule that turned
    scores into probabilities, "" where the score is one. `audit` is the share of unflagged studies verified.
    """

    first: Week
    last: Week
    now: ReliabilityCurve
    baseline: ReliabilityCurve | None
    positives: int
    studies: int
    threshold: float | None
    figures: tuple[CalibrationFigure, ...] = ()
    smooth: SmoothLine | None = None
    no_smooth: str = ""
    calibrated: str = ""
    audit: float = 1.0


@dataclass(frozen=True, slots=True)
class _Taught:
    """What the baseline teaches as it was known: the rule from score to probability, and the baseline's own curve."""

    truth: NDArray[np.int8]
    met: bool
    rule: ScoreCalibration | None
    curve: ReliabilityCurve | None


class WeeklyReliability:
    """The diagram of one deployment, week after week, in any order.

    What the baseline teaches is worked out again only where one of its truths changed, or it was met.
    """

    def __init__(self, plan: Plan, frame: StudyFrame, maturity: Maturity) -> None:
        self._plan, self._frame, self._maturity = plan, frame, maturity
        self._base = inside(plan, frame)
        self._taught: _Taught | None = None

    def at(self, known: NDArray[np.int8], as_of: int, baseline_met: bool = False) -> Reliability | None:
        """Return the diagram and figures of the plan's longest window, or None where there is too little to draw.

        Scores that are not probabilities are calibrated on the deployment's own baseline once it is met.
        """
        plan, frame, complete = self._plan, self._frame, self._maturity.complete_to(as_of)
        if plan.score == "none" or complete < 0:
            return None
        first = max(0, complete + 1 - plan.weeks[-1])
        rows = _usable(frame, known, slice(int(frame.starts[first]), int(frame.starts[complete + 1])))
        if len(rows) < FEWEST or (plan.score == "score" and not baseline_met):
            return None
        taught = self._teaching(known, baseline_met)
        if plan.score == "score" and taught.rule is None:
            return None
        now = _verified(plan, frame, known, rows, taught.rule)
        smooth = smooth_curve(now)
        return Reliability(
            first=Week(frame.first_week + first),
            last=Week(frame.first_week + complete),
            now=_curve(now),
            baseline=taught.curve,
            positives=now.positives,
            studies=len(rows),
            threshold=now.threshold,
            figures=calibration_figures(now, smooth),
            smooth=None if isinstance(smooth, NotEstimable) else _line(smooth),
            no_smooth=str(smooth) if isinstance(smooth, NotEstimable) else "",
            calibrated="" if taught.rule is None else taught.rule.method,
            audit=plan.truth.audit_fraction_unflagged,
        )

    def _teaching(self, known: NDArray[np.int8], met: bool) -> _Taught:
        plan, frame, truth, before = self._plan, self._frame, known[self._base], self._taught
        if before is None or before.met != met or not np.array_equal(before.truth, truth):
            rows = _usable(frame, known, self._base)
            rule = _rule(plan, frame, known, rows) if plan.score == "score" and met else None
            curve = _curve(_verified(plan, frame, known, rows, rule)) if len(rows) >= FEWEST else None
            self._taught = before = _Taught(truth.copy(), met, rule, curve)
        return before


def reliability(
    plan: Plan, frame: StudyFrame, maturity: Maturity, known: NDArray[np.int8], as_of: int, baseline_met: bool = False
) -> Reliability | None:
    """Return the diagram of one moment, as `WeeklyReliability` gives it."""
    return WeeklyReliability(plan, frame, maturity).at(known, as_of, baseline_met)


def _rule(plan: Plan, frame: StudyFrame, known: NDArray[np.int8], rows: NDArray[np.int64]) -> ScoreCalibration | None:
    """Return the rule from score to probability that the baseline teaches; None where it is too small for one."""
    weight = frame.weight[rows] if plan.truth.audit_fraction_unflagged < 1 else None
    try:
        return calibrate_scores(known[rows] == POSITIVE, frame.log.score[rows], weight=weight)
    except NotEstimable:
        return None


def _verified(
    plan: Plan,
    frame: StudyFrame,
    known: NDArray[np.int8],
    rows: NDArray[np.int64],
    rule: ScoreCalibration | None,
) -> Verified:
    score = frame.log.score[rows]
    return Verified(
        truth=known[rows] == POSITIVE,
        probability=score if rule is None else rule.probability(score),
        flagged=frame.flagged[rows],
        weight=frame.weight[rows] if plan.truth.audit_fraction_unflagged < 1 else None,
    )


def _curve(seen: Verified) -> ReliabilityCurve:
    return reliability_curve(seen.truth, seen.probability, edges=EDGES, weight=seen.weight)


def _line(smooth: SmoothCalibration) -> SmoothLine:
    said = np.linspace(smooth.probability[0], smooth.probability[-1], DRAWN)
    found = np.interp(said, smooth.probability, smooth.smoothed)
    return SmoothLine(tuple(said.tolist()), tuple(found.tolist()))


def _usable(frame: StudyFrame, known: NDArray[np.int8], part: slice) -> NDArray[np.int64]:
    rows = np.arange(part.start, part.stop)
    fit = frame.expected[part] & (known[part] >= 0) & (known[part] <= POSITIVE) & ~np.isnan(frame.log.score[part])
    return rows[fit]
