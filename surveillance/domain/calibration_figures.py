"""The calibration figures of one window: each with its range and counts, or the reason for what is missing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.calibration_gates import MODERATE, WEAK, require, unranged
from surveillance.errors import NotEstimable
from surveillance.kernels import local_quadratic
from surveillance.metrics import (
    Estimate,
    SmoothCalibration,
    brier,
    brier_decomposition,
    calibration_intercept,
    calibration_likelihood_ratio,
    calibration_slope,
    chance_calibration_error,
    compare_net_benefit,
    expected_calibration_error,
    observed_expected,
    smooth_calibration,
    spiegelhalter,
)
from surveillance.metrics.integrated_calibration_index import index_of

# Fixed and uneven: triage scores crowd near nought, and bins of equal count would hide the rest of the scale.
EDGES = (0.01, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9)

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CalibrationFigure:
    """One figure: `value` is None where `why` says why; `low` and `high` are None where `why` says so too.

    `beside` names what stands next to it: (name, value) of its parts, or of what chance alone would give.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    positives: int
    why: str
    method: str
    beside: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Verified:
    """The verified studies of a window: what was found, what the score promised, and how many each stands for.

    `threshold` is the lowest probability that was flagged; None where nothing was. `weight` is None where every
    study was verified.
    """

    truth: Flags
    probability: Floats
    flagged: Flags
    weight: Floats | None

    @property
    def positives(self) -> int:
        """Return how many had the finding."""
        return int(self.truth.sum())

    @property
    def found(self) -> int | None:
        """Return how many positives stand for more than themselves; None where every study was verified."""
        return None if self.weight is None else int((self.truth & (self.weight > 1.0)).sum())

    @property
    def threshold(self) -> float | None:
        """Return the lowest probability that was flagged."""
        return float(self.probability[self.flagged].min()) if self.flagged.any() else None


Beside = tuple[tuple[str, float], ...]


def calibration_figures(seen: Verified, smooth: SmoothCalibration | NotEstimable) -> tuple[CalibrationFigure, ...]:
    """Return every calibration figure of a window, in the order in which a page lists them."""
    asked: tuple[tuple[str, Callable[[], tuple[Estimate, Beside]]], ...] = (
        ("observed_expected", lambda: (_metric(observed_expected, seen), ())),
        ("calibration_intercept", lambda: _intercept(seen)),
        ("calibration_slope", lambda: _slope(seen)),
        ("brier", lambda: _brier(seen)),
        ("expected_calibration_error", lambda: _error(seen)),
        ("integrated_calibration_index", lambda: _index(smooth)),
        ("spiegelhalter", lambda: _spiegelhalter(seen)),
        ("net_benefit", lambda: _net_benefit(seen)),
    )
    return tuple(_figure(name, ask, seen) for name, ask in asked)


def smooth_curve(seen: Verified) -> SmoothCalibration | NotEstimable:
    """Return the smooth curve of a window, or why there is none."""
    try:
        require("A smooth calibration curve", MODERATE, seen.positives, len(seen.truth))
        return smooth_calibration(seen.truth, seen.probability, weight=seen.weight, fit=local_quadratic)
    except NotEstimable as reason:
        return reason


def _figure(name: str, ask: Callable[[], tuple[Estimate, Beside]], seen: Verified) -> CalibrationFigure:
    n, positives = len(seen.truth), seen.positives
    try:
        estimate, beside = ask()
    except NotEstimable as reason:
        return CalibrationFigure(name, None, None, None, n, positives, str(reason), "")
    if isinstance(estimate.interval, NotEstimable):
        low, high, why = None, None, str(estimate.interval)
    else:
        low, high, why = estimate.low, estimate.high, ""
    return CalibrationFigure(name, estimate.value, low, high, n, positives, why, estimate.method, beside)


def _metric(compute: Callable[..., Estimate], seen: Verified) -> Estimate:
    return compute(seen.truth, seen.probability, weight=seen.weight)


def _ranged(subject: str, estimate: Estimate, seen: Verified) -> Estimate:
    """Return a figure without its range where an audit found too few positives to carry one."""
    reason = None if seen.found is None else unranged(subject, seen.found)
    return estimate if reason is None else replace(estimate, interval=reason)


def _intercept(seen: Verified) -> tuple[Estimate, Beside]:
    require("Calibration intercept", WEAK, seen.positives, len(seen.truth))
    return _ranged("Calibration intercept", _metric(calibration_intercept, seen), seen), ()


def _slope(seen: Verified) -> tuple[Estimate, Beside]:
    require("Calibration slope", WEAK, seen.positives, len(seen.truth))
    tests = calibration_likelihood_ratio(seen.truth, seen.probability)
    return _ranged("Calibration slope", _metric(calibration_slope, seen), seen), (("joint_p", tests.joint.p_value),)


def _brier(seen: Verified) -> tuple[Estimate, Beside]:
    estimate = _ranged("Brier score", _metric(brier, seen), seen)
    parts = brier_decomposition(seen.truth, seen.probability, edges=EDGES, weight=seen.weight)
    names = ("reliability", "reliability_by_chance", "resolution", "uncertainty", "within_bin_variance")
    return estimate, tuple((name, float(getattr(parts, name))) for name in (*names, "within_bin_covariance"))


def _error(seen: Verified) -> tuple[Estimate, Beside]:
    require("Calibration error (ECE)", MODERATE, seen.positives, len(seen.truth))
    chance = chance_calibration_error(seen.probability, weight=seen.weight)
    estimate = _metric(expected_calibration_error, seen)
    return estimate, (("by_chance", chance.mean), ("usual_highest", chance.usual_highest))


def _index(smooth: SmoothCalibration | NotEstimable) -> tuple[Estimate, Beside]:
    if isinstance(smooth, NotEstimable):
        raise smooth
    return index_of(smooth), (
        ("e50", smooth.quantile(0.5)),
        ("e90", smooth.quantile(0.9)),
        ("emax", smooth.quantile(1.0)),
    )


def _spiegelhalter(seen: Verified) -> tuple[Estimate, Beside]:
    test = spiegelhalter(seen.truth, seen.probability)
    reason = NotEstimable("It is a test and has no interval: by chance it lies beyond ±1.96 once in 20")
    method = test.method if seen.weight is None else f"{test.method}; not weighted: it holds at each score"
    return Estimate(test.statistic, reason, None, test.n, test.positives, method), (("p", test.p_value),)


def _net_benefit(seen: Verified) -> tuple[Estimate, Beside]:
    threshold = seen.threshold
    if threshold is None or not 0.0 < threshold < 1.0:
        raise NotEstimable("Net benefit needs studies flagged at a score between 0 and 1, got none")
    passed = seen.probability[~seen.flagged]
    if len(passed) and passed.max() > threshold:
        raise NotEstimable(
            "Net benefit needs flags from one score on, got studies flagged at "
            f"{threshold:.2g} and others not flagged at {passed.max():.2g}"
        )
    found = compare_net_benefit(seen.truth, seen.flagged, threshold, weight=seen.weight)
    return found.flags, (("flag_all", found.flag_all.value), ("threshold", threshold), ("exchange", found.exchange))
