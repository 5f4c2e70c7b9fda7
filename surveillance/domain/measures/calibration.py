"""Whether a score means what it says: Brier, O/E, intercept, slope and ECE over windows of weeks."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.measures.cells import Cells
from surveillance.domain.measures.measure import Columns, Measure
from surveillance.domain.plan import Plan
from surveillance.kernels import CalibrationSpans, ece_spans, poisson_interval

NORMAL_975 = 1.959963984540054
BINS = 10
Floats = NDArray[np.float64]


def _wald(value: Floats, error: Floats, n: NDArray[np.int64], positives: NDArray[np.int64]) -> Columns:
    half = NORMAL_975 * error
    return Columns(value, value - half, value + half, n, positives)


def _sums(cells: Cells) -> CalibrationSpans:
    assert cells.calibration is not None, "a measure of calibration needs probabilities"
    return cells.calibration


def _brier(cells: Cells) -> Columns:
    sums = _sums(cells)
    wide = _wald(sums.brier, sums.brier_standard_error, sums.n, sums.positives)
    return replace(wide, low=np.maximum(wide.low, 0.0), high=np.minimum(wide.high, 1.0))


def _observed_expected(cells: Cells) -> Columns:
    sums = _sums(cells)
    some = sums.expected > 0
    low, high = poisson_interval(sums.positives)

    def over(count: Floats) -> Floats:
        return np.asarray(np.divide(count, sums.expected, out=np.full(len(count), np.nan), where=some))

    return Columns(over(sums.positives.astype(float)), over(low), over(high), sums.n, sums.positives)


def _intercept(cells: Cells) -> Columns:
    sums = _sums(cells)
    return _wald(sums.intercept, sums.intercept_standard_error, sums.n, sums.positives)


def _slope(cells: Cells) -> Columns:
    sums = _sums(cells)
    return _wald(sums.slope, sums.slope_standard_error, sums.n, sums.positives)


def _ece(cells: Cells) -> Columns:
    value = ece_spans(cells.truth, cells.score, cells.row_start, cells.row_stop, BINS)
    n = cells.row_stop - cells.row_start
    positives = np.concatenate(([0], np.cumsum(cells.truth)))
    nothing = np.full(len(cells), np.nan)
    return Columns(value, nothing, nothing, n, positives[cells.row_stop] - positives[cells.row_start])


def _why_classes(n: int, events: int) -> str:
    if min(events, n - events) < 1:
        return f"needs cases of both classes, got {events} positives and {n - events} negatives"
    return "the scores separate the classes or do not vary: the fit has no finite answer"


def _why_verified(n: int, _events: int) -> str:
    return f"needs studies with a score and a truth, got {n}"


def _why_no_interval(n: int, _events: int) -> str:
    if n == 0:
        return "needs studies with a score and a truth, got 0"
    return "a binned error has no unbiased interval; its size under perfect calibration grows as n falls"


def _text(method: str) -> "_Text":
    return _Text(method)


class _Text:
    """A method that does not depend on the plan."""

    def __init__(self, method: str) -> None:
        self.method = method

    def __call__(self, plan: Plan) -> str:
        """Return the method in words."""
        audited = plan.truth.audit_fraction_unflagged < 1
        return f"{self.method}; verified studies, not weighted for the audit" if audited else self.method


BRIER = Measure(
    "brier", "Brier score", "number", "calibration", "probability", True, "none", False,
    _brier, _why_verified, _text("mean squared error of the score on verified studies, Wald interval"),
)  # fmt: skip
OBSERVED_EXPECTED = Measure(
    "observed_expected", "Observed / expected", "number", "calibration", "probability", True, "none", False,
    _observed_expected, _why_verified, _text("exact Poisson interval, expected count taken as fixed"),
)  # fmt: skip
CALIBRATION_INTERCEPT = Measure(
    "calibration_intercept", "Calibration intercept", "number", "calibration", "probability", True, "both", False,
    _intercept, _why_classes, _text("logistic model with the score's logit as offset (Cox 1958), Wald interval"),
)  # fmt: skip
CALIBRATION_SLOPE = Measure(
    "calibration_slope", "Calibration slope", "number", "calibration", "probability", True, "both", False,
    _slope, _why_classes, _text("logistic recalibration (Cox 1958), Wald interval"),
)  # fmt: skip
EXPECTED_CALIBRATION_ERROR = Measure(
    "expected_calibration_error", "Calibration error (ECE)", "number", "calibration", "probability", True, "none",
    False,
    _ece, _why_no_interval, _text(f"{BINS} bins of equal count on verified studies"),
)  # fmt: skip
