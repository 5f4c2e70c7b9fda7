"""The AUROC chart in a store: kept as computed, shown with its cost, alarmed and counted in the budget."""

import tomllib

import numpy as np
import pytest

from surveillance.domain.evaluation import evaluate
from surveillance.domain.plan import load_plan
from surveillance.domain.roles import Role
from surveillance.services.case_logs import read_case_log
from surveillance.services.charts import charts
from surveillance.services.false_alarm_arithmetic import arithmetic
from surveillance.services.stored_series import read_series
from surveillance.storage import plans, register
from surveillance.storage.evaluations import series

CHART = {
    "detector": "tabular_cusum",
    "watches": "batch_auroc",
    "share_of_budget": {"alarm": 0.2, "action": 0.5},
    "may_recommend_stop": True,
}


@pytest.fixture
def charted(ready, words):
    """Return a ward at a second site, whose plan charts the AUROC; judged half-way and at the end."""
    plan = tomllib.loads(words.plan_toml(sites=["Elsewhere"], plan="bleed elsewhere"))
    plan["chart"] = [plan["chart"][0] | {"share_of_budget": {"alarm": 0.4, "action": 0.5}}, CHART]
    plan["trigger"][0]["on"] = ["missed_positives", "batch_auroc"]
    results, outcomes = words.tables()
    first = words.monday(9)
    ready.register(site="Elsewhere", at=first)
    ready.plan(words.tomli_w.dumps(plan), first)
    for now in (first, words.monday(17), words.monday(words.WEEKS - 1)):
        day = f"{now:%Y-%m-%d}"
        ready.load(results[results["acquired_at"] < day].assign(site="Elsewhere"), now, name=f"results to {day}.csv")
        known = outcomes[outcomes["truth_recorded_at"] < day].assign(site="Elsewhere")
        ready.load(known, now, name=f"outcomes to {day}.csv")
        ready.evaluate(now)
    return ready.store


def test_past_weeks_computed_again_are_what_was_stored_for_them(charted):
    with charted.read() as connection:
        rows = {(row.as_of, row.seen_by) for row in series(connection, 2)}
        waited = designed = 0
        for as_of, seen_by in sorted(rows)[::3]:
            kept = read_series(connection, 2, as_of=as_of, seen_by=seen_by)
            plan = load_plan(plans.plan(connection, kept.newest.plan_id).toml)
            log = read_case_log(connection, register.deployment(connection, 2), plan, seen_by)
            path, chart = evaluate(plan, log, as_of).charts[1], kept.summary["charts"][1]
            assert (chart["key"], chart["waiting"], chart["complete_to"]) == (path.key, path.waiting, path.complete_to)
            assert [(s["as_of"], s["seen"]) for s in chart["signals"]] == [(s.as_of, s.seen) for s in path.signals]
            waited += path.design is None
            if path.design is not None:
                designed += 1
                line = kept.lines[chart["key"]]
                np.testing.assert_allclose(line.statistic, path.statistic, rtol=0, atol=1e-12)

    assert waited
    assert designed


def test_the_charts_tab_and_the_budget_count_it_in_batches(charted, actor):
    page = charts(actor(Role.RC_AI), charted, 2)
    line = next(one for one in page.lines if one.key == "batch_auroc")

    assert (line.title, line.unit) == ("AUROC in batches of 10 positives", "standard errors")
    assert line.change == "evidence that AUROC has fallen by 0.05"
    assert "estimated from the baseline: AUROC 0." in line.design_words
    assert "**simulated** on batches drawn from the baseline's own scores" in line.design_words
    costs = {name: alarm for name, alarm, _ in line.costs}
    assert costs["Average time between false ones"].startswith("5.0 years (simulated, standard error 0.")
    assert costs["Average time between false ones"].endswith(" batches")
    assert any(name.startswith("10th percentile") for name in costs)
    assert "weeks in half of all cases" in costs["Delay after a drop worth detecting"]

    told = [one for one in arithmetic(actor(Role.RC_AI), charted, 2).lines if one.chart == line.title]
    assert [one.tier for one in told] == ["alarm", "stop-use"]
    assert all(one.asked_studies.endswith(" batches") and one.basis.startswith("simulated, ") for one in told)
