"""A second version of a plan: it governs from its day on, and what was judged by the first stays readable."""

from datetime import UTC, date, datetime, timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import AlreadyDecided, InvalidPlan
from surveillance.services import alarms, charts, exports, performance, plans
from surveillance.services.due_weeks import due_weeks
from surveillance.services.store_clock import moment_seen
from surveillance.services.stored_series import read_series
from surveillance.services.this_week import this_week
from surveillance.storage import register
from surveillance.storage.evaluations import series

FEWER = (
    {"detector": "bernoulli_cusum", "watches": "technical_failures", "acceptable": 0.03, "unacceptable": 0.08,
     "share_of_budget": {"alarm": 0.5, "action": 0.5}, "may_recommend_stop": True},
)  # fmt: skip


def second(words, **changes):
    """Return version 2 with other windows and fewer charts."""
    kpi = [{"metric": "specificity", "window": 8, "threshold": 0.9, "better": "higher"}]
    fewer = {"windows": {"weeks": [2, 8]}, "chart": list(FEWER), "trigger": [], "kpi": kpi}
    return words.plan_toml(version=2, **(fewer | changes))


@pytest.fixture
def later(words):
    """Return a moment after everything the told ward was told."""
    return words.monday(words.WEEKS)


@pytest.fixture
def judged(ready, words):
    """Return a ward with four weeks judged by version 1."""
    for week in range(4):
        ready.load(words.results(week), words.monday(week))
        ready.evaluate(words.monday(week))
    return ready


def test_the_next_week_is_judged_by_the_version_in_force(judged, actor, words):
    judged.plan(second(words), words.monday(4))
    assert judged.evaluate(words.monday(4)).weeks <= 1
    judged.load(words.results(4), words.monday(4))
    judged.load(words.results(5), words.monday(5))
    judged.evaluate(words.monday(5))

    with judged.store.read() as connection:
        kept = read_series(connection, 1)
    assert (kept.plan.version, kept.points.windows) == (2, (2, 8))
    assert [chart["key"] for chart in kept.summary["charts"]] == ["technical_failures"]
    reader = actor(Role.PHYSICIST)
    assert performance.performance(reader, judged.store, 1, 13).window == 8
    assert len(charts.charts(reader, judged.store, 1).lines) == 1
    assert exports.points(reader, judged.store)[1]
    page = this_week(reader, judged.store, at=words.monday(5))
    assert len((*page.quiet, *page.unsettled, *page.needy)) == 1


def test_a_version_that_is_not_yet_in_force_governs_nothing_yet(judged, words):
    judged.plan(second(words, effective_from=date(2026, 1, 5)), words.monday(4))
    judged.load(words.results(4), words.monday(4))
    judged.evaluate(words.monday(4))

    with judged.store.read() as connection:
        assert read_series(connection, 1).plan.version == 1


def test_the_past_stays_as_the_first_version_judged_it(judged, words):
    with judged.store.read() as connection:
        before = read_series(connection, 1)
    judged.plan(second(words), words.monday(4))
    judged.load(words.results(4), words.monday(4))
    judged.evaluate(words.monday(5))

    with judged.store.read() as connection:
        again = read_series(connection, 1, as_of=before.newest.as_of)
    assert again.plan == before.plan
    assert again.summary == before.summary
    assert again.points.value.tobytes() == before.points.value.tobytes()


def test_a_version_that_was_kept_is_never_changed(judged, words, actor):
    with pytest.raises(AlreadyDecided, match="raise its version"):
        judged.plan(words.plan_toml(pathway="Another"), words.monday(4))
    assert [kept.version for kept in plans.plans_kept(actor(Role.RC_AI), judged.store)] == [1]


def test_a_plan_of_another_version_of_the_product_governs_nothing_here(bare, words):
    bare.register()
    bare.plan(words.plan_toml(version_of_model="9.9"))
    bare.load(words.results(0), words.monday(0))
    run = bare.evaluate(words.monday(0))
    assert run.without_plan == ("NeuroFlag · Millford",)
    assert run.weeks == 0


def test_an_invalid_plan_is_refused_with_its_field_and_nothing_is_kept(bare, words, actor):
    wrong = {"when": "action limit crossed", "on": ["missed_positives"], "then": "recommend stop-use"}
    refused = second(words, trigger=[wrong | {"answer_within_hours": 4}])
    with pytest.raises(InvalidPlan, match="trigger: no chart in this plan watches 'missed_positives'"):
        bare.plan(refused)
    assert plans.plans_kept(actor(Role.RC_AI), bare.store) == ()


def test_weeks_before_a_version_keep_the_version_that_judged_them_and_no_alarm_is_said_to_be_gone(
    told, actor, words, later
):
    def restated():
        cards = alarms.alarms(actor(Role.PHYSICIST), told.store, at=later, open_only=False)
        return [event for card in cards for event in card.history if event[3] == "restated"]

    with told.store.read() as connection:
        before = {row.as_of: row.plan_id for row in series(connection, 1)}
    assert restated() == []
    toml = words.plan_toml(version=2, effective_from=(later + timedelta(days=7)).date())
    told.plan(toml, later + timedelta(minutes=1))
    corrected = words.outcomes(2).head(1)
    told.load(corrected.assign(truth="indeterminate"), later + timedelta(minutes=2))

    told.evaluate(later + timedelta(minutes=3))

    with told.store.read() as connection:
        after = {row.as_of: row.plan_id for row in series(connection, 1)}
    assert {as_of: after[as_of] for as_of in before} == before
    assert restated() == []


def test_a_version_that_takes_effect_on_a_monday_leaves_the_week_just_over_to_the_one_before(ready, words):
    """Its charts begin with its own week; the first version must still say what its last week showed."""
    for week in range(6):
        ready.load(words.results(week), words.monday(week))
    ready.plan(second(words, effective_from=words.monday(3).date()), words.monday(3))

    with ready.store.read() as connection:
        known = register.deployment(connection, 1)
        seen_by = moment_seen(connection, words.monday(5))
        due = due_weeks(connection, "demo", known, seen_by, now=words.monday(5), as_of=None)

    first, then = due.parts
    assert (first.plan.version, then.plan.version) == (1, 2)
    assert first.weeks[-1].end("UTC") == datetime(2025, 3, 31, tzinfo=UTC)
    assert then.weeks[0].number == first.weeks[-1].number + 1


def test_weeks_before_the_only_version_takes_effect_are_judged_in_one_go_with_those_after(ready, words):
    """Its fourth week is the first in which it is in force; before that there is no other to judge by."""
    for week in range(6):
        ready.load(words.results(week), words.monday(week))

    with ready.store.read() as connection:
        known = register.deployment(connection, 1)
        seen_by = moment_seen(connection, words.monday(5))
        due = due_weeks(connection, "demo", known, seen_by, now=words.monday(5), as_of=None)

    assert [part.weeks for part in due.parts] == [due.weeks]
    assert len(due.weeks) == 6
