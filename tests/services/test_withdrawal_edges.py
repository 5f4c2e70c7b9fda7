"""Withdrawing a file: first and last weeks, the only file, what is told before, and what rests on it after."""

from datetime import timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import AlreadyDecided, NotAllowed, StoreUnusable
from surveillance.services import exports, withdrawals
from surveillance.services.store_clock import moment_seen, refuse_overtaken, seen_now
from surveillance.services.stored_series import read_series
from surveillance.services.this_week import this_week
from surveillance.storage import audit_trail, batches
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
