"""A signed name taken back gives the points of a store where it was never signed; what was known before stays."""

from datetime import timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import AlreadyDecided, NotAllowed
from surveillance.services import exports, stores
from surveillance.services.alarms import alarms
from surveillance.services.name_withdrawals import preview_name_withdrawal, withdraw_name
from surveillance.services.register_record import on_record
from surveillance.services.this_week import this_week
from surveillance.services.version_aliases import sign_alias
from surveillance.storage.audit_trail import events
from surveillance.storage.logs import read_cases
from surveillance.storage.times import to_micros

SPELLING, WEEKS, NAMED_FROM = "v3.2.1", 8, 5
REASON = "The vendor says it is another version."


def told_with(ward, words, *, weeks=WEEKS):
    """Tell some weeks; from the sixth on the files write the version another way."""
    for week in range(weeks):
        table = words.results(week)
        ward.load(table.assign(version=SPELLING) if week >= NAMED_FROM else table, words.monday(week))
        if len(recorded := words.outcomes(week)):
            ward.load(recorded, words.monday(week))
        ward.evaluate(words.monday(week))


def figures(ward, actor):
    """Return every figure of every week but how it came about."""
    columns, rows = exports.points(actor(Role.RC_AI), ward.store)
    left_out = {columns.index("restated"), columns.index("as_of")}
    return [tuple(cell for place, cell in enumerate(row) if place not in left_out) for row in rows]


def signed(ward, actor, words):
    sign_alias(actor(Role.DATA_MANAGER), ward.store, 1, SPELLING, at=words.monday(WEEKS))
    ward.evaluate(words.monday(WEEKS) + timedelta(minutes=1))


def test_points_are_those_of_a_store_where_it_was_never_signed(ready, shelf, ready_url, actor, words):
    told_with(ready, words)
    never = words.Ward(stores.open_store(shelf.new(ready_url)))
    told_with(never, words)
    signed(ready, actor, words)
    known = to_micros(words.monday(WEEKS) + timedelta(minutes=1))
    with ready.store.read() as connection:
        seen = read_cases(connection, 1, known)

    said = withdraw_name(actor(Role.RC_AI), ready.store, 1, REASON, at=words.monday(WEEKS) + timedelta(hours=1))
    run = ready.evaluate(words.monday(WEEKS) + timedelta(hours=2))

    studies = sum(len(words.results(week)) for week in range(NAMED_FROM, WEEKS))
    assert f"{studies:,} studies wait again" in said
    assert run.restated_from
    assert _near(figures(ready, actor), figures(never, actor))
    with ready.store.read() as connection:
        assert read_cases(connection, 1, known).equals(seen)
    (waits,) = this_week(actor(Role.RC_AI), ready.store, at=words.monday(WEEKS) + timedelta(hours=2)).quarantined
    assert (waits.version, waits.studies) == (SPELLING, studies)
    never.store.close()


def _near(one, other):
    return len(one) == len(other) and all(
        a == pytest.approx(b, abs=1e-12) if isinstance(a, float) and isinstance(b, float) else a == b
        for left, right in zip(one, other, strict=True)
        for a, b in zip(left, right, strict=True)
    )


def test_the_consequence_is_said_first_with_studies_and_weeks(ready, actor, words):
    told_with(ready, words)
    signed(ready, actor, words)

    preview = preview_name_withdrawal(actor(Role.RC_AI), ready.store, 1)

    studies = sum(len(words.results(week)) for week in range(NAMED_FROM, WEEKS))
    assert preview.sentences[0].startswith(f"{studies:,} studies go back to the unknown versions")
    assert "judged again at the next evaluation" in preview.sentences[1]
    assert preview.sentences[-1] == "What was known on any earlier day stays as it was."


def test_it_is_taken_back_by_name_with_a_reason_and_once(ready, actor, words):
    ready.load(words.results(0).assign(version=SPELLING), words.monday(0))
    sign_alias(actor(Role.RC_AI), ready.store, 1, SPELLING, at=words.monday(0))
    with pytest.raises(NotAllowed, match="Say in a sentence why"):
        withdraw_name(actor(Role.RC_AI), ready.store, 1, "wrong", at=words.monday(0))

    withdraw_name(actor(Role.RC_AI), ready.store, 1, REASON, at=words.monday(0))

    with ready.store.read() as connection:
        (entry,) = events(connection, newest=1)
    assert (entry.actor, entry.action) == ("rc_ai", "take back a signed name of a version")
    assert (entry.payload["alias"], entry.payload["reason"]) == (SPELLING, REASON)
    with pytest.raises(AlreadyDecided, match="taken back by rc_ai already"):
        withdraw_name(actor(Role.RC_AI), ready.store, 1, REASON, at=words.monday(0))


def test_a_name_taken_back_may_be_signed_anew_or_for_another_version(ready, actor, words):
    ready.load(words.results(0).assign(version=SPELLING), words.monday(0))
    other = ready.register("3.3.0", at=words.monday(0))
    for _ in range(2):
        sign_alias(actor(Role.RC_AI), ready.store, 1, SPELLING, at=words.monday(0))
        withdraw_name(actor(Role.RC_AI), ready.store, 1, REASON, at=words.monday(0))

    sign_alias(actor(Role.RC_AI), ready.store, other, SPELLING, at=words.monday(0))

    standing = [one.what for one in on_record(actor(Role.RC_AI), ready.store) if one.alias_id is not None]
    assert standing == [f"{SPELLING} is 3.3.0 at Millford"]


def test_under_a_clock_set_back_it_counts_until_after_what_was_judged(ready, actor, words):
    ready.load(words.results(0).assign(version=SPELLING), words.monday(0))
    sign_alias(actor(Role.RC_AI), ready.store, 1, SPELLING, at=words.monday(0))
    ready.evaluate(words.monday(1))
    judged = to_micros(words.monday(1))
    with ready.store.read() as connection:
        before = read_cases(connection, 1, judged)

    withdraw_name(actor(Role.RC_AI), ready.store, 1, REASON, at=words.monday(0))

    with ready.store.read() as connection:
        assert len(before)
        assert read_cases(connection, 1, judged).equals(before)
        assert len(read_cases(connection, 1, judged + 1)) == 0
    assert ready.evaluate(words.monday(1)).restated_from


def test_alarms_that_rest_on_it_stay_and_say_so(ready, actor, words):
    weeks = words.ONSET + 9
    for week in range(weeks):
        table = words.results(week)
        ready.load(table.assign(version=SPELLING) if week >= words.ONSET else table, words.monday(week))
        if len(recorded := words.outcomes(week)):
            ready.load(recorded, words.monday(week))
    sign_alias(actor(Role.RC_AI), ready.store, 1, SPELLING, at=words.monday(weeks))
    ready.evaluate(words.monday(weeks))
    before = {one.alarm_id: one.rests_on for one in alarms(actor(Role.RC_AI), ready.store, at=words.monday(weeks))}
    assert before
    assert not any(before.values())
    assert (
        preview_name_withdrawal(actor(Role.RC_AI), ready.store, 1).sentences[2].endswith("“rests on withdrawn data”.")
    )

    withdraw_name(actor(Role.RC_AI), ready.store, 1, REASON, at=words.monday(weeks))

    after = {one.alarm_id: one.rests_on for one in alarms(actor(Role.RC_AI), ready.store, at=words.monday(weeks))}
    assert set(after) == set(before)
    told = f"Rests on withdrawn data: that {SPELLING} is version 3.2.1 was taken back on"
    assert any(line.startswith(told) for lines in after.values() for line in lines)
