"""Withdrawing a file: first and last weeks, the only file, what is told before, and what rests on it after."""

from datetime import timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.domain.weeks import Week
from surveillance.errors import AlreadyDecided, NotAllowed, StoreUnusable
from surveillance.services import alarms, exports, stop_use, withdrawals
from surveillance.services.deployments import head
from surveillance.services.signals import week_of_label
from surveillance.services.store_clock import moment_seen, refuse_overtaken, seen_now
from surveillance.services.stored_series import read_series
from surveillance.services.this_week import this_week
from surveillance.storage import alarms as stored_alarms
from surveillance.storage import audit_trail, batches, recommendations
from surveillance.storage.logs import read_cases

REASON = "The export was of another hospital."


@pytest.fixture
def manager(actor):
    return actor(Role.DATA_MANAGER)


def load_weeks(ward, words, weeks):
    return {week: ward.load(words.results(week), words.monday(week), name=f"{week}.csv").batch_id for week in weeks}


def points(ward, actor):
    return exports.points(actor, ward.store)


@pytest.mark.parametrize("gone", [0, 1, 3])
def test_the_first_a_middle_and_the_last_week_go_and_come_back(ready, beside, words, manager, gone):
    at = words.monday(9)
    numbers = load_weeks(ready, words, range(4))
    ready.evaluate(at)
    before = points(ready, manager)

    withdrawals.withdraw(manager, ready.store, numbers[gone], REASON, at=at)
    ready.evaluate(at)
    never = beside()
    load_weeks(never, words, [week for week in range(4) if week != gone])
    never.evaluate(at)
    assert points(ready, manager) == points(never, manager)

    load_weeks(ready, words, [gone])
    ready.evaluate(at)
    assert points(ready, manager) == before
    assert ready.evaluate(at).weeks == 0


@pytest.mark.parametrize("kind", ["demo", "live"])
def test_the_only_file_withdrawn_leaves_what_a_store_without_files_says(shelf, words, manager, kind):
    wards = []
    for _ in range(2):
        ward = words.Ward(words.staffed(shelf.new(), kind))
        ward.plan(words.plan_toml())
        ward.register()
        wards.append(ward)
    held, never = wards
    at = words.monday(7)
    held.evaluate(at - timedelta(weeks=1))
    never.evaluate(at - timedelta(weeks=1))
    number = held.load(words.results(5), at, name="5.csv").batch_id
    held.evaluate(at)
    assert len(points(held, manager)[1]) > 0
    withdrawals.withdraw(manager, held.store, number, REASON, at=at)
    held.evaluate(at)
    never.evaluate(at)

    assert points(held, manager) == points(never, manager)
    assert held.evaluate(at).weeks == 0
    row = this_week(manager, held.store, at=at)
    assert [one.head.title for one in (*row.quiet, *row.unsettled, *row.needy)]
    for ward in wards:
        ward.store.close()


def test_a_withdrawal_counts_from_a_moment_after_all_that_was_judged_whatever_the_clock_says(ready, words, manager):
    number = load_weeks(ready, words, [0])[0]
    late = words.monday(30)
    ready.evaluate(late)
    early = words.monday(1)  # the clock was set back
    withdrawals.withdraw(manager, ready.store, number, REASON, at=early)

    with ready.store.read() as connection:
        kept = batches.batch_of(connection, number)
        seen = moment_seen(connection, early)
        assert kept.withdrawn_at > kept.received_at
        assert len(read_cases(connection, 1, kept.withdrawn_at - 1)) == len(words.results(0))
        assert len(read_cases(connection, 1, seen)) == 0
        assert read_series(connection, 1, seen_by=kept.withdrawn_at - 1).points.weeks == 1
    ready.evaluate(early)
    assert points(ready, manager)[1] == []


def test_an_evaluation_under_way_is_refused_where_a_file_was_withdrawn_meanwhile(ready, words, manager):
    number = load_weeks(ready, words, [0])[0]
    with ready.store.read() as connection:
        seen = seen_now(connection)
    withdrawals.withdraw(manager, ready.store, number, REASON, at=words.monday(1))
    with ready.store.read() as connection, pytest.raises(StoreUnusable, match="withdrawn"):
        refuse_overtaken(connection, 1, "NeuroFlag", seen)


@pytest.mark.parametrize("reason", ["", "  ", "wrong file"])
def test_a_withdrawal_needs_a_sentence(ready, words, manager, reason):
    number = load_weeks(ready, words, [0])[0]
    with pytest.raises(NotAllowed, match="sentence"):
        withdrawals.withdraw(manager, ready.store, number, reason, at=words.monday(1))


def test_a_withdrawal_is_one_event_with_one_entry_and_happens_once(ready, words, manager):
    number = load_weeks(ready, words, [0])[0]
    withdrawals.withdraw(manager, ready.store, number, REASON, at=words.monday(1))
    with ready.store.read() as connection:
        (entry,) = audit_trail.events(connection, newest=1)
    assert (entry.actor, entry.action) == ("data_manager", "withdraw a loaded file")
    told = [entry.payload[name] for name in ("batch", "reason", "rows")]
    assert told == [number, REASON, len(words.results(0))]
    with pytest.raises(AlreadyDecided):
        withdrawals.withdraw(manager, ready.store, number, REASON, at=words.monday(2))
    with pytest.raises(AlreadyDecided):
        withdrawals.preview_withdrawal(manager, ready.store, number)


def test_what_it_will_touch_is_told_before(ready, words, manager):
    load_weeks(ready, words, [0, 1])
    double = ready.load(words.results(1).head(30), words.monday(2), name="double.csv").batch_id
    told = withdrawals.preview_withdrawal(manager, ready.store, double)
    (one,) = told.touched
    assert (one.rows, one.alone, told.rows) == (30, 0, 30)
    assert "30 of them are in another file too and go on counting" in " ".join(told.sentences)
    assert "judged again" not in " ".join(told.sentences)
    strange = words.results(2).head(7).assign(version="9.9")
    number = ready.load(strange, words.monday(3), name="strange.csv").batch_id
    told = withdrawals.preview_withdrawal(manager, ready.store, number)
    assert "7 rows of it are of no AI version that is registered" in told.elsewhere


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
    assert not any(card.rests_on for card in alarms.alarms(manager, told.store, at=at, open_only=False))
    assert head(manager, told.store, 1, at=at).awaiting == ()
