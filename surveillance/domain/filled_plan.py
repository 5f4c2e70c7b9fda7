"""Fill a plan template with what a log tells and what a person chose; what a product cannot feed is left out."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import tomli_w

from surveillance.domain.plan import FLAG_METRICS, SCORE_METRICS, load_plan, plan_template
from surveillance.domain.plan_facts import PlanFacts

ScoreIs = Literal["probability", "score", "none"]
NEEDS_SCORE = ("calibration", "outcome_given_risk", "batch_auroc")
STRONGEST_FIRST = ("adjudication", "audit", "follow_up", "report")
NEEDS_FLAG = ("missed_positives", "false_flags")


@dataclass(frozen=True, slots=True)
class PlanWishes:
    """What a person confirmed or chose for a plan.

    Attributes
    ----------
    score_is : whether the score promises a probability, only puts studies in order, or is not given
    weekly : studies expected a week, by site
    audit_fraction : share of unflagged studies whose truth is looked for; 1 where every study gets one
    acceptance : metric -> (value, where it comes from); empty where nobody has a figure
    """

    template: str
    score_is: ScoreIs
    weekly: Mapping[str, float]
    prevalence: float
    baseline: tuple[date, date]
    effective_from: date
    audit_fraction: float
    acceptance: Mapping[str, tuple[float, str]] = field(default_factory=dict)
    version: int = 1


def plan_name(facts: PlanFacts, template: str) -> str:
    """Return what a plan made of a template is called."""
    return f"{template} {facts.model} {facts.version}"


def filled_plan(facts: PlanFacts, wishes: PlanWishes) -> str:
    """Return the TOML of a template filled in for one version of a product; it is checked whole.

    Charts and KPIs that need a score, a flag or a truth of every study go where the product or the audit gives none.
    Acceptance values of the template are an example and never taken over.

    Raises
    ------
    InvalidPlan
        With every field that is wrong.
    """
    plan = tomllib.loads(plan_template(wishes.template))
    sites = list(facts.sites)
    plan |= {
        "plan": plan_name(facts, wishes.template),
        "version": wishes.version,
        "model": facts.model,
        "version_of_model": facts.version,
        "sites": sites,
        "pathway": facts.pathway,
        "finding": facts.finding,
        "score": wishes.score_is,
        "gives_flag": facts.gives_flag,
        "zone": facts.zone,
        "effective_from": wishes.effective_from,
        "expected_per_week": _volume(wishes, sites),
        "acceptance": {name: {"value": value, "source": why} for name, (value, why) in wishes.acceptance.items()},
    }
    plan["baseline"] |= {"from": wishes.baseline[0], "to": wishes.baseline[1]}
    plan["truth"]["audit_fraction_unflagged"] = wishes.audit_fraction
    for stratum, sources in (("flagged", facts.sources_flagged), ("unflagged", facts.sources_unflagged)):
        plan["truth"][stratum] = _standards(plan["truth"][stratum], sources)
    _leave_out(plan, wishes, facts.gives_flag)
    toml = tomli_w.dumps(plan)
    load_plan(toml)
    return toml


def _standards(wished: list[str], seen: tuple[str, ...]) -> list[str]:
    """Return the reference standards of a stratum, the one that overrules the others first.

    The template's order stands: a report comes sooner and more often than the adjudication that overrules it. What a
    department does not use goes, except the two that this software itself brings; what it uses besides comes before
    the first that it is stronger than.

    >>> _standards(["adjudication", "report"], ("audit", "report"))
    ['adjudication', 'audit', 'report']
    """
    kept = [name for name in wished if name in (*seen, "adjudication", "audit")] if seen else list(wished)
    rank = STRONGEST_FIRST.index
    for name in (name for name in STRONGEST_FIRST if name in seen and name not in kept):
        place = next((at for at, other in enumerate(kept) if rank(other) > rank(name)), len(kept))
        kept.insert(place, name)
    return kept


def _volume(wishes: PlanWishes, sites: list[str]) -> dict[str, Any]:
    volume: dict[str, Any] = {
        "studies": sum(wishes.weekly.values()) / len(wishes.weekly),
        "prevalence": wishes.prevalence,
    }
    return volume | ({"by_site": dict(wishes.weekly)} if len(sites) > 1 else {})


def _leave_out(plan: dict[str, Any], wishes: PlanWishes, gives_flag: bool) -> None:
    """Take out what the product cannot feed; a chart on a score that promises nothing would alarm for ever."""
    barred = set() if gives_flag else set(NEEDS_FLAG)
    if wishes.score_is != "probability":
        barred |= {"calibration", "outcome_given_risk"}
    if wishes.score_is == "none":
        barred |= set(NEEDS_SCORE)
    if wishes.audit_fraction < 1:
        barred.add("batch_auroc")
    promises = SCORE_METRICS - {"auroc"}  # what only a probability has; ranks are enough for the AUROC
    metrics = {"probability": set(), "score": promises, "none": SCORE_METRICS}[wishes.score_is]
    metrics = metrics | (set() if gives_flag else FLAG_METRICS)
    plan["chart"] = [chart for chart in plan["chart"] if chart["watches"] not in barred]
    plan["kpi"] = [kpi for kpi in plan.get("kpi", []) if kpi["metric"] not in metrics]
    for trigger in plan.get("trigger", []):
        if "on" in trigger:
            trigger["on"] = [name for name in trigger["on"] if name in {chart["watches"] for chart in plan["chart"]}]
    plan["trigger"] = [one for one in plan.get("trigger", []) if one.get("on") != []]


def left_out(facts: PlanFacts, wishes: PlanWishes) -> tuple[str, ...]:
    """Return which charts of a template the filled plan does without."""
    kept = {chart.watches for chart in load_plan(filled_plan(facts, wishes)).chart}
    return tuple(
        chart.watches for chart in load_plan(plan_template(wishes.template)).chart if chart.watches not in kept
    )
