"""From a signal to a recommendation to stop using an AI, with its reasons; a person decides."""

from dataclasses import dataclass

from surveillance.domain.alarm import hours_to_answer
from surveillance.domain.chart_cost import Tier
from surveillance.domain.chart_path import ChartPath, Signal
from surveillance.domain.evaluation import Evaluation
from surveillance.domain.fleet_budget import deployment_tier, true_share
from surveillance.domain.numbers import percent
from surveillance.domain.plan import Plan
from surveillance.domain.rarity import chance, once
from surveillance.domain.signal_wording import chart_reason
from surveillance.domain.weeks import Week, span_words
from surveillance.domain.wording import against, figure_words


@dataclass(frozen=True, slots=True)
class RecommendationDraft:
    """What a trigger asks a radiologist to decide: the reason in plain English, and the evidence row by row."""

    key: str
    chart: str
    week: Week
    as_of: int
    onset: Week
    reason: str
    evidence: tuple[tuple[str, str], ...]
    against: str
    hours: float


def recommend(plan: Plan, evaluation: Evaluation) -> tuple[RecommendationDraft, ...]:
    """Return the stop-use recommendations that the plan's triggers make of an evaluation's signals.

    Only the action limit of a chart that may recommend a stop does so; where the plan lists triggers for
    the action limit, only the charts they name. The same signal always gives the same key.
    """
    found = _may_recommend(plan, evaluation)
    limits = [limit for _, limit in found]
    return tuple(
        _draft(plan, evaluation, path, signal, limit, limits)
        for path, limit in found
        for signal in path.signals
        if signal.limit == "action"
    )


def _may_recommend(plan: Plan, evaluation: Evaluation) -> list[tuple[ChartPath, Tier]]:
    """Return the charts whose stop-use limit asks for a decision, with what that limit costs."""
    named = [t for t in plan.trigger if t.then == "recommend stop-use"]
    allowed = {name for trigger in named for name in trigger.on}
    return [
        (path, path.design.action)
        for path in evaluation.charts
        if path.design is not None and path.design.action is not None
        if not named or path.design.watches in allowed
    ]


def _draft(
    plan: Plan, evaluation: Evaluation, path: ChartPath, signal: Signal, limit: Tier, limits: list[Tier]
) -> RecommendationDraft:
    """Draft one recommendation; how sure it is follows from what the limits achieve, as the pages show it."""
    false = deployment_tier(limits)
    true = true_share(1.0 / plan.budget.fault_every_years, false.total_per_year)
    evidence = [
        ("As known", _known(evaluation)),
        (
            "How sure",
            f"By chance this chart does so {once(limit)}; over all charts of this deployment the chance of"
            f" at least one false recommendation in two years is {chance(false.total_chance)}. If a fault comes"
            f" once in {plan.budget.fault_every_years:g} years, {percent(true)} of such recommendations are"
            " true.",
        ),
    ]
    for kpi in plan.kpi:
        point = evaluation.points.latest_mature(kpi.metric, kpi.window)
        if point is not None:
            evidence.append((figure_words(point, kpi)[0], figure_words(point, kpi)[1]))
    evidence.append(("Since when", _since(signal, evaluation)))
    return RecommendationDraft(
        key=signal.key,
        chart=signal.chart,
        week=signal.week,
        as_of=signal.as_of,
        onset=signal.onset,
        reason=chart_reason(plan, path, signal),
        evidence=tuple(evidence),
        against=against(plan, evaluation, signal),
        hours=hours_to_answer(plan, "action limit crossed"),
    )


def _since(signal: Signal, evaluation: Evaluation) -> str:
    weeks = span_words(signal.onset_low, signal.onset_high, evaluation.week)
    complete = evaluation.coverage.complete_to
    known = f"as known at the end of {evaluation.week.words(evaluation.week)}"
    return (
        f"{weeks}; outcomes complete to {complete.words(evaluation.week)}, {known}" if complete else f"{weeks}, {known}"
    )


def _known(evaluation: Evaluation) -> str:
    week, day = evaluation.week, evaluation.week.sunday
    return f"at the end of week {week.iso}, {day.day} {day:%b %Y}; the page Deployment shows today's figures"
