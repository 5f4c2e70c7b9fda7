"""Plays: one seeded log of a scenario, judged week by week as it was known then, by the public API alone."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

from threadpoolctl import threadpool_limits

from surveillance.domain.case_log import CaseLog, Decision
from surveillance.domain.chart_design import ChartDesign
from surveillance.domain.evaluation import evaluate_weeks
from surveillance.domain.plan import Plan, load_plan, plan_template
from surveillance.domain.plan_parts import Chart
from surveillance.domain.stop_use import recommend
from surveillance.domain.weeks import Week, micros
from surveillance.domain.wording import row_sentence
from surveillance.synthetic import SCENARIOS, Scenario, case_log, generate
from tests.scenarios.spliced import spliced

HOUR = 3_600_000_000


@dataclass(frozen=True)
class Heard:
    """A signal when it was first known: chart, limit and level, its week and the week it was known, from the start."""

    chart: str
    limit: str
    level: str
    week: int
    known: int


@dataclass(frozen=True)
class Play:
    """What one log made the surveillance say.

    `recommendations` holds chart and week of each; `overdue` counts weeks whose outcomes were reported overdue;
    `beyond` lists for each chart the weeks after which it stood beyond its alarm limit, each with the week in
    which that was known.
    """

    scenario: str
    site: str
    seed: int
    signals: tuple[Heard, ...]
    recommendations: tuple[tuple[str, int], ...]
    overdue: int
    other_facts: int
    beyond: dict[str, tuple[tuple[int, int], ...]]
    watch_words: tuple[str, ...]


def plan_for(scenario: Scenario) -> Plan:
    """Return the shipped template with the scenario's audit and sources, and the report's stated errors.

    Only what the charts need is computed: one window, no KPI.
    """
    content = load_plan(plan_template(scenario.plan_template)).model_dump(by_alias=True)
    truth = content["truth"]
    truth["audit_fraction_unflagged"] = scenario.audit_fraction
    truth["flagged"], truth["unflagged"] = scenario.truth_sources
    if scenario.reference == "report":
        truth["error"] = {"sensitivity": 0.98, "specificity": 0.995}
        content["expected_per_week"]["lowest_prevalence"] = 0.04
    return Plan.model_validate({**content, "kpi": [], "windows": {"weeks": [1]}})


def deciding(plan: Plan) -> tuple[Chart, ...]:
    """Return the charts that may recommend a stop and that run in a play.

    The AUROC chart of a pooled baseline waits: a site played alone never has that baseline's positives.
    """
    return tuple(
        chart
        for chart in plan.chart
        if chart.may_recommend_stop and not (chart.watches == "batch_auroc" and plan.baseline.pool_sites)
    )


def begins(scenario: Scenario, plan: Plan) -> int:
    """Return the index, from the log's start, of the first week under surveillance."""
    return max(0, Week.of(plan.effective_from).number - Week.of(scenario.first_monday).number)


def designs(scenario: Scenario) -> dict[str, ChartDesign]:
    """Return the rate charts of a scenario's plan as they are designed before any study is seen."""
    plan = plan_for(scenario)
    site = scenario.sites[0]
    log = generate(scenario, seed=0, weeks=begins(scenario, plan) + 1, start=scenario.first_monday)
    week = Week(Week.of(scenario.first_monday).number + begins(scenario, plan))
    (evaluation,) = evaluate_weeks(plan, case_log(log, site), [week])
    return {path.key: path.design for path in evaluation.charts if path.design is not None}


def play(name: str, site: str, seed: int, weeks: int) -> Play:
    """Judge one log every week; each recommendation is decided an hour after the evaluation that made it.

    All logs of a scenario have the same past up to the week in which surveillance begins.
    """
    scenario = SCENARIOS[name]
    plan = plan_for(scenario)
    first = Week.of(scenario.first_monday).number
    begin = begins(scenario, plan)
    past, own = (
        case_log(generate(scenario, seed=s, weeks=weeks, start=scenario.first_monday), site)
        for s in (scenario.seed, seed)
    )
    log = spliced(past, own, micros(Week(first + begin - 1).end(plan.zone)))
    calendar = [Week(first + index) for index in range(begin, weeks)]
    while True:
        heard, decision = _listen(plan, log, calendar, first)
        if decision is None:
            return replace(heard, scenario=name, site=site, seed=seed)
        log = replace(log, decisions=(*log.decisions, decision))


def _listen(plan: Plan, log: CaseLog, calendar: Sequence[Week], first: int) -> tuple[Play, Decision | None]:
    """Follow the weeks to the end, or to the first recommendation that nobody has decided yet."""
    signals: dict[str, Heard] = {}
    asked: dict[str, tuple[str, int]] = {}
    beyond: dict[str, tuple[tuple[int, int], ...]] = {}
    conditions: list[str] = []
    words: dict[str, str] = {}
    undecided = None
    for evaluation in evaluate_weeks(plan, log, calendar):
        known = evaluation.week.number - first
        for path in evaluation.charts:
            if path.design is None:
                continue
            for s in path.signals:
                if s.key not in signals and path.design.level == "watch":
                    words[s.key] = row_sentence(plan, replace(evaluation, charts=(path,)))
                signals.setdefault(s.key, Heard(s.chart, s.limit, path.design.level, s.week.number - first, known))
            if path.current >= path.design.alarm_limit:
                beyond[path.key] = (*beyond.get(path.key, ()), (path.complete_to, known))
        conditions += [fact.condition for fact in evaluation.facts]
        for draft in recommend(plan, evaluation):
            if draft.key not in asked:
                asked[draft.key] = (draft.chart, known)
                decision = Decision(draft.chart, evaluation.as_of + HOUR)
                undecided = None if decision in log.decisions else decision
        if undecided is not None:
            break
    overdue = conditions.count("outcomes overdue")
    heard = Play(
        "", "", 0, tuple(signals.values()), tuple(asked.values()), overdue, len(conditions) - overdue, beyond,
        tuple(words.values()),
    )  # fmt: skip
    return heard, undecided


def _one_thread() -> None:
    """Keep linear algebra to one thread in each process: small matrices only wait for one another."""
    threadpool_limits(1)


def plays(name: str, logs: int, weeks: int, processes: int) -> list[Play]:
    """Play a scenario for so many seeds of its own at every site, in this process or in several."""
    scenario = SCENARIOS[name]
    seeds = range(10_000 * scenario.seed, 10_000 * scenario.seed + logs)
    jobs = [(name, site, seed, weeks) for seed in seeds for site in scenario.sites]
    if processes == 1:
        return [play(*job) for job in jobs]
    with ProcessPoolExecutor(processes, mp_context=get_context("fork"), initializer=_one_thread) as pool:
        return list(pool.map(play, *zip(*jobs, strict=True), chunksize=4))
