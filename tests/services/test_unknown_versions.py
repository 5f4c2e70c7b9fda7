"""An unknown version reaches a person at once, whatever is registered, planned or evaluated, and its checks name it."""

import tomllib
from datetime import datetime, timedelta

import numpy as np
import pytest

from surveillance.domain.roles import Role
from surveillance.metrics.proportion import wilson
from surveillance.services.quarantine import quarantined
from surveillance.services.this_week import sign_week, this_week
from surveillance.storage.quarantine import quarantine
from surveillance.storage.times import to_micros

NEW = "3.3.0"


def checks(row):
    return {one.name: one for one in row.checks}


def page(ward, actor, at):
    return this_week(actor(Role.RADIOGRAPHER), ward.store, at=at)


def test_overlapping_files_count_a_study_once(ready, words):
    table = words.results(0).assign(version=NEW)
    ready.load(table.head(40), words.monday(0), name="a.csv")
    ready.load(table.tail(len(table) - 20), words.monday(0) + timedelta(hours=1), name="b.csv")

    with ready.store.read() as connection:
        (apart,) = quarantine(connection)
        (before,) = quarantine(connection, to_micros(words.monday(0) + timedelta(minutes=5)))

    assert (apart.cases, before.cases) == (table["case_id"].nunique(), 40)
    assert apart.received_at == to_micros(words.monday(0))
    assert apart.first_at == to_micros(datetime.fromisoformat(table["acquired_at"].min().replace("Z", "+00:00")))


def test_without_product_plan_or_evaluation_it_stands_on_this_week_at_once(bare, actor, words):
    stands_with_owner_and_clock(bare, actor, words)


def test_without_a_deployment_at_the_site_it_stands_on_this_week_at_once(ready, actor, words):
    stands_with_owner_and_clock(ready, actor, words)


def stands_with_owner_and_clock(ward, actor, words):
    at = words.monday(0)
    ward.load(words.results(0).assign(version=NEW, site="Elsewhere"), at)

    seen = page(ward, actor, at + timedelta(hours=1))

    (row,) = seen.quarantined
    assert (row.model, row.version, row.site, row.studies) == (words.MODEL, NEW, "Elsewhere", len(words.results(0)))
    assert (row.owner, row.due_at, row.overdue) == ("The data manager", at + timedelta(hours=24), False)
    assert seen.summary.startswith("**1 needs an answer**")
    assert f"version {NEW} of {words.MODEL}" in seen.summary
    assert page(ward, actor, at + timedelta(hours=25)).quarantined[0].overdue


def test_the_strictest_plan_of_the_product_sets_the_clock(ready, actor, words):
    trigger = tomllib.loads(words.plan_toml())["trigger"]
    strict = [t | ({"answer_within_hours": 4} if t["when"] == "version never seen" else {}) for t in trigger]
    ready.plan(words.plan_toml(plan="strict", sites=["Elsewhere"], trigger=strict))
    ready.load(words.results(0).assign(version=NEW), words.monday(0))

    assert page(ready, actor, words.monday(0)).quarantined[0].due_at == words.monday(0) + timedelta(hours=4)


def test_it_cannot_be_signed_away_with_the_quiet_rows(told, actor, words):
    at = words.monday(words.WEEKS)
    told.register(site="Quietham", at=at)
    told.plan(words.plan_toml(sites=["Quietham"], plan="bleed Quietham", kpi=[]), at)
    told.load(words.results(2).assign(site="Quietham", called="false", status="processed"), at, name="quiet.csv")
    told.load(words.results(3).assign(version=NEW), at, name="new.csv")
    told.evaluate(at)

    sign_week(actor(Role.RADIOGRAPHER), told.store, at=at)

    assert [row.version for row in page(told, actor, at).quarantined] == [NEW]


def test_its_flag_rate_stands_beside_the_registered_versions_with_wilsons_range(told, actor, words):
    at = words.monday(words.WEEKS)
    new = words.results(words.WEEKS - 1).assign(version=NEW)
    told.load(new, at, name="new.csv")

    (row,) = page(told, actor, at).quarantined

    processed = new[new["status"] == "processed"]
    flagged = int((processed["called"].astype(str).str.lower() == "true").sum())
    low, high = wilson(flagged, len(processed))
    said = checks(row)["Flag rate"].words.replace("\u2060", "")
    assert said.startswith(f"{flagged} of {len(processed)} flagged, ")
    assert f"{100 * float(high):.0f})" in said or f"{100 * float(high):.1f})" in said
    assert 0 < float(low) < flagged / len(processed)
    assert f"version {words.VERSION}: " in said
    assert row.beside == f"version {words.VERSION}, its baseline, 3 Mar 2025 to 1 Jun 2025"
    assert row.registered == ((1, words.VERSION, 0.05),)


def test_without_a_baseline_the_last_thirteen_weeks_speak(ready, actor, words):
    for week in range(3):
        ready.load(words.results(week), words.monday(week))
    ready.load(words.results(3).assign(version=NEW), words.monday(3))

    (row,) = page(ready, actor, words.monday(3)).quarantined

    assert row.beside == f"version {words.VERSION}, its last 13 weeks"
    same = sum(len(words.results(week)) for week in range(3))
    assert f" of {same:,} not processed" in checks(row)["Not processed"].words


@pytest.mark.parametrize(
    ("changed", "marked"),
    [
        ({}, set()),
        ({"called": "true"}, {"Flag rate"}),
        ({"score": 0.5}, {"Scores", "Constant"}),
        ({"status": "failed", "called": "", "score": "", "result_at": ""}, {"Not processed"}),
    ],
    ids=["unchanged", "flags all", "one score", "fails"],
)
def test_each_fault_of_an_unknown_version_is_marked_and_no_other(told, actor, words, changed, marked):
    table = words.results(words.WEEKS - 1)
    rows = table if "status" in changed else table[table["status"] == "processed"]
    told.load(rows.assign(version=NEW, **changed), words.monday(words.WEEKS), name="new.csv")

    (row,) = page(told, actor, words.monday(words.WEEKS)).quarantined

    assert {one.name for one in row.checks if one.differs} == marked


def test_a_score_held_on_is_marked_stale(told, actor, words):
    table = words.results(words.WEEKS - 1).sort_values("acquired_at")
    table = table[table["status"] == "processed"].assign(version=NEW)
    table.iloc[20:32, table.columns.get_loc("score")] = table["score"].iloc[20]
    told.load(table, words.monday(words.WEEKS), name="new.csv")

    (row,) = page(told, actor, words.monday(words.WEEKS)).quarantined

    assert "12 studies in a row" in checks(row)["Stale"].words


def test_the_nearest_version_is_the_one_whose_studies_lie_nearest_in_time(ready, actor, words):
    ready.register("2.0.0", at=words.monday(0))
    ready.load(words.results(0).assign(version="2.0.0"), words.monday(0))
    for week in (10, 11):
        ready.load(words.results(week), words.monday(week))
    ready.load(words.results(1).assign(version="2.0.1"), words.monday(12), name="old.csv")
    ready.load(words.results(12).assign(version=NEW), words.monday(12), name="new.csv")

    beside = {row.version: row.beside for row in page(ready, actor, words.monday(12)).quarantined}

    assert beside == {"2.0.1": "version 2.0.0, its last 13 weeks", NEW: f"version {words.VERSION}, its last 13 weeks"}


def test_the_same_state_gives_the_same_words(told, actor, words):
    at = words.monday(words.WEEKS)
    told.load(words.results(5).assign(version=NEW, score=np.round(np.linspace(0, 1, len(words.results(5))), 1)), at)
    reader = actor(Role.PHYSICIST)

    assert quarantined(reader, told.store, at=at) == quarantined(reader, told.store, at=at)


def test_a_version_registered_without_a_plan_is_not_quiet(ready, actor, words):
    ready.load(words.results(0).assign(version=NEW), words.monday(0))
    number = ready.register(NEW, at=words.monday(0))
    ready.evaluate(words.monday(0))

    seen = page(ready, actor, words.monday(0))

    (row,) = [one for one in seen.unsettled if one.head.deployment_id == number]
    assert "nobody judges it" in row.sentence
    assert seen.quarantined == ()
    assert [one.head.deployment_id for one in seen.quiet] == [1]


def test_a_version_with_a_plan_and_studies_waits_for_its_evaluation_and_is_not_quiet(ready, actor, words):
    ready.load(words.results(0), words.monday(0))

    (row,) = page(ready, actor, words.monday(0)).unsettled

    assert "wait for the next evaluation" in row.sentence
