"""Plays: one seeded log of a scenario, judged week by week as it was known then, by the public API alone."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context

from surveillance.domain.case_log import CaseLog, Decision
from surveillance.domain.chart_design import ChartDesign
from surveillance.domain.evaluation import evaluate_weeks
from surveillance.domain.plan import Plan, load_plan, plan_template
from surveillance.domain.stop_use import recommend
from surveillance.domain.weeks import Week
from surveillance.synthetic import SCENARIOS, Scenario, case_log, generate

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
    """What one log made the surveillance say; `overdue` counts weeks whose outcomes were reported overdue."""

    scenario: str
    site: str
    seed: int
    signals: tuple[Heard, ...]
    recommendations: tuple[int, ...]
    overdue: int
    other_facts: int
    highest: dict[str, tuple[int, ...]]


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
    return Plan.model_validate({**content, "kpi": [], "windows": {"weeks": [13]}, "score": "score"})


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
    """Judge one log every week; each recommendation is decided an hour after the evaluation that made it."""
    scenario = SCENARIOS[name]
    plan = plan_for(scenario)
    log = case_log(generate(scenario, seed=seed, weeks=weeks, start=scenario.first_monday), site)
    first = Week.of(scenario.first_monday).number
    calendar = [Week(first + index) for index in range(begins(scenario, plan), weeks)]
    while True:
        heard, decision = _listen(plan, log, calendar, first)
        if decision is None:
            return replace(heard, scenario=name, site=site, seed=seed)
        log = replace(log, decisions=(*log.decisions, decision))


def _listen(plan: Plan, log: CaseLog, calendar: Sequence[Week], first: int) -> tuple[Play, Decision | None]:
    """Follow the weeks to the end, or to the first recommendation that nobody has decided yet."""
    signals: dict[str, Heard] = {}
    asked: dict[str, int] = {}
    highest: dict[str, list[int]] = {}
    overdue = other = 0
    for evaluation in evaluate_weeks(plan, log, calendar):
        known = evaluation.week.number - first
        for path in evaluation.charts:
            if path.design is None:
                continue
            for s in path.signals:
                signals.setdefault(s.key, Heard(s.chart, s.limit, path.design.level, s.week.number - first, known))
            if path.complete_to >= 0 and path.current >= path.design.alarm_limit:
                highest.setdefault(path.key, []).append(known)
        for draft in recommend(plan, evaluation):
            if draft.key in asked:
                continue
            asked[draft.key] = known
            if not any(d.chart == draft.chart and d.at == draft.as_of + HOUR for d in log.decisions):
                return _play(signals, asked, overdue, other, highest), Decision(draft.chart, evaluation.as_of + HOUR)
        overdue += sum(fact.condition == "outcomes overdue" for fact in evaluation.facts)
        other += sum(fact.condition != "outcomes overdue" for fact in evaluation.facts)
    return _play(signals, asked, overdue, other, highest), None


def _play(
    signals: dict[str, Heard], asked: dict[str, int], overdue: int, other: int, highest: dict[str, list[int]]
) -> Play:
    beyond = {key: tuple(weeks) for key, weeks in highest.items()}
    return Play("", "", 0, tuple(signals.values()), tuple(asked.values()), overdue, other, beyond)


def plays(name: str, seeds: Iterable[int], weeks: int, processes: int) -> list[Play]:
    """Play a scenario for several seeds at every site, in this process or in several."""
    scenario = SCENARIOS[name]
    jobs = [(name, site, seed, weeks) for seed in seeds for site in scenario.sites]
    if processes == 1:
        return [play(*job) for job in jobs]
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        return list(pool.map(play, *zip(*jobs, strict=True), chunksize=4))
