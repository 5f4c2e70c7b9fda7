"""EWMA, time between events and Poisson CUSUM in a store: told week by week, alarmed, declined, computed again."""

import tomllib
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from surveillance.domain.evaluation import evaluate
from surveillance.domain.plan import load_plan
from surveillance.domain.roles import Role
from surveillance.services import stop_use, stores
from surveillance.services.case_logs import read_case_log
from surveillance.services.charts import charts
from surveillance.services.false_alarm_arithmetic import arithmetic
from surveillance.services.stored_series import read_series
from surveillance.storage import alarms, plans, recommendations, register
from surveillance.storage.evaluations import series

ONSET, FIRST, SITE = 18, 16, "Elsewhere"
BUDGET = {"share_of_budget": {"alarm": 1.0, "action": 1.0}, "may_recommend_stop": True}
CHARTS = {
    "ewma": {"detector": "ewma", "watches": "batch_auroc", "weight": 0.2},
    "time_between_events": {
        "detector": "time_between_events", "watches": "technical_failures", "events_together": 2,
        "acceptable": 0.0005, "unacceptable": 0.01,
    },
    "poisson_cusum": {
        "detector": "poisson_cusum", "watches": "technical_failures",
        "acceptable_per_week": 1.0, "unacceptable_per_week": 3.0,
    },
}  # fmt: skip


def faulty(words, kind):
    """Return results and outcomes with a fault from week 18 on: scores that say nothing, or studies not processed."""
    results, outcomes = words.tables()
    results = results[results["status"] == "processed"].assign(site=SITE)
    day = (words.monday(ONSET - 1)).strftime("%Y-%m-%d")
    late = (results["acquired_at"] >= day).to_numpy()
    rng = np.random.default_rng(6)
    if kind == "ewma":
        score = results["score"].to_numpy(dtype=float).copy()
        score[late] = rng.permutation(score[late])
        return results.assign(score=score), outcomes.assign(site=SITE)
    failed = late & (rng.random(len(results)) < (0.012 if kind == "time_between_events" else 0.04))
    if kind == "poisson_cusum":
        failed |= ~late & (rng.random(len(results)) < 0.008)
    gone = {column: results[column].mask(failed) for column in ("score", "called", "result_at") if column in results}
    return results.assign(status=np.where(failed, "failed", "processed"), **gone), outcomes.assign(site=SITE)


@pytest.fixture(scope="module", params=CHARTS)
def kind(request):
    """Return the detector that the plan names."""
    return request.param


@pytest.fixture(scope="module")
def charted(shelf, ready_url, words, kind):
    """Return a store told week by week of a second site; its first recommendation is declined an hour after it came."""
    url = shelf.new(ready_url)
    ward = words.Ward(stores.open_store(url))
    plan = tomllib.loads(words.plan_toml(sites=[SITE], plan="bleed elsewhere"))
    plan["chart"], plan["trigger"], plan["kpi"] = [CHARTS[kind] | BUDGET], [], []
    plan["budget"] = {"alarms_per_year": 1.0, "recommendations_per_year": 0.1}
    results, outcomes = faulty(words, kind)
    ward.register(site=SITE, at=words.monday(9))
    ward.plan(words.tomli_w.dumps(plan), words.monday(9))
    told = ""
    for week in (9, *range(FIRST, words.WEEKS)):
        now = words.monday(week)
        day = f"{now:%Y-%m-%d}"
        for table, column, minutes in ((results, "acquired_at", 50), (outcomes, "truth_recorded_at", 40)):
            new = table[(table[column] >= told) & (table[column] < day)]
            ward.load(new, now - timedelta(minutes=minutes), name=f"{column} to {day}.csv")
        told = day
        ward.evaluate(now)
        with ward.store.read() as connection:
            found = recommendations.recommendations(connection, 2)
        if len(found) == 1 and found[0].decided_at is None:
            who, later = words.actor(Role.RC_AI), now + timedelta(hours=1)
            stop_use.decline(who, ward.store, found[0].id, reason="A transfer fault.", at=later)
    yield ward.store
    ward.store.close()
    shelf.remove(url)


def test_it_alarms_recommends_and_after_a_decline_asks_again(charted, kind, words):
    with charted.read() as connection:
        raised = alarms.alarms(connection, 2)
        found = sorted(recommendations.recommendations(connection, 2), key=lambda one: one.raised_at)
        kept = read_series(connection, 2)
    first, second = found[:2]
    key = "batch_auroc:ewma" if kind == "ewma" else "technical_failures"

    assert {one.alarm.chart for one in raised} == {key}
    assert (first.declined_by, second.decided_at, second.chart) == ("rc_ai", None, key)
    assert first.raised_at >= words.monday(ONSET)
    assert second.as_of > first.declined_at  # what was judged is not held against the AI twice
    (chart,) = kept.summary["charts"]
    signals = [one for one in chart["signals"] if one["limit"] == "action"]
    assert all(one["onset_low"] <= one["onset"] <= one["onset_high"] for one in signals)
    assert signals[0]["week"] < signals[1]["week"]


def test_a_decline_begins_the_path_again_and_a_fault_that_stays_recommends_again(charted, kind):
    with charted.read() as connection:
        kept = read_series(connection, 2)
        plan = load_plan(plans.plan(connection, kept.newest.plan_id).toml)
        log = read_case_log(connection, register.deployment(connection, 2), plan, kept.newest.seen_by)
    as_of = kept.newest.as_of
    decided, left = (evaluate(plan, one, as_of).charts[0] for one in (log, replace(log, decisions=())))
    first = next(one for one in left.signals if one.limit == "action")
    after = first.week.number - left.first_week + 1

    assert len(log.decisions) == 1
    np.testing.assert_array_equal(decided.statistic[:after], left.statistic[:after])
    assert [sum(one.limit == "action" for one in path.signals) for path in (left, decided)] == [1, 2]
    if kind == "time_between_events":
        # The count began anew at the signal already: the line alone returns to zero, until the next run.
        assert [one.key for one in decided.signals if one.limit == "alarm"] == [
            one.key for one in left.signals if one.limit == "alarm"
        ]
        assert (np.nan_to_num(decided.statistic) <= np.nan_to_num(left.statistic)).all()
    else:
        # A week on, what the path had gathered until the decision is missing from it.
        assert decided.statistic[after] < left.statistic[after]


def test_past_weeks_computed_again_are_what_was_stored_for_them(charted):
    with charted.read() as connection:
        designed = 0
        for as_of, seen_by in sorted({(row.as_of, row.seen_by) for row in series(connection, 2)})[::4]:
            kept = read_series(connection, 2, as_of=as_of, seen_by=seen_by)
            plan = load_plan(plans.plan(connection, kept.newest.plan_id).toml)
            log = read_case_log(connection, register.deployment(connection, 2), plan, seen_by)
            path, chart = evaluate(plan, log, as_of).charts[0], kept.summary["charts"][0]
            assert (chart["key"], chart["waiting"], chart["complete_to"]) == (path.key, path.waiting, path.complete_to)
            wanted = [(s.as_of, s.limit, s.events, s.studies) for s in path.signals]
            assert [(s["as_of"], s["limit"], s["events"], s["studies"]) for s in chart["signals"]] == wanted
            if path.design is not None:
                designed += 1
                assert (chart["design"]["alarm_steps"], chart["design"]["detector"]) == (
                    path.design.alarm_steps, path.design.detector,
                )  # fmt: skip
                np.testing.assert_allclose(kept.lines[chart["key"]].statistic, path.statistic, rtol=0, atol=1e-12)
    assert designed > 2


WORDS = {
    "ewma": (
        "AUROC in batches of 10 positives, moving average", "standard errors of the average",
        "the newest has a share of 20", " standard errors of the average", " batches",
    ),
    "time_between_events": (
        "Time between technical failures", "events in 10,000 studies",
        "It counts studies until 2 failures have happened", "2 failures within ", "",
    ),
    "poisson_cusum": (
        "Technical failures a week", "events", "Its cases are weeks: each that is over", " events", " weeks",
    ),
}  # fmt: skip


def test_the_charts_tab_and_the_budget_say_what_it_counts(charted, kind, actor):
    page = charts(actor(Role.RC_AI), charted, 2)
    (line,) = page.lines
    title, unit, reads, limit, cases = WORDS[kind]

    assert (line.title, line.unit) == (title, unit)
    assert reads in line.design_words
    costs = {name: (alarm, action) for name, alarm, action in line.costs}
    assert all(limit in cell for cell in costs["Limit"])
    assert all(cell.endswith(cases or " studies") for cell in costs["Asked by the budget"])
    assert costs["Chance of a false one within two years"]
    assert any("weeks in half of all cases" in alarm for name, (alarm, _) in costs.items() if name.startswith("Delay"))
    assert line.marks
    assert line.onset_words.startswith("likely onset") or line.onset is None
    told = [one for one in arithmetic(actor(Role.RC_AI), charted, 2).lines if one.chart == title]
    assert [one.tier for one in told] == ["alarm", "stop-use"]
    assert all(one.asked_studies.endswith(cases) for one in told)
