"""Whether a score means what it says: Brier, O/E, intercept, slope, ECE and Spiegelhalter over windows of weeks."""

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.calibration_gates import WEAK
from surveillance.domain.measures.cells import Cells
from surveillance.domain.measures.measure import Columns, Measure
from surveillance.domain.plan import Plan
from surveillance.kernels import (
    BinnedCalibration,
    CalibrationSpans,
    weighted_poisson_interval,
)

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
    low, high = weighted_poisson_interval(sums.observed, sums.observed_squares, sums.heaviest)

    def over(count: Floats) -> Floats:
        return np.asarray(np.divide(count, sums.expected, out=np.full(len(count), np.nan), where=some))

    return Columns(over(sums.observed), over(low), over(high), sums.n, sums.positives)


def _intercept(cells: Cells) -> Columns:
    sums = _sums(cells)
    return _wald(sums.intercept, sums.intercept_standard_error, sums.n, sums.positives)


def _slope(cells: Cells) -> Columns:
    sums = _sums(cells)
    return _wald(sums.slope, sums.slope_standard_error, sums.n, sums.positives)


def _bare(value: Floats, cells: Cells) -> Columns:
    """Return a figure that has no interval."""
    sums, nothing = _sums(cells), np.full(len(cells), np.nan)
    return Columns(value, nothing, nothing, sums.n, sums.positives)


def _binned(cells: Cells) -> BinnedCalibration:
    assert cells.binned is not None, "a measure of calibration needs probabilities"
    return cells.binned


def _ece(cells: Cells) -> Columns:
    return _bare(_binned(cells).error, cells)


def _ece_by_chance(cells: Cells) -> Columns:
    return _bare(_binned(cells).by_chance, cells)


def _brier_reliability(cells: Cells) -> Columns:
    return _bare(_binned(cells).reliability, cells)


def _spiegelhalter(cells: Cells) -> Columns:
    return _bare(_sums(cells).spiegelhalter, cells)


def _why_classes(n: int, events: int) -> str:
    if min(events, n - events) < 1:
        return f"needs cases of both classes, got {events} positives and {n - events} negatives"
    return "the scores separate the classes or do not vary: the fit has no finite answer"


def _why_verified(n: int, _events: int) -> str:
    return f"needs studies with a score and a truth, got {n}"


def _why_no_interval(n: int, _events: int) -> str:
    if n < BINS:
        return f"needs {BINS} studies with a score and a truth, got {n}"
    return "a binned figure has no unbiased interval; its size under perfect calibration grows as n falls"


def _why_chance(n: int, _events: int) -> str:
    return _why_no_interval(n, 0) if n < BINS else "it is an expectation, from the scores alone"


def _why_test(n: int, _events: int) -> str:
    return "it is a test: by chance beyond ±1.96 once in 20" if n else _why_verified(n, 0)


class _Text:
    """A method that depends on the plan only by its audit."""

    def __init__(self, method: str, audited: str) -> None:
        self.method, self.audited = method, audited

    def __call__(self, plan: Plan) -> str:
        """Return the method in words."""
        return f"{self.method}; {self.audited}" if plan.truth.audit_fraction_unflagged < 1 else self.method


WEIGHTED = "each study weighted by the inverse of its sampling fraction"
SANDWICH = f"{WEIGHTED}, sandwich variance"
# Unit, tab, what the product must give, and that the figure waits for outcomes.
MEASURED: tuple[Literal["number"], Literal["calibration"], Literal["probability"], bool] = (
    "number", "calibration", "probability", True,
)  # fmt: skip

BRIER = Measure(
    "brier", "Brier score", *MEASURED, "none", False,
    _brier, _why_verified, _Text("mean squared error of the score, Wald interval", SANDWICH),
)  # fmt: skip
BRIER_RELIABILITY = Measure(
    "brier_reliability", "Brier score, calibration part", *MEASURED, "none", False,
    _brier_reliability, _why_no_interval,
    _Text(f"squared gap of {BINS} bins of equal count (Murphy 1973); 0 is perfect", WEIGHTED),
)  # fmt: skip
OBSERVED_EXPECTED = Measure(
    "observed_expected", "Observed / expected", *MEASURED, "none", False,
    _observed_expected, _why_verified,
    _Text("exact Poisson interval, expected count taken as fixed", f"{WEIGHTED}, interval of Fay & Feuer"),
)  # fmt: skip
CALIBRATION_INTERCEPT = Measure(
    "calibration_intercept", "Calibration intercept", *MEASURED, "both", False,
    _intercept, _why_classes,
    _Text("logistic model with the score's logit as offset (Cox 1958), Wald interval", SANDWICH), fewest=WEAK,
)  # fmt: skip
CALIBRATION_SLOPE = Measure(
    "calibration_slope", "Calibration slope", *MEASURED, "both", False,
    _slope, _why_classes, _Text("logistic recalibration (Cox 1958), Wald interval", SANDWICH), fewest=WEAK,
)  # fmt: skip
EXPECTED_CALIBRATION_ERROR = Measure(
    "expected_calibration_error", "Calibration error (ECE)", *MEASURED, "none", False,
    _ece, _why_no_interval, _Text(f"{BINS} bins of equal count", WEIGHTED),
)  # fmt: skip
CHANCE_CALIBRATION_ERROR = Measure(
    "chance_calibration_error", "ECE that chance alone gives", *MEASURED, "none", False,
    _ece_by_chance, _why_chance, _Text(f"mean for a perfect product with these scores, {BINS} bins", WEIGHTED),
)  # fmt: skip
SPIEGELHALTER = Measure(
    "spiegelhalter", "Spiegelhalter's z", *MEASURED, "none", False,
    _spiegelhalter, _why_test,
    _Text(
        "from the Brier score (Spiegelhalter 1986)",
        "not weighted: who is verified depends on the score, and the test holds at each score",
    ),
)  # fmt: skip
