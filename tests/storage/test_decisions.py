"""Judgement and decisions: a week as judged last, a signal as one alarm, a recommendation decided once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from surveillance.errors import AlreadyDecided
from surveillance.storage import (
    alarms,
    evaluations,
    notices,
    plans,
    recommendations,
    reviews,
)

WEEK = timedelta(weeks=1)


@pytest.fixture
def judged(store, desk):
    """A registered version with a plan and an open episode."""
    version = desk.register_version(store)
    with desk.acting(store) as unit:
        plan = plans.add_plan(
            unit.connection,
            name="ich",
            version=1,
            model="BleedFinder",
            model_version=None,
            sites=(),
            toml="a = 1",
            effective_from=desk.at,
            at=desk.at,
            by="rc_ai",
        )
        episode = alarms.open_episode(
            unit.connection, deployment_id=version, opened_at=desk.at, onset="2026-W01", signal="2026-W09"
        )
    return store, version, plan, episode


def alarm(desk, version, episode, key="missed/alarm/2026-W09"):
    return alarms.NewAlarm(
        deployment_id=version,
        episode_id=episode,
        signal_key=key,
        kind="chart",
        chart="missed_positives",
        limit_name="alarm",
        week="2026-W09",
        as_of=desk.at,
        onset_low=None,
        onset="2026-W03",
        onset_high=None,
        headline="Missed positives above the alarm limit",
        detail={"statistic": 3.5},
        raised_at=desk.at,
        due_at=desk.at + timedelta(days=2),
        owner_role="rc_ai",
    )


def recommendation(desk, version, episode, key="missed/action/2026-W09"):
    return recommendations.NewRecommendation(
        deployment_id=version,
        episode_id=episode,
        signal_key=key,
        chart="missed_positives",
        as_of=desk.at,
        week="2026-W09",
        headline="Stop use is recommended",
        reasons=["Sensitivity fell from 0.90 to 0.80."],
        evidence={"positives": 40, "missed": 9},
        raised_at=desk.at,
        due_at=desk.at + timedelta(days=1),
    )


def test_each_week_is_shown_as_judged_last_or_as_judged_by_then(judged, desk):
    store, version, plan, _ = judged

    def judgement(week, seen_by, points):
        as_of = desk.at + week * WEEK
        return evaluations.NewEvaluation(
            version, plan.id, as_of, seen_by, desk.at, f"2026-W{week:02}", {"verdict": "within"}, points, b"\0charts"
        )

    with desk.acting(store) as unit:
        first = [judgement(week, 100, bytes([week])) for week in (1, 2, 3)]
        evaluations.add_evaluations(unit.connection, [*first, judgement(2, 200, b"restated")])
        evaluations.add_evaluations(unit.connection, [])

    with store.read() as connection:
        now = evaluations.series(connection, version)
        then = evaluations.series(connection, version, seen_by=150)
        early = evaluations.series(connection, version, as_of=desk.at + 2 * WEEK)
        (last,) = evaluations.latest(connection)
        assert evaluations.restated(connection, version) == {desk.at + 2 * WEEK}
        assert evaluations.last_seen_by(connection, version) == 200

    assert [week.points for week in now] == [b"\1", b"restated", b"\3"]
    assert [week.points for week in then] == [b"\1", b"\2", b"\3"]
    assert [week.week for week in early] == ["2026-W01", "2026-W02"]
    assert (last.week, last.summary, last.charts) == ("2026-W03", {"verdict": "within"}, b"\0charts")


def test_a_signal_raises_one_alarm_and_its_answers_stay_in_order(judged, desk):
    store, version, _, episode = judged
    with desk.acting(store) as unit:
        number = alarms.raise_alarm(unit.connection, alarm(desk, version, episode), by="system", role="system")
        again = alarms.raise_alarm(unit.connection, alarm(desk, version, episode), by="system", role="system")
        for event in ("acknowledged", "note"):
            alarms.add_event(
                unit.connection, number, at=desk.at, by="rc_ai", role="rc_ai", event=event, reason="looking"
            )

    with store.read() as connection:
        kept = alarms.alarm(connection, number)
        assert alarms.alarms(connection) == alarms.alarms(connection, version) == (kept,)
        assert alarms.signal_keys(connection, version) == {kept.alarm.signal_key: number}
        assert [episode.signal for episode in alarms.episodes(connection, version)] == ["2026-W09"]

    assert again is None
    assert kept.alarm == alarm(desk, version, episode)
    assert [event.event for event in kept.events] == ["raised", "acknowledged", "note"]
    assert kept.state == "acknowledged"


def test_a_recommendation_is_decided_once(judged, desk):
    store, version, _, episode = judged
    who = {"by": "rc_ai", "role": "rc_ai", "at": desk.at}
    with desk.acting(store) as unit:
        c = unit.connection
        signed = recommendations.add_recommendation(c, recommendation(desk, version, episode))
        other = replace(recommendation(desk, version, episode), signal_key="other")
        declined = recommendations.add_recommendation(c, other)
        assert recommendations.add_recommendation(c, other) is None
        notice = notices.sign_notice(
            c, recommendation_id=signed, deployment_id=version, notice={"action": "stop"}, **who
        )
        recommendations.decline(c, recommendation_id=declined, reason="one reader on leave", **who)

    for number, word in ((signed, "signed"), (declined, "declined")):
        with pytest.raises(AlreadyDecided, match=f"{word} by rc_ai on 02 March 2026"), desk.acting(store) as unit:
            recommendations.decline(unit.connection, recommendation_id=number, reason="late", **who)
        with pytest.raises(AlreadyDecided, match="nothing was changed"), desk.acting(store) as unit:
            notices.sign_notice(unit.connection, recommendation_id=number, deployment_id=version, notice={}, **who)

    with store.read() as connection:
        newest, oldest = recommendations.recommendations(connection)
        assert notices.notices(connection, version) == (notice,)
    assert (oldest.notice_id, oldest.signed_by, oldest.declined_at) == (notice.id, "rc_ai", None)
    assert (newest.notice_id, newest.declined_by, newest.decline_reason) == (None, "rc_ai", "one reader on leave")
    assert oldest.evidence == {"positives": 40, "missed": 9}


def test_a_person_may_stop_use_without_a_recommendation(judged, desk):
    store, version, *_ = judged
    with desk.acting(store) as unit:
        for _ in range(2):
            notices.sign_notice(
                unit.connection,
                recommendation_id=None,
                deployment_id=version,
                notice={"reason": "seen by eye"},
                by="rc_ai",
                role="rc_ai",
                at=desk.at,
            )

    with store.read() as connection:
        assert len(notices.notices(connection)) == 2


def test_a_week_may_be_signed_by_several(judged, desk):
    store, version, *_ = judged
    with desk.acting(store) as unit:
        for who in ("radiographer", "rc_ai"):
            reviews.add_review(
                unit.connection,
                deployment_id=version,
                week="2026-W09",
                as_of=desk.at,
                by=who,
                role=who,
                at=datetime(2026, 3, 9, 8, 0, 0, 1, tzinfo=UTC),
                statement="Reviewed, no action",
            )

    with store.read() as connection:
        signed = reviews.reviews(connection, version)
    assert [review.by for review in signed] == ["rc_ai", "radiographer"]
    assert signed[0].at.microsecond == 1
