"""What an alarm says of the files it was raised from: withdrawn, loaded again, or held by another file all along."""

from datetime import timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.domain.weeks import Week
from surveillance.services import alarms, exports, stop_use, withdrawals
from surveillance.services.deployments import head
from surveillance.services.signals import week_of_label
from surveillance.storage import alarms as stored_alarms
from surveillance.storage import batches, recommendations

REASON = "The export was of another hospital."


@pytest.fixture
def manager(actor):
    return actor(Role.DATA_MANAGER)


def load_weeks(ward, words, weeks):
    return {week: ward.load(words.results(week), words.monday(week), name=f"{week}.csv").batch_id for week in weeks}


def test_alarms_raised_from_a_withdrawn_file_stay_and_say_so(told, words, manager, actor):
    at = words.monday(words.WEEKS)
    cards = alarms.alarms(manager, told.store, at=at, open_only=False)
    assert not any(card.rests_on for card in cards)
    with told.store.read() as connection:
        (kept,) = recommendations.recommendations(connection)
        raised = next(r for r in stored_alarms.alarms(connection, 1) if r.alarm.signal_key == kept.signal_key)
        week = week_of_label(raised.alarm.week).number - Week.of(words.FIRST_MONDAY).number
        name = f"canonical-{words.monday(week):%Y-%m-%d}.csv"
        number = next(one.id for one in batches.batches(connection) if one.file_name == name)
    before = withdrawals.preview_withdrawal(manager, told.store, number)
    assert before.alarms

    withdrawals.withdraw(manager, told.store, number, REASON, at=at)
    told.evaluate(at)

    after = alarms.alarms(manager, told.store, at=at, open_only=False)
    marked = {number for card in after if card.rests_on for number in card.alarm_ids}
    assert {number for number, _ in before.alarms} <= marked
    assert {card.alarm_id for card in cards} <= {number for card in after for number in card.alarm_ids}
    (page,) = (one for one in stop_use.stop_uses(manager, told.store, at=at) if one.recommendation_id == kept.id)
    assert page.rests_on
    assert REASON.rstrip(".") in page.rests_on[0]
    columns, rows = exports.alarms(manager, told.store)
    said = {row[0]: row[columns.index("rests_on_withdrawn")] for row in rows}
    assert {n for n, words_ in said.items() if words_} >= {number for number, _ in before.alarms}
    columns, rows = exports.recommendations(manager, told.store)
    assert any(row[columns.index("rests_on_withdrawn")] for row in rows)

    told.load(words.results(week), at + timedelta(days=1), name="again.csv")
    again = alarms.alarms(manager, told.store, at=at, open_only=False)
    assert marked == {number for card in again if card.rests_on for number in card.alarm_ids}
    assert all("loaded again since and count again" in mark for card in again for mark in card.rests_on)
    (page,) = (one for one in stop_use.stop_uses(manager, told.store, at=at) if one.recommendation_id == kept.id)
    assert page.rests_on[0].startswith("Rests on withdrawn data: ")
    assert head(manager, told.store, 1, at=at).awaiting == ()


def test_an_alarm_whose_rows_another_file_holds_too_does_not_rest_on_withdrawn_data_alone(told, words, manager):
    at = words.monday(words.WEEKS)
    with told.store.read() as connection:
        (kept,) = recommendations.recommendations(connection)
        raised = next(r for r in stored_alarms.alarms(connection, 1) if r.alarm.signal_key == kept.signal_key)
    week = week_of_label(raised.alarm.week).number - Week.of(words.FIRST_MONDAY).number
    with told.store.read() as connection:
        name = f"canonical-{words.monday(week):%Y-%m-%d}.csv"
        number = next(one.id for one in batches.batches(connection) if one.file_name == name)
    half = words.results(week).head(len(words.results(week)) // 2)

    told.load(words.results(week).iloc[::-1], at, name="whole.csv")
    assert raised.id not in {alarm for alarm, _ in withdrawals.preview_withdrawal(manager, told.store, number).alarms}
    withdrawals.withdraw(manager, told.store, number, REASON, at=at + timedelta(minutes=1))
    (page,) = (one for one in stop_use.stop_uses(manager, told.store, at=at) if one.recommendation_id == kept.id)
    assert page.rests_on[0].startswith("Not on withdrawn data alone: ")
    assert f"{len(words.results(week))} are in another file too and go on counting" in page.rests_on[0]

    with told.store.read() as connection:
        second = next(one.id for one in batches.batches(connection) if one.file_name == "whole.csv")
    withdrawals.withdraw(manager, told.store, second, REASON, at=at + timedelta(minutes=2))
    told.load(half, at + timedelta(minutes=3), name="half.csv")
    (page,) = (one for one in stop_use.stop_uses(manager, told.store, at=at) if one.recommendation_id == kept.id)
    assert page.rests_on[0].startswith("Rests on withdrawn data: ")
    assert f"{len(half)} were loaded again since" in " ".join(page.rests_on)


def test_that_an_unknown_version_was_seen_rests_on_the_file_that_named_it(ready, words, manager):
    load_weeks(ready, words, range(3))
    strange = words.results(2).head(7).assign(version="9.9")
    number = ready.load(strange, words.monday(2) + timedelta(minutes=1), name="strange.csv").batch_id
    ready.evaluate(words.monday(3))
    (card,) = (one for one in alarms.alarms(manager, ready.store, at=words.monday(3)) if "9.9" in one.headline)
    assert card.rests_on == ()

    withdrawals.withdraw(manager, ready.store, number, REASON, at=words.monday(3) + timedelta(minutes=1))
    (card,) = (
        o for o in alarms.alarms(manager, ready.store, at=words.monday(3), open_only=False) if "9.9" in o.headline
    )
    assert "7 of its rows carry that version." in card.rests_on[0]

    ready.load(strange.head(5), words.monday(3) + timedelta(minutes=2), name="again.csv")
    (card,) = (
        o for o in alarms.alarms(manager, ready.store, at=words.monday(3), open_only=False) if "9.9" in o.headline
    )
    assert "5 were loaded again since and count again" in card.rests_on[0]
