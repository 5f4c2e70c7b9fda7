"""Comparing a figure with the plan's threshold."""

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.measures import Columns, Measure
from surveillance.domain.plan_parts import Kpi
from surveillance.domain.points import VERDICTS
from surveillance.domain.verdict import Verdict

FEW = 20
COUNTED = {"sensitivity": "positives", "specificity": "negatives"}
CODE = {verdict: code for code, verdict in enumerate(VERDICTS)}


def judge(measure: Measure, columns: Columns, kpi: Kpi) -> NDArray[np.int8]:
    """Compare figures with their threshold; returns codes into `VERDICTS`, shape (k,).

    Breach needs the whole interval beyond the threshold; the value alone beyond it is `watch`. The gate
    sits on the measure's own denominator (both classes for AUROC and slope): under the measure's fewest (5; 100
    for intercept and slope), or without an interval, it is too few to say; at 5 to 19 the verdict is at most `watch`.
    """
    beyond = columns.value < kpi.threshold if kpi.better == "higher" else columns.value > kpi.threshold
    edge = columns.high < kpi.threshold if kpi.better == "higher" else columns.low > kpi.threshold
    both = measure.classes == "both"
    size = np.minimum(columns.events, columns.n - columns.events) if both else columns.n
    verdict = np.full(len(columns.value), CODE[Verdict.WITHIN], dtype=np.int8)
    verdict[beyond] = CODE[Verdict.WATCH]
    verdict[beyond & edge & (size >= FEW)] = CODE[Verdict.BREACH]
    verdict[(size < measure.fewest) | np.isnan(columns.low)] = CODE[Verdict.NOT_ESTIMABLE]
    return verdict


def too_few(measure: Measure, n: int, events: int) -> bool:
    """Say whether a verdict is missing for want of numbers; else it is for the reason its interval gives.

    >>> from surveillance.domain.measures import AUROC
    >>> too_few(AUROC, 200, 4), too_few(AUROC, 200, 100)
    (True, False)
    """
    return (min(events, n - events) if measure.classes == "both" else n) < measure.fewest


def needed(measure: Measure, n: int, events: int) -> str:
    """Return what is missing for a verdict, in words: "3 positives, 5 needed".

    >>> from surveillance.domain.measures import SENSITIVITY
    >>> needed(SENSITIVITY, 3, 2)
    '3 positives, 5 needed'
    """
    if measure.classes == "both":
        short = "positives" if events <= n - events else "negatives"
        return f"{min(events, n - events)} {short}, {measure.fewest} needed"
    return f"{n} {COUNTED.get(measure.name, 'studies')}, {measure.fewest} needed"
