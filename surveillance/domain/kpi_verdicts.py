"""The plan's KPIs as they stand: each on its newest complete window."""

from dataclasses import dataclass

from surveillance.domain.plan import Plan
from surveillance.domain.points import Points
from surveillance.domain.verdict import Verdict


@dataclass(frozen=True, slots=True)
class KpiVerdict:
    """One KPI's verdict and the week its window ends in; `not_estimable` where no window is complete."""

    metric: str
    window: int
    week: int | None
    verdict: Verdict


def kpi_verdicts(plan: Plan, points: Points) -> tuple[KpiVerdict, ...]:
    """Return the verdict of every KPI of the plan."""
    found = []
    for kpi in plan.kpi:
        point = points.latest_mature(kpi.metric, kpi.window)
        if point is None or point.verdict is None:
            found.append(KpiVerdict(kpi.metric, kpi.window, None, Verdict.NOT_ESTIMABLE))
        else:
            found.append(KpiVerdict(kpi.metric, kpi.window, point.week.number, point.verdict))
    return tuple(found)
