"""Alarms: raised once, in episodes, with a clock from the plan, and answered once by a named person with a reason."""

from datetime import timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import AlreadyDecided, NotAllowed, NotFound
from surveillance.services import alarms
from surveillance.services.signals import week_of_label
from surveillance.storage import alarms as kept_alarms
from surveillance.storage.audit_trail import events


@pytest.fixture
def later(words):
    """Return a moment after everything the told ward was told."""
    return words.monday(words.WEEKS)


def waiting(ward, actor, later):
    return [card for card in alarms.alarms(actor(Role.RADIOGRAPHER), ward.store, at=later) if card.state == "raised"]


def test_an_answer_keeps_name_role_reason_and_time_in_alarm_and_trail(told, actor, later):
    card = waiting(told, actor, later)[0]

    answered = alarms.acknowledge(actor(Role.SAFETY_OFFICER), told.store, card.alarm_id, reason=" seen ", at=later)

    assert answered.state == "acknowledged"
    assert answered.history[-1] == (
        later,
        "The clinical safety officer",
        "clinical safety officer",
        "acknowledged",
        "seen",
    )
    with told.store.read() as connection:
        (entry,) = events(connection, newest=1)
        kept = [kept_alarms.alarm(connection, number) for number in card.alarm_ids]
    assert (entry.actor, entry.action, entry.at) == ("safety_officer", "answer an alarm", later)
    assert entry.payload["reason"] == "seen"
    assert set(entry.payload["alarms"]) == set(card.alarm_ids)
    assert {one.state for one in kept} == {"acknowledged"}


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_an_answer_without_a_reason_is_refused(told, actor, later, reason):
    card = waiting(told, actor, later)[0]

    with pytest.raises(NotAllowed, match="why"):
        alarms.acknowledge(actor(Role.RC_AI), told.store, card.alarm_id, reason=reason, at=later)

    assert waiting(told, actor, later)[0] == card


def test_a_second_answer_is_refused_and_names_who_gave_the_first(told, actor, later):
    card = waiting(told, actor, later)[0]
    alarms.acknowledge(actor(Role.RC_AI), told.store, card.alarm_id, reason="looked into", at=later)
    with told.store.write(actor="data_manager", role="data_manager", action="restate", at=later) as unit:
        told_by = {"by": "data_manager", "role": "data_manager", "event": "restated", "reason": "late data"}
        kept_alarms.add_event(unit.connection, card.alarm_id, at=later, **told_by)
        unit.record({"alarm": card.alarm_id})
    before = alarms.alarms(actor(Role.RC_AI), told.store, at=later)

    with pytest.raises(AlreadyDecided, match=r"The radiologist \(RC-AI\) has answered"):
        alarms.acknowledge(actor(Role.DEPUTY), told.store, card.alarm_id, reason="me too", at=later)

    assert alarms.alarms(actor(Role.RC_AI), told.store, at=later) == before


def test_an_alarm_that_is_not_there_is_said_to_be_missing(told, actor, later):
    with pytest.raises(NotFound, match="999"):
        alarms.acknowledge(actor(Role.RC_AI), told.store, 999, reason="seen", at=later)


def test_an_action_alarm_is_due_when_the_plan_says(read_only):
    with read_only.store.read() as connection:
        action = [a.alarm for a in kept_alarms.alarms(connection) if a.alarm.limit_name == "action"]
    assert action
    for alarm in action:
        assert alarm.due_at - alarm.raised_at == timedelta(hours=48)
        assert alarm.owner_role == "rc_ai"


def test_an_alarm_past_its_time_is_overdue_until_it_is_answered(told, actor, later):
    card = waiting(told, actor, later)[0]
    before, after = card.due_at - timedelta(minutes=1), card.due_at + timedelta(minutes=1)

    assert [c.overdue for c in waiting(told, actor, before) if c.alarm_id == card.alarm_id] == [False]
    assert [c.overdue for c in waiting(told, actor, after) if c.alarm_id == card.alarm_id] == [True]
    answered = alarms.acknowledge(actor(Role.RC_AI), told.store, card.alarm_id, reason="seen", at=after)
    assert not answered.overdue


def test_alarms_share_an_episode_where_their_weeks_intersect(read_only):
    with read_only.store.read() as connection:
        kept = sorted(kept_alarms.alarms(connection, 1), key=lambda one: one.id)
    spans = [(week_of_label(one.alarm.onset).number, week_of_label(one.alarm.week).number) for one in kept]
    assert len(kept) > 1
    for place, (onset, signal) in enumerate(spans):
        for other in range(place):
            if spans[other][0] <= signal and onset <= spans[other][1]:
                assert kept[place].alarm.episode_id == kept[other].alarm.episode_id


def test_the_same_signal_is_one_alarm_however_often_it_is_judged(told, words, later):
    with told.store.read() as connection:
        before = [one.alarm.signal_key for one in kept_alarms.alarms(connection, 1)]
    told.load(words.outcomes(words.LATE_FROM).head(1).assign(truth_recorded_at="2025-05-15T10:00:00Z"), later)
    run = told.evaluate(later)

    with told.store.read() as connection:
        after = [one.alarm.signal_key for one in kept_alarms.alarms(connection, 1)]
    assert run.restated_from
    assert len(set(after)) == len(after)
    assert set(before) <= set(after)


def test_an_alarm_of_a_history_loaded_in_one_go_is_marked_unless_its_chart_still_stands_beyond(ready, words):
    results, outcomes = words.tables()
    end = words.monday(words.WEEKS - 1)
    ready.load(results, end)
    ready.load(outcomes[outcomes["truth_recorded_at"] < f"{end:%Y-%m-%d}"], end)
    ready.evaluate(end)

    with ready.store.read() as connection:
        kept = kept_alarms.alarms(connection, 1)
    missed = [one.alarm for one in kept if one.alarm.chart == "missed_positives"]
    assert missed
    assert not any(alarm.detail["historical"] for alarm in missed)


def test_an_alarm_of_a_loaded_history_whose_chart_is_quiet_again_waits_quietly(ready, words, actor):
    results = words.tables()[0]
    broken = results["acquired_at"].between("2025-04-14", "2025-04-21") & (results.index % 3 == 0)
    failed = {"status": "failed", "score": "", "called": "", "result_at": ""}
    history = results.where(~broken, results.assign(**failed))
    ready.load(history[history["acquired_at"] < "2025-08-04"], words.monday(21))
    ready.evaluate(words.monday(21))

    cards = alarms.alarms(actor(Role.RADIOGRAPHER), ready.store, at=words.monday(21))

    failures = [card for card in cards if "not processed" in card.headline.lower() or "failures" in card.headline]
    assert failures
    assert all(card.historical and card.state == "raised" for card in failures)
    assert [card.historical for card in cards] == sorted(card.historical for card in cards)
