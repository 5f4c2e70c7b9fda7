"""A measure: one figure computed for many windows of weeks at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.measures.cells import Cells
from surveillance.domain.plan import Plan

Unit = Literal["share", "area", "number", "count", "minutes"]


@dataclass(frozen=True, slots=True)
class Columns:
    """A measure's answers, one for each window; nan where there is none, and `why` gives the reason.

    Attributes
    ----------
    value, low, high : float64, shape (k,)
    n : int64, shape (k,); the measure's own denominator
    events : int64, shape (k,); the numerator of a share, the positives of a curve; -1 where neither applies
    """

    value: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n: NDArray[np.int64]
    events: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the weekly evaluation: how it is computed, named, gated and explained.

    Attributes
    ----------
    name, title : the name in plans and exports, and on screen
    unit : how it is written: a share in per cent, an area or number as it is
    tab : the page section it belongs to
    needs : what the product must give: "flag", "score", "probability" or nothing
    from_truth : whether it waits for outcomes
    classes : whether the gate looks at both classes, at the denominator, or not at all
    settled : whether the figure stands once its week is over, so that no truth moves it
    compute : Cells -> Columns
    why : (n, events) -> the reason there is no value or no interval
    method : plan -> the method, in words
    audited_only : whether it exists only where the plan audits a part of unflagged studies
    fewest : below this many in what the gate looks at there is no verdict
    """

    name: str
    title: str
    unit: Unit
    tab: Literal["performance", "calibration", "throughput"]
    needs: Literal["flag", "score", "probability", "nothing"]
    from_truth: bool
    classes: Literal["both", "denominator", "none"]
    settled: bool
    compute: Callable[[Cells], Columns]
    why: Callable[[int, int], str]
    method: Callable[[Plan], str]
    audited_only: bool = False
    fewest: int = 5

    def available(self, plan: Plan) -> bool:
        """Say whether the product gives what this measure needs."""
        if self.audited_only and plan.truth.audit_fraction_unflagged == 1:
            return False
        return {
            "flag": plan.gives_flag,
            "score": plan.score != "none",
            "probability": plan.score == "probability",
            "nothing": True,
        }[self.needs]

    def absence(self) -> str:
        """Return the sentence for a product that does not give what this measure needs."""
        return {
            "flag": "This product gives no flag.",
            "score": "This product gives no score.",
            "probability": "This product gives no score that is a probability.",
            "nothing": "",
        }[self.needs]
