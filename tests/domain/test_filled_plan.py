"""A template filled in: nothing of its example is taken for the department's own, and nothing it lacks is asked for."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from surveillance.domain.filled_plan import PlanWishes, filled_plan, left_out, plan_name
from surveillance.domain.plan import load_plan, plan_templates
from surveillance.domain.plan_facts import PlanFacts, Verified

FACTS = PlanFacts(
    model="StrokeAid",
    version="2.0.1",
    sites=("Northgate", "Eastfield"),
    zone="Europe/Dublin",
    finding="occlusion",
    pathway="Stroke",
    studies=4000,
    first=date(2026, 1, 5),
    last=date(2026, 11, 1),
    whole_weeks=43,
    weekly={"Northgate": 60.0, "Eastfield": 30.0},
    gives_score=True,
    gives_flag=True,
    flagged=Verified(400, 400, 300),
    unflagged=Verified(3600, 3600, 20),
    sources_flagged=("report",),
    sources_unflagged=("report", "audit"),
    audit_fraction=1.0,
)
WISHES = PlanWishes(
    template="ich-triage",
    score_is="probability",
    weekly={"Northgate": 60.0, "Eastfield": 30.0},
    prevalence=0.08,
    baseline=(date(2026, 1, 5), date(2026, 3, 29)),
    effective_from=date(2026, 3, 30),
    audit_fraction=1.0,
)


# By hand: what the template asks and the department uses, the one that overrules another before it.
STANDARDS = {
    "flags-only": (("adjudication", "report"), ("audit", "report")),
    "ich-triage": (("adjudication", "report"), ("audit", "report")),
    "ich-triage-verified": (("adjudication", "report"), ("adjudication", "audit", "report")),
    "lvo-triage": (("adjudication", "report"), ("audit", "adjudication", "report")),
    "outcome-given-risk": (("report",), ("audit", "report")),
}


@pytest.mark.parametrize("template", plan_templates())
def test_every_template_makes_a_usable_plan_of_the_department_and_keeps_none_of_its_example(template: str) -> None:
    plan = load_plan(filled_plan(FACTS, replace(WISHES, template=template)))

    assert (plan.model, plan.version_of_model, plan.sites) == ("StrokeAid", "2.0.1", ("Northgate", "Eastfield"))
    assert (plan.finding, plan.zone, plan.pathway) == ("occlusion", "Europe/Dublin", "Stroke")
    assert (plan.baseline.start, plan.baseline.end) == (date(2026, 1, 5), date(2026, 3, 29))
    assert (plan.truth.flagged, plan.truth.unflagged) == STANDARDS[template]
    assert plan.acceptance == {}
    assert plan.expected_per_week.lowest_prevalence is None


def test_each_site_keeps_its_own_volume() -> None:
    volume = load_plan(filled_plan(FACTS, WISHES)).expected_per_week

    assert (volume.at("Northgate"), volume.at("Eastfield"), volume.studies) == (60.0, 30.0, 45.0)


def test_a_score_that_promises_nothing_is_not_charted_for_calibration() -> None:
    wishes = replace(WISHES, score_is="score")
    plan = load_plan(filled_plan(FACTS, wishes))

    assert left_out(FACTS, wishes) == ("calibration",)
    assert "auroc" in {kpi.metric for kpi in plan.kpi}


def test_a_product_without_scores_keeps_the_charts_of_its_flags() -> None:
    facts = replace(FACTS, gives_score=False)
    plan = load_plan(filled_plan(facts, replace(WISHES, score_is="none")))

    assert {chart.watches for chart in plan.chart} == {"missed_positives", "false_flags", "technical_failures"}
    assert "auroc" not in {kpi.metric for kpi in plan.kpi}


def test_a_product_without_flags_asks_for_no_stop_on_a_chart_it_does_not_have() -> None:
    plan = load_plan(filled_plan(replace(FACTS, gives_flag=False), WISHES))
    stops = [trigger.on for trigger in plan.trigger if trigger.then == "recommend stop-use"]

    assert {chart.watches for chart in plan.chart} == {"technical_failures", "calibration"}
    assert stops == [("technical_failures",)]


def test_a_sampled_audit_leaves_out_the_chart_that_needs_every_truth() -> None:
    wishes = replace(WISHES, template="ich-triage-verified", audit_fraction=0.2)

    assert "batch_auroc" in left_out(FACTS, wishes)
    assert load_plan(filled_plan(FACTS, wishes)).truth.audit_fraction_unflagged == 0.2


def test_acceptance_figures_are_those_that_somebody_gave() -> None:
    wishes = replace(WISHES, acceptance={"sensitivity": (0.91, "local validation, 300 studies")})
    plan = tomllib.loads(filled_plan(FACTS, wishes))

    assert plan["acceptance"] == {"sensitivity": {"value": 0.91, "source": "local validation, 300 studies"}}


def test_a_plan_is_named_after_its_template_and_its_version_of_the_product() -> None:
    assert plan_name(FACTS, "ich-triage") == "ich-triage StrokeAid 2.0.1"
