"""The heart: one deployment's log and plan, and what they say as it was known at a moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.baseline import BaselineState, baseline_state
from surveillance.domain.case_log import CaseLog
from surveillance.domain.chart_path import ChartPath
from surveillance.domain.chart_set import ChartSet
from surveillance.domain.coverage import Coverage, coverage
from surveillance.domain.facts import Fact, facts
from surveillance.domain.kpi_verdicts import KpiVerdict, kpi_verdicts
from surveillance.domain.maturity import maturity
from surveillance.domain.plan import Plan
from surveillance.domain.points import Points
from surveillance.domain.reliability import Reliability, reliability
from surveillance.domain.study_frame import StudyFrame, frame
from surveillance.domain.truth_sources import SourceCounts, truth_sources
from surveillance.domain.weekly_points import WeeklyPoints
from surveillance.domain.weeks import Week, last_complete_week, micros


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything the surveillance says of one deployment as it was known at the end of a week.

    Attributes
    ----------
    as_of : microseconds since 1970 UTC; the exclusive end of `week`
    points : every measure, window and week; `touched` marks the cells that differ from a week ago
    charts : each designed chart with its line and every signal so far
    facts : plain facts that need an answer: outcomes overdue, a missing log, an unknown version
    sources : what each reference standard says of the newest complete longest window, counted apart
    """

    plan: str
    as_of: int
    week: Week
    points: Points
    verdicts: tuple[KpiVerdict, ...]
    touched: NDArray[np.bool_]
    charts: tuple[ChartPath, ...]
    facts: tuple[Fact, ...]
    coverage: Coverage
    baseline: BaselineState
    reliability: Reliability | None
    sources: tuple[SourceCounts, ...] = ()


def evaluate(plan: Plan, log: CaseLog, as_of: datetime) -> Evaluation:
    """Judge one deployment as it was known at a moment, from its plan and its log alone.

    Only weeks that were over and outcomes recorded before the end of the last such week are used, so the
    same plan, log and moment always give the same answer.

    Parameters
    ----------
    plan : the surveillance plan in force
    log : the deployment's studies and outcomes, already cut at what the store had seen
    as_of : any moment; the evaluation stands at the end of the last week that was over by then
    """
    return next(evaluate_weeks(plan, log, (last_complete_week(as_of, plan.zone),)))


def evaluate_weeks(plan: Plan, log: CaseLog, weeks: Sequence[Week]) -> Iterator[Evaluation]:
    """Judge a deployment at the end of each of several weeks, ascending; each as `evaluate` would alone.

    Weeks already computed are carried from one evaluation to the next and only those that new truths touch
    are computed again.
    """
    last = weeks[-1]
    own = frame(plan, log, last)
    others = tuple(frame(plan, other, last) for other in log.pooled) if plan.baseline.pool_sites else ()
    grown = maturity(plan, own)
    points = WeeklyPoints(plan, own, grown)
    site = log.site or plan.sites[0]
    charts = ChartSet(plan, site, own, grown, others)
    for week in weeks:
        if len(log) and own.index(week) < 0:  # before the first study
            yield from evaluate_weeks(plan, log.without_studies(), (week,))
            continue
        as_of = micros(week.end(plan.zone))
        known = own.truth.known_at(as_of)
        pooled = tuple(one.truth.known_at(as_of) for one in others)
        state = baseline_state(plan, (own, *others), (known, *pooled), week)
        before = _week_earlier(plan, (own, *others), week)
        index = own.index(week)
        table, touched = points.at(index, as_of, known, state, before)
        yield Evaluation(
            verdicts=kpi_verdicts(plan, table),
            plan=f"{plan.plan} {plan.version}",
            as_of=as_of,
            week=week,
            points=table,
            touched=touched,
            charts=charts.at(index, as_of, known, state, before),
            facts=facts(plan, site, own, grown, index, as_of),
            coverage=coverage(own, grown, index, as_of, known),
            baseline=state,
            reliability=reliability(plan, own, grown, known, as_of, state.met),
            sources=truth_sources(plan, own, min(grown.complete_to(as_of), index), as_of),
        )


def _week_earlier(plan: Plan, frames: tuple[StudyFrame, ...], week: Week) -> BaselineState:
    """Return the baseline as it was known a week before."""
    earlier = Week(week.number - 1)
    as_of = micros(earlier.end(plan.zone))
    return baseline_state(plan, frames, tuple(one.truth.known_at(as_of) for one in frames), earlier)
