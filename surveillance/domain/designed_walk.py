"""How studies move a chart, from its design: each kind of chart has its own walk."""

from surveillance.detectors import Ewma
from surveillance.domain.auroc_chart import AurocChartDesign
from surveillance.domain.auroc_steps import AurocAverageSteps, AurocSteps
from surveillance.domain.chart_steps import rate_steps, risk_steps
from surveillance.domain.chart_walk import ChartWalk
from surveillance.domain.count_design import count_design
from surveillance.domain.count_steps import count_steps
from surveillance.domain.designed_chart import ChartDesign
from surveillance.domain.gap_steps import gap_steps
from surveillance.domain.plan import Plan
from surveillance.domain.study_frame import StudyFrame


def designed_walk(
    plan: Plan, design: ChartDesign, frame: StudyFrame, begin: int, auroc: AurocChartDesign | None
) -> ChartWalk:
    """Return the walk of a designed chart over the studies of a log.

    Parameters
    ----------
    begin : index of the week in which surveillance begins
    auroc : the design that drew the limits, for a chart of batch AUROC
    """
    if auroc is not None:
        of_batches = begin, frame.log.score, auroc.baseline
        chart = auroc.alarm_chart
        if isinstance(chart, Ewma):
            return AurocAverageSteps(*of_batches, chart, auroc.batch_positives)
        return AurocSteps(*of_batches, chart, auroc.batch_positives)
    if design.detector == "time_between_events":
        return gap_steps(frame, design, begin)
    if design.detector == "poisson_cusum":
        planned = next(chart for chart in plan.chart if chart.key == design.key)
        return count_steps(frame, count_design(plan, planned)[1], begin)
    if design.odds_ratio is not None:
        return risk_steps(frame, design.odds_ratio, design.steps_per_unit, begin)
    assert design.in_control is not None
    assert design.out_of_control is not None
    unit, rates = design.steps_per_unit, (design.in_control, design.out_of_control)
    return rate_steps(frame, design.watches, unit, design.steps_down, *rates, begin)
