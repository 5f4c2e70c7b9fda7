"""Sensitivity, specificity, predictive values, flag rate and prevalence over windows of weeks."""

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.measures import audited
from surveillance.domain.measures.cells import Cells
from surveillance.domain.measures.measure import Columns, Measure
from surveillance.domain.measures.repeat_wording import SHARE_REPEATS, SHARE_REPEATS_AUDITED
from surveillance.domain.plan import Plan
from surveillance.kernels import wilson_interval

Floats = NDArray[np.float64]


def share(successes: Floats, n: Floats) -> Columns:
    """Return a share with its Wilson interval for each window; nan where the denominator is empty."""
    some = n > 0
    value = np.divide(successes, n, out=np.full(len(n), np.nan), where=some)
    low, high = wilson_interval(successes, n)
    return Columns(value, low, high, n.astype(np.int64), successes.astype(np.int64))


def _sensitivity(cells: Cells) -> Columns:
    return audited.sensitivity(cells) if cells.audited else _sensitivity_naive(cells)


def _specificity(cells: Cells) -> Columns:
    return audited.specificity(cells) if cells.audited else _specificity_naive(cells)


def _sensitivity_naive(cells: Cells) -> Columns:
    flagged = cells.total("true_flags")
    return share(flagged, flagged + cells.total("missed"))


def _specificity_naive(cells: Cells) -> Columns:
    unflagged = cells.total("true_negatives")
    return share(unflagged, unflagged + cells.total("false_flags"))


def _positive_predictive_value(cells: Cells) -> Columns:
    true_flags = cells.total("true_flags")
    return share(true_flags, true_flags + cells.total("false_flags"))


def _negative_predictive_value(cells: Cells) -> Columns:
    if cells.audited:
        return audited.negative_predictive_value(cells)
    true_negatives = cells.total("true_negatives")
    return share(true_negatives, true_negatives + cells.total("missed"))


def _flag_rate(cells: Cells) -> Columns:
    return share(cells.total("flagged"), cells.total("flag_known"))


def _prevalence(cells: Cells) -> Columns:
    if cells.audited:
        return audited.prevalence(cells)
    positives = cells.total("true_flags") + cells.total("missed")
    return share(positives, positives + cells.total("false_flags") + cells.total("true_negatives"))


def _expected_ppv(cells: Cells) -> Columns:
    """Carry the reference sensitivity and specificity to the window's prevalence: what PPV should be here."""
    prevalence = _prevalence(cells)
    sensitivity, specificity = cells.reference_sensitivity, cells.reference_specificity

    def at(level: Floats) -> Floats:
        flagged = sensitivity * level + (1 - specificity) * (1 - level)
        return np.asarray(np.divide(sensitivity * level, flagged, out=np.full(len(level), np.nan), where=flagged > 0))

    return Columns(at(prevalence.value), at(prevalence.low), at(prevalence.high), prevalence.n, prevalence.events)


def _few(of: str) -> "_Few":
    return _Few(of)


class _Few:
    """The reason a share is missing: nothing in its denominator."""

    def __init__(self, of: str) -> None:
        self.of = of

    def __call__(self, n: int, _events: int) -> str:
        """Return the sentence."""
        return f"needs {self.of}, got {n}" if n == 0 else "needs audited unflagged studies with a truth, got 0"


def _wilson(_plan: Plan) -> str:
    return "Wilson score interval" + SHARE_REPEATS


def _weighted(plan: Plan) -> str:
    if plan.truth.audit_fraction_unflagged < 1:
        return (
            "audited unflagged studies weighted by one over their sampling fraction (Begg & Greenes); interval of the"
            " effective number of verified studies (Wilson; Brown, Cai & DasGupta for up to three), carried over"
            + SHARE_REPEATS_AUDITED
        )
    return "Wilson score interval" + SHARE_REPEATS


def _combined(plan: Plan) -> str:
    if plan.truth.audit_fraction_unflagged < 1:
        return (
            "audited unflagged studies weighted by one over their sampling fraction; the intervals of flag rate, PPV"
            " and NPV combined by Newcombe's rule" + SHARE_REPEATS_AUDITED
        )
    return "Wilson score interval" + SHARE_REPEATS


def _as_verified(_plan: Plan) -> str:
    naive = "as verified, not corrected: inflated when only flagged studies get a truth; Wilson score interval"
    return naive + SHARE_REPEATS


def _deflated(_plan: Plan) -> str:
    naive = "as verified, not corrected: deflated when only flagged studies get a truth; Wilson score interval"
    return naive + SHARE_REPEATS


def _carried(plan: Plan) -> str:
    until = "the acceptance values" if plan.acceptance else "nothing: the plan gives no acceptance values"
    return (
        f"sensitivity and specificity of the baseline (until it is met, {until}), taken as exact, carried to this"
        " window's prevalence"
    )


def _no_reference(n: int, _events: int) -> str:
    if n == 0:
        return "needs studies with a truth, got 0"
    return (
        "needs a met baseline or acceptance values in the plan, and audited unflagged studies where a part is audited"
    )


SENSITIVITY = Measure(
    "sensitivity", "Sensitivity", "share", "performance", "flag", True, "denominator", False,
    _sensitivity, _few("confirmed positives"), _weighted,
)  # fmt: skip
SPECIFICITY = Measure(
    "specificity", "Specificity", "share", "performance", "flag", True, "denominator", False,
    _specificity, _few("confirmed negatives"), _weighted,
)  # fmt: skip
SENSITIVITY_NAIVE = Measure(
    "sensitivity_naive", "Sensitivity as verified", "share", "performance", "flag", True, "denominator", False,
    _sensitivity_naive, _few("confirmed positives"), _as_verified, audited_only=True,
)  # fmt: skip
SPECIFICITY_NAIVE = Measure(
    "specificity_naive", "Specificity as verified", "share", "performance", "flag", True, "denominator", False,
    _specificity_naive, _few("confirmed negatives"), _deflated, audited_only=True,
)  # fmt: skip
POSITIVE_PREDICTIVE_VALUE = Measure(
    "positive_predictive_value", "PPV", "share", "performance", "flag", True, "denominator", False,
    _positive_predictive_value, _few("flagged studies with a truth"), _wilson,
)  # fmt: skip
NEGATIVE_PREDICTIVE_VALUE = Measure(
    "negative_predictive_value", "NPV", "share", "performance", "flag", True, "denominator", False,
    _negative_predictive_value, _few("unflagged studies with a truth"), _weighted,
)  # fmt: skip
FLAG_RATE = Measure(
    "flag_rate", "Flag rate", "share", "performance", "flag", False, "denominator", True,
    _flag_rate, _few("processed studies"), _wilson,
)  # fmt: skip
PREVALENCE = Measure(
    "prevalence", "Prevalence", "share", "performance", "nothing", True, "denominator", False,
    _prevalence, _few("studies with a truth"), _combined,
)  # fmt: skip
EXPECTED_PPV = Measure(
    "expected_ppv", "Expected PPV at this prevalence", "share", "performance", "flag", True, "denominator", False,
    _expected_ppv, _no_reference, _carried,
)  # fmt: skip
