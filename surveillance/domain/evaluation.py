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
from surveillance.domain.reliability import Reliability, WeeklyReliability
from surveillance.domain.study_frame import StudyFrame, frame
from surveillance.domain.truth_sources import SourceCounts, truth_sources
from surveillance.domain.weekly_points import Moment, WeeklyPoints
from surveillance.domain.weeks import Week, last_complete_week, micros

TOGETHER = 26  # evaluations whose windows are computed together: half a year of them is a few megabytes


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
    are computed again, for half a year of evaluations at once.
    """
    last = weeks[-1]
    own = frame(plan, log, last)
    others = tuple(frame(plan, other, last) for other in log.pooled) if plan.baseline.pool_sites else ()
    begun = [week for week in weeks if not len(log) or own.index(week) >= 0]
    for week in weeks[: len(weeks) - len(begun)]:  # before the first study
        yield from evaluate_weeks(plan, log.without_studies(), (week,))
    grown = maturity(plan, own)
    points, diagrams = WeeklyPoints(plan, own, grown), WeeklyReliability(plan, own, grown)
    site = log.site or plan.sites[0]
    charts = ChartSet(plan, site, own, grown, others)
    for begin in range(0, len(begun), TOGETHER):
        some = begun[begin : begin + TOGETHER]
        moments = tuple(_moments(plan, own, others, some))
        for week, moment, (table, touched) in zip(some, moments, points.over(moments), strict=True):
            index, as_of, known, state = moment.index, moment.as_of, moment.known, moment.now
            yield Evaluation(
                verdicts=kpi_verdicts(plan, table),
                plan=f"{plan.plan} {plan.version}",
                as_of=as_of,
                week=week,
                points=table,
                touched=touched,
                charts=charts.at(index, as_of, known, state, moment.before),
                facts=facts(plan, site, own, grown, index, as_of),
                coverage=coverage(own, grown, index, as_of, known),
                baseline=state,
                reliability=diagrams.at(known, as_of, state.met),
                sources=truth_sources(plan, own, min(grown.complete_to(as_of), index), as_of),
            )


def _moments(plan: Plan, own: StudyFrame, others: tuple[StudyFrame, ...], weeks: Sequence[Week]) -> Iterator[Moment]:
    """Give what was known at the end of each week, with the baseline as it stood then and a week before."""
    latest: tuple[Week, BaselineState] | None = None
    for week in weeks:
        earlier = Week(week.number - 1)
        if latest is None or latest[0] != earlier:
            latest = earlier, _baseline(plan, own, others, earlier)[1]
        known, now = _baseline(plan, own, others, week)
        yield Moment(own.index(week), micros(week.end(plan.zone)), known, now, before=latest[1])
        latest = week, now


def _baseline(
    plan: Plan, own: StudyFrame, others: tuple[StudyFrame, ...], week: Week
) -> tuple[NDArray[np.int8], BaselineState]:
    """Return the truths known at a week's end, and the baseline by them."""
    as_of = micros(week.end(plan.zone))
    known = tuple(one.truth.known_at(as_of) for one in (own, *others))
    return known[0], baseline_state(plan, (own, *others), known, week)
