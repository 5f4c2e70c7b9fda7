"""Sensitivity, specificity, predictive values, flag rate and prevalence over windows of weeks."""

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.measures.cells import Cells
from surveillance.domain.measures.measure import Columns, Measure
from surveillance.domain.plan import Plan
from surveillance.kernels import wilson_interval

Floats = NDArray[np.float64]


def share(successes: Floats, n: Floats) -> Columns:
    """Return a share with its Wilson interval for each window; nan where the denominator is empty."""
    some = n > 0
    value = np.divide(successes, n, out=np.full(len(n), np.nan), where=some)
    low, high = wilson_interval(successes, n)
    return Columns(value, low, high, n.astype(np.int64), successes.astype(np.int64))


def _fraction(cells: Cells, unflagged: str) -> Floats:
    """Return each window's effective sampling fraction of unflagged studies of one class.

    Without one of the class it is that of all unflagged studies, and without any of those the plan's.
    """
    others = "missed", "true_negatives"
    counts = cells.total(unflagged), sum(cells.total(name) for name in others)
    weights = cells.total(unflagged + "_weighted"), sum(cells.total(f"{name}_weighted") for name in others)
    fraction = np.full(len(cells), cells.audit_fraction)
    for count, weight in reversed(list(zip(counts, weights, strict=True))):
        fraction = np.divide(count, weight, out=fraction, where=np.asarray(weight) > 0)
    return fraction


def _from_verified(verified: Columns, fraction: Floats, flagged_is_success: bool) -> Columns:
    """Turn a share of verified studies into the share of all, by the monotone map of the sampling design.

    With all flagged and a fraction f of unflagged studies verified, a share s of flagged among the verified
    is s f / (s f + 1 - s) among all. The Wilson interval is carried through the same map.
    """

    def back(share_flagged: Floats) -> Floats:
        return np.asarray(share_flagged * fraction / (share_flagged * fraction + 1 - share_flagged))

    if flagged_is_success:
        return Columns(back(verified.value), back(verified.low), back(verified.high), verified.n, verified.events)
    return Columns(
        1 - back(1 - verified.value),
        1 - back(1 - verified.low),
        1 - back(1 - verified.high),
        verified.n,
        verified.events,
    )


def _sensitivity(cells: Cells) -> Columns:
    flagged, missed = cells.total("true_flags"), cells.total("missed")
    verified = share(flagged, flagged + missed)
    return _from_verified(verified, _fraction(cells, "missed"), True) if cells.audited else verified


def _specificity(cells: Cells) -> Columns:
    unflagged, flagged = cells.total("true_negatives"), cells.total("false_flags")
    verified = share(unflagged, unflagged + flagged)
    return _from_verified(verified, _fraction(cells, "true_negatives"), False) if cells.audited else verified


def _positive_predictive_value(cells: Cells) -> Columns:
    true_flags = cells.total("true_flags")
    return share(true_flags, true_flags + cells.total("false_flags"))


def _negative_predictive_value(cells: Cells) -> Columns:
    true_negatives = cells.total("true_negatives")
    return share(true_negatives, true_negatives + cells.total("missed"))


def _flag_rate(cells: Cells) -> Columns:
    return share(cells.total("flagged"), cells.total("flag_known"))


def _prevalence(cells: Cells) -> Columns:
    positives = cells.total("true_flags") + cells.total("missed")
    negatives = cells.total("false_flags") + cells.total("true_negatives")
    if not cells.audited:
        return share(positives, positives + negatives)
    weighted = cells.total("true_flags") + cells.total("missed_weighted")
    everyone = weighted + cells.total("false_flags") + cells.total("true_negatives_weighted")
    value = np.divide(weighted, everyone, out=np.full(len(cells), np.nan), where=everyone > 0)
    nothing = np.full(len(cells), np.nan)
    return Columns(value, nothing, nothing, (positives + negatives).astype(np.int64), positives.astype(np.int64))


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
        return f"needs {self.of}, got {n}" if n == 0 else "the interval under an audit is not given"


def _wilson(_plan: Plan) -> str:
    return "Wilson score interval"


def _audited(plan: Plan) -> str:
    if plan.truth.audit_fraction_unflagged < 1:
        return "Wilson score interval on verified studies, carried through the audit's sampling fraction"
    return "Wilson score interval"


def _carried(plan: Plan) -> str:
    until = "the acceptance values" if plan.acceptance else "nothing: the plan gives no acceptance values"
    return (
        f"sensitivity and specificity of the baseline (until it is met, {until}), taken as exact, carried to this"
        " window's prevalence"
    )


def _no_reference(n: int, _events: int) -> str:
    if n == 0:
        return "needs studies with a truth, got 0"
    return "needs a met baseline or acceptance values in the plan, and prevalence has no interval under an audit"


SENSITIVITY = Measure(
    "sensitivity", "Sensitivity", "share", "performance", "flag", True, "denominator", False,
    _sensitivity, _few("confirmed positives"), _audited,
)  # fmt: skip
SPECIFICITY = Measure(
    "specificity", "Specificity", "share", "performance", "flag", True, "denominator", False,
    _specificity, _few("confirmed negatives"), _audited,
)  # fmt: skip
POSITIVE_PREDICTIVE_VALUE = Measure(
    "positive_predictive_value", "PPV", "share", "performance", "flag", True, "denominator", False,
    _positive_predictive_value, _few("flagged studies with a truth"), _wilson,
)  # fmt: skip
NEGATIVE_PREDICTIVE_VALUE = Measure(
    "negative_predictive_value", "NPV", "share", "performance", "flag", True, "denominator", False,
    _negative_predictive_value, _few("unflagged studies with a truth"), _wilson,
)  # fmt: skip
FLAG_RATE = Measure(
    "flag_rate", "Flag rate", "share", "performance", "flag", False, "denominator", True,
    _flag_rate, _few("processed studies"), _wilson,
)  # fmt: skip
PREVALENCE = Measure(
    "prevalence", "Prevalence", "share", "performance", "nothing", True, "denominator", False,
    _prevalence, _few("studies with a truth"), _audited,
)  # fmt: skip
EXPECTED_PPV = Measure(
    "expected_ppv", "Expected PPV at this prevalence", "share", "performance", "flag", True, "denominator", False,
    _expected_ppv, _no_reference, _carried,
)  # fmt: skip
