"""Plain facts that need an answer without any statistics, in a live store judged to the present."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.services import alarms
from surveillance.storage.batches import batches


@pytest.fixture
def live(shelf, words) -> Iterator[object]:
    """Return a live ward with product and plan and three weeks of studies."""
    url = shelf.new()
    ward = words.Ward(words.staffed(url, kind="live"))
    ward.plan(words.plan_toml(effective_from=words.FIRST_MONDAY))
    ward.register()
    for week in range(3):
        ward.load(words.results(week), words.monday(week))
        if len(known := words.outcomes(week)):
            ward.load(known, words.monday(week))
        ward.evaluate(words.monday(week))
    yield ward
    ward.store.close()
    shelf.remove(url)


def facts(ward, actor, at):
    cards = alarms.alarms(actor(Role.RADIOGRAPHER), ward.store, at=at)
    return [card for card in cards if card.kind != "chart"]


def test_the_files_of_a_live_store_are_not_called_synthetic(live):
    with live.store.read() as connection:
        assert not any(kept.synthetic for kept in batches(connection))


def test_a_week_without_a_log_is_noticed_on_the_monday_after(live, actor, words):
    assert facts(live, actor, words.monday(2)) == []

    run = live.evaluate(words.monday(3))

    (card,) = facts(live, actor, words.monday(3))
    assert run.weeks == 1
    assert card.kind == "log missing"
    assert "no study of week 13; about 100 were expected" in card.headline
    assert card.due_at - card.raised_at == timedelta(hours=24)


def test_a_log_that_comes_late_restates_its_week_and_the_alarm_stays(live, actor, words):
    live.evaluate(words.monday(3))
    live.load(words.results(3), words.monday(4))

    run = live.evaluate(words.monday(4))

    assert run.restated_from
    kinds = [card.kind for card in facts(live, actor, words.monday(4))]
    assert "log missing" in kinds


def test_outcomes_that_do_not_come_are_called_overdue_once_a_week(live, actor, words):
    for week in range(3, 14):
        live.load(words.results(week), words.monday(week))
        live.evaluate(words.monday(week))

    overdue = [card for card in facts(live, actor, words.monday(13)) if card.kind == "outcomes overdue"]

    assert overdue
    headlines = [line for card in overdue for line in (card.headline, *card.signals)]
    assert all("overdue: " in line and "expected" in line for line in headlines)
    assert len(set(headlines)) == len(headlines)
    assert not any("stop-use" in line for line in headlines)


def test_a_quiet_summer_of_a_live_store_is_one_alarm_that_its_log_is_missing(live, actor, words):
    run = live.evaluate(words.monday(8))
    assert run.weeks == 6
    headlines = {line for card in facts(live, actor, words.monday(8)) for line in (card.headline, *card.signals)}
    assert sum("holds no study" in line for line in headlines) == 1


def test_a_live_deployment_that_never_sent_a_log_is_noticed(shelf, words, actor):
    url = shelf.new()
    ward = words.Ward(words.staffed(url, kind="live"))
    ward.plan(words.plan_toml(effective_from=words.FIRST_MONDAY))
    ward.register()

    ward.evaluate(words.monday(2))

    (card,) = facts(ward, actor, words.monday(2))
    assert card.kind == "log missing"
    assert "holds no study" in card.headline
    ward.store.close()
    shelf.remove(url)
