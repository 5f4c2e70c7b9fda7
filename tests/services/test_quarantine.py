"""Studies of a version that nobody registered: kept apart, counted, alarmed, and released by registering it."""

from datetime import timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import AlreadyDecided, NotAllowed
from surveillance.services import alarms, intake
from surveillance.services.this_week import this_week
from surveillance.storage import alarms as kept_alarms
from surveillance.storage.logs import read_cases
from surveillance.storage.quarantine import quarantine
from surveillance.storage.times import EVER, to_micros

NEW = "3.3.0"


@pytest.fixture
def mixed(ready, words):
    """Return a ward in whose third week some studies carry a version that is not registered."""
    for week in range(3):
        table = words.results(week)
        if week == 2:
            table = table.assign(version=[NEW if place < 30 else words.VERSION for place in range(len(table))])
            assert ready.preview(table, words.monday(week)).quarantined == 30
        ready.load(table, words.monday(week))
        ready.evaluate(words.monday(week))
    return ready


def test_they_count_on_this_week_and_in_no_figure(mixed, actor, words):
    page = this_week(actor(Role.RADIOGRAPHER), mixed.store, at=words.monday(2))

    assert [(q.model, q.version, q.site, q.studies) for q in page.quarantined] == [(words.MODEL, NEW, words.SITE, 30)]
    with mixed.store.read() as connection:
        counted = read_cases(connection, 1, EVER)
    assert len(counted) == sum(len(words.results(week)) for week in range(3)) - 30


def test_they_raise_one_alarm_due_within_a_day(mixed, actor, words):
    mixed.load(words.results(3).assign(version=NEW).head(5), words.monday(3), name="more.csv")
    mixed.load(words.results(3).tail(40), words.monday(3))
    mixed.evaluate(words.monday(3))

    listed = [
        c
        for c in alarms.alarms(actor(Role.RADIOGRAPHER), mixed.store, at=words.monday(3))
        if c.kind == "version never seen"
    ]

    assert len(listed) == 1
    assert NEW in listed[0].headline
    assert listed[0].due_at - listed[0].raised_at == timedelta(hours=24)
    assert listed[0].raised_at == words.monday(2)


def test_registering_the_version_releases_them_into_their_own_weeks(mixed, actor, words):
    mixed.plan(words.plan_toml(version_of_model=NEW, plan="bleed 3.3"), words.monday(3))
    number = mixed.register(NEW, at=words.monday(3))

    run = mixed.evaluate(words.monday(3) + timedelta(minutes=1))

    page = this_week(actor(Role.RADIOGRAPHER), mixed.store, at=words.monday(3))
    assert page.quarantined == ()
    with mixed.store.read() as connection:
        released = read_cases(connection, number, EVER)
        assert quarantine(connection) == ()
    assert len(released) == 30
    assert run.weeks == 1
    row = next(r for r in (*page.needy, *page.quiet) if r.head.deployment_id == number)
    assert row.data_to == (words.monday(2) - timedelta(days=1)).date()


def test_the_alarm_outlives_the_release(mixed, words):
    mixed.register(NEW, at=words.monday(3))
    with mixed.store.read() as connection:
        kinds = [one.alarm.kind for one in kept_alarms.alarms(connection)]
    assert kinds == ["version never seen"]


def test_what_was_in_quarantine_at_a_moment_stays_so_for_that_moment(mixed, words):
    with mixed.store.read() as connection:
        before = quarantine(connection, to_micros(words.monday(2)))
    mixed.register(NEW, at=words.monday(3))
    with mixed.store.read() as connection:
        assert quarantine(connection, to_micros(words.monday(2))) == before


def test_a_version_without_a_plan_is_named_and_not_judged(mixed, words):
    mixed.register(NEW, at=words.monday(3))

    run = mixed.evaluate(words.monday(3) + timedelta(minutes=1))

    assert run.without_plan == (f"{words.MODEL} · {words.SITE}",)
    assert "Without a surveillance plan, so not judged" in run.sentence


def test_a_version_at_a_site_is_registered_once(mixed, words):
    with pytest.raises(AlreadyDecided, match="registered already"):
        mixed.register(at=words.monday(3))


@pytest.mark.parametrize(("version", "site"), [("", "Millford"), ("  ", "Millford"), ("3.3.0", "")])
def test_a_version_without_a_name_is_not_registered(ready, version, site):
    with pytest.raises(NotAllowed, match="exact version and the site"):
        ready.register(version, site)


def test_the_studies_of_another_site_stand_apart_from_this_one(ready, words):
    table = words.results(0).assign(
        site=["Elsewhere" if place < 12 else words.SITE for place in range(len(words.results(0)))]
    )
    ready.load(table, words.monday(0))
    ready.register(site="Elsewhere", at=words.monday(0))

    with ready.store.read() as connection:
        sizes = [len(read_cases(connection, number, EVER)) for number in (1, 2)]
    assert sizes == [len(table) - 12, 12]


def test_a_version_with_orders_and_no_result_is_nothing_to_compare_with(bare, actor, words):
    bare.register()
    bare.load(words.results(1).assign(version="v" + words.VERSION), words.monday(1))
    orders = words.results(1)[["case_id", "site", "acquired_at"]]
    manager = actor(Role.DATA_MANAGER)
    told = intake.preview(manager, bare.store, words.csv(orders), "o.csv", "canonical-orders", at=words.monday(1))
    intake.commit(manager, bare.store, told, choice="keep", at=words.monday(1))

    page = this_week(manager, bare.store, at=words.monday(1) + timedelta(hours=1))

    assert [(one.version, one.studies) for one in page.quarantined] == [("v" + words.VERSION, len(words.results(1)))]
