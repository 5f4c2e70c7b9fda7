"""Surveillance plans: what ships loads, and what contradicts itself is refused with the field named."""

from datetime import date

import pytest
import tomli_w

from surveillance.domain.plan import load_plan, plan_template, plan_templates
from surveillance.errors import InvalidPlan, NotFound
from tests.domain.small_log import content

REFUSALS = [
    ("no version", lambda p: p.pop("version"), "version"),
    ("unknown key", lambda p: p.update(colour="green"), "colour"),
    ("no sites", lambda p: p.update(sites=[]), "sites"),
    ("no chart", lambda p: p.update(chart=[]), "chart"),
    ("version zero", lambda p: p.update(version=0), "version"),
    ("no studies expected", lambda p: p["expected_per_week"].update(studies=0), "expected_per_week.studies"),
    ("prevalence of one", lambda p: p["expected_per_week"].update(prevalence=1.0), "expected_per_week.prevalence"),
    ("baseline backwards", lambda p: p["baseline"].update(to=date(2020, 1, 1)), "baseline"),
    ("no source", lambda p: p["truth"].update(flagged=[]), "truth.flagged"),
    ("unknown source", lambda p: p["truth"].update(flagged=["rumour"]), "truth.flagged"),
    ("audit of nothing", lambda p: p["truth"].update(audit_fraction_unflagged=0), "truth.audit_fraction_unflagged"),
    ("error above one", lambda p: p["truth"].update(error={"sensitivity": 1.2}), "truth.error.sensitivity"),
    ("no delay", lambda p: p["truth"].update(expected_delay_days={"flagged": 0}), "truth.expected_delay_days.flagged"),
    ("mature at nothing", lambda p: p["truth"].update(mature_at=0), "truth.mature_at"),
    ("windows fall", lambda p: p["windows"].update(weeks=[4, 1, 13]), "windows"),
    ("window of no week", lambda p: p["windows"].update(weeks=[0, 1, 4, 13]), "windows"),
    ("acceptance without source", lambda p: p["acceptance"]["sensitivity"].update(source=""), "acceptance.sensitivity"),
    ("no such metric", lambda p: p["kpi"][0].update(metric="accuracy"), "kpi"),
    ("window not listed", lambda p: p["kpi"][0].update(window=26), "kpi"),
    ("no direction", lambda p: p["kpi"][0].update(better="blue"), "kpi.1.better"),
    ("score metric without score", lambda p: p.update(score="none"), "kpi"),
    ("flag metric without flag", lambda p: p.update(gives_flag=False), "kpi"),
    ("watched twice", lambda p: p["chart"][1].update(watches="missed_positives"), "chart"),
    ("alarm shares above one", lambda p: p["chart"][0]["share_of_budget"].update(alarm=0.5), "chart"),
    ("action shares above one", lambda p: p["chart"][0]["share_of_budget"].update(action=0.6), "chart"),
    ("no rates", lambda p: p["chart"][0].update(acceptable=None), "chart.1"),
    ("rates backwards", lambda p: p["chart"][0].update(acceptable=0.3), "chart.1"),
    ("wrong detector", lambda p: p["chart"][0].update(detector="risk_adjusted_cusum"), "chart.1"),
    ("odds ratio of one", lambda p: p["chart"][3].update(odds_ratios=[1.0]), "chart.4"),
    ("no odds ratio", lambda p: p["chart"][3].update(odds_ratios=[]), "chart.4"),
    ("no share", lambda p: p["chart"][0].update(share_of_budget={"alarm": 0, "action": 0.1}), "chart.1"),
    ("no action share", lambda p: p["chart"][0].update(share_of_budget={"alarm": 0.1}), "chart.1"),
    ("calibration stops use", lambda p: p["chart"][3].update(may_recommend_stop=True,
     share_of_budget={"alarm": 0.2, "action": 0.0001}, ), "chart.4"),
    ("risk not external", lambda p: p["chart"][3].update(watches="outcome_given_risk"), "chart"),
    ("trigger on a missing chart", lambda p: p["trigger"][0].update(on=["outcome_given_risk"]), "trigger"),
    ("trigger on calibration", lambda p: p["trigger"][0].update(on=["calibration"]), "trigger"),
    ("stop without a chart", lambda p: p["trigger"][0].update(on=[]), "trigger"),
    ("stop on a missing log", lambda p: p["trigger"][0].update(when="log missing"), "trigger"),
    ("no such zone", lambda p: p.update(zone="Europe/Camelot"), "zone"),
    ("no time to answer", lambda p: p["trigger"][0].update(answer_within_hours=0), "trigger.1.answer_within_hours"),
    ("no budget", lambda p: p["budget"].update(alarms_per_year=0), "budget.alarms_per_year"),
]  # fmt: skip


def written(plan):
    """Return a plan as TOML, fields without a value left out."""

    def kept(value):
        if isinstance(value, dict):
            return {k: kept(v) for k, v in value.items() if v is not None}
        return [kept(v) for v in value] if isinstance(value, list | tuple) else value

    return tomli_w.dumps(kept(plan))


@pytest.mark.parametrize(("change", "field"), [r[1:] for r in REFUSALS], ids=[r[0] for r in REFUSALS])
def test_a_plan_that_contradicts_itself_is_refused_with_the_field_named(change, field):
    plan = content()
    change(plan)

    with pytest.raises(InvalidPlan, match=rf"(?s)^The plan is refused\..*(?<![\w.]){field}[.\d\w]*: "):
        load_plan(written(plan))


def test_text_that_is_not_toml_is_refused_as_such():
    with pytest.raises(InvalidPlan, match=r"not valid TOML"):
        load_plan("plan = ")


@pytest.mark.parametrize("name", plan_templates())
def test_every_template_loads_and_reads_the_same_once_written_again(name):
    plan = load_plan(plan_template(name))

    assert load_plan(written(plan.model_dump(by_alias=True))) == plan


def test_the_templates_of_the_brief_ship():
    assert {"ich-triage", "lvo-triage", "flags-only"} <= set(plan_templates())
    assert load_plan(plan_template("flags-only")).score == "none"


def test_an_unknown_template_is_named_with_those_there_are():
    with pytest.raises(NotFound, match=r"'chest'.*ich-triage"):
        plan_template("chest")


@pytest.mark.parametrize("name", plan_templates())
def test_the_shares_of_each_tier_never_exceed_the_budget(name):
    plan = load_plan(plan_template(name))

    for tier in ("alarm", "action"):
        assert sum(getattr(chart.share_of_budget, tier) for chart in plan.chart) <= 1 + 1e-9


def test_occlusion_triage_pools_three_sites_on_thirteen_weeks_and_about_twenty_five_weeks_of_baseline():
    plan = load_plan(plan_template("lvo-triage"))

    assert plan.baseline.pool_sites
    assert len(plan.sites) == 3
    assert (plan.baseline.end - plan.baseline.start).days // 7 + 1 == 25
    assert {kpi.window for kpi in plan.kpi if kpi.metric == "sensitivity"} == {13}
