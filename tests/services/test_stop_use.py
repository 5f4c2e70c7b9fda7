"""Stop-use: a radiologist signs or declines, once, with a reason; everything is saved together or nothing is."""

from datetime import date, timedelta

import numpy as np
import pytest

from surveillance.domain.roles import Role
from surveillance.errors import AlreadyDecided, NotAllowed
from surveillance.services import stop_use
from surveillance.services.stored_series import read_series
from surveillance.storage import alarms, audit_trail, notices, recommendations, register
from surveillance.storage.recommendations import content_sha256

SAID = {"reason": "Too many bleeds unflagged.", "fallback": stop_use.FALLBACKS[0], "review_on": date(2025, 12, 1)}


@pytest.fixture
def later(words):
    """Return the moment at which people decide: an hour after the last evaluation."""
    return words.monday(words.WEEKS - 1) + timedelta(hours=1)


@pytest.fixture
def proposed(told):
    """Return the recommendation that waits in the told ward."""
    with told.store.read() as connection:
        (one,) = [r for r in recommendations.recommendations(connection, 1) if r.decided_at is None]
    return one


def picture(store):
    """Return everything that a decision may change."""
    with store.read() as connection:
        return (
            audit_trail.head(connection),
            notices.notices(connection),
            recommendations.recommendations(connection),
            register.statuses(connection, 1),
            tuple(len(one.events) for one in alarms.alarms(connection)),
        )


@pytest.mark.parametrize("role", [Role.RC_AI, Role.DEPUTY])
def test_a_signed_notice_stops_the_ai_and_answers_its_alarms_in_one_act(told, proposed, actor, later, role):
    said = stop_use.sign_notice(actor(role), told.store, proposed.id, at=later, **SAID)

    with told.store.read() as connection:
        (notice,) = notices.notices(connection, 1)
        status = register.current_status(connection, 1)
        episode = [a for a in alarms.alarms(connection, 1) if a.alarm.episode_id == proposed.episode_id]
        (entry,) = audit_trail.events(connection, newest=1)
    assert (notice.signed_by, notice.role, notice.signed_at) == (role.value, role.value, later)
    assert notice.notice["exact_version"] == "3.2.1"
    assert notice.notice["evidence_sha256"] == proposed.evidence_sha256
    assert (status.status, status.by, status.at) == ("stopped", role.value, later)
    assert {one.state for one in episode} == {"acknowledged"}
    assert (entry.payload["notice"], entry.payload["sha256"]) == (notice.id, notice.content_sha256)
    assert actor(role).name in said


def test_the_fingerprint_shown_is_that_of_the_stored_evidence(told, proposed, actor, later):
    page = stop_use.stop_use(actor(Role.GOVERNANCE), told.store, proposed.id, at=later)

    assert page.content_sha256 == proposed.evidence_sha256 == content_sha256(proposed.evidence)
    assert page.evidence == tuple(tuple(row) for row in proposed.evidence["rows"])


@pytest.mark.parametrize("fails", ["set_status", "add_event", "append"])
def test_a_fault_after_the_notice_was_written_leaves_nothing_of_it(told, proposed, actor, later, monkeypatch, fails):
    before = picture(told.store)

    def fault(*_, **__):
        raise RuntimeError("power cut")

    place = {"set_status": register, "add_event": alarms, "append": audit_trail}[fails]
    monkeypatch.setattr(place, fails, fault)
    with pytest.raises(RuntimeError, match="power cut"):
        stop_use.sign_notice(actor(Role.RC_AI), told.store, proposed.id, at=later, **SAID)
    monkeypatch.undo()

    assert picture(told.store) == before
    stop_use.sign_notice(actor(Role.RC_AI), told.store, proposed.id, at=later, **SAID)


@pytest.mark.parametrize(
    ("change", "words_of_refusal"),
    [
        ({"reason": " "}, "reason in plain English"),
        ({"fallback": ""}, "how the work is done"),
        ({"review_on": date(2025, 9, 1)}, "must not lie in the past"),
    ],
)
def test_a_notice_without_reason_fallback_or_future_review_is_refused(
    told, proposed, actor, later, change, words_of_refusal
):
    before = picture(told.store)
    with pytest.raises(NotAllowed, match=words_of_refusal):
        stop_use.sign_notice(actor(Role.RC_AI), told.store, proposed.id, at=later, **(SAID | change))
    assert picture(told.store) == before


@pytest.mark.parametrize("first", ["sign", "decline"])
@pytest.mark.parametrize("second", ["sign", "decline"])
def test_a_recommendation_is_decided_once(told, proposed, actor, later, first, second):
    def decide(how, role):
        if how == "sign":
            return stop_use.sign_notice(actor(role), told.store, proposed.id, at=later, **SAID)
        return stop_use.decline(actor(role), told.store, proposed.id, reason="A transfer fault.", at=later)

    decide(first, Role.RC_AI)
    before = picture(told.store)
    with pytest.raises(AlreadyDecided, match="nothing was changed"):
        decide(second, Role.DEPUTY)

    assert picture(told.store) == before


def test_a_decline_keeps_its_reason_beside_the_recommendation(told, proposed, actor, later):
    stop_use.decline(actor(Role.RC_AI), told.store, proposed.id, reason=" A transfer fault. ", at=later)

    with told.store.read() as connection:
        kept = recommendations.recommendation(connection, proposed.id)
        status = register.current_status(connection, 1)
    assert (kept.declined_by, kept.declined_at, kept.decline_reason) == ("rc_ai", later, "A transfer fault.")
    assert (kept.headline, kept.evidence) == (proposed.headline, proposed.evidence)
    assert status.status == "under_watch"
    page = stop_use.stop_use(actor(Role.PHYSICIST), told.store, proposed.id, at=later)
    assert page.state == "declined"
    assert "A transfer fault." in page.answered


def test_after_a_decision_the_chart_starts_again_from_zero(told, proposed, actor, words):
    decided = words.monday(words.WEEKS - 3) + timedelta(hours=1)
    with told.store.read() as connection:
        before = read_series(connection, 1)
    stop_use.decline(actor(Role.RC_AI), told.store, proposed.id, reason="A transfer fault.", at=decided)
    later = words.monday(words.WEEKS)
    told.load(words.results(words.WEEKS - 1).assign(acquired_at=shifted).head(60), later)
    told.evaluate(later)

    with told.store.read() as connection:
        after = read_series(connection, 1)
        charted = read_series(connection, 1, as_of=decided).complete_to
    line, was = after.lines["missed_positives"].statistic, before.lines["missed_positives"].statistic
    assert np.array_equal(line[: charted + 1], was[: charted + 1], equal_nan=True)
    # From zero a week's chart cannot stand higher than its unflagged positives carry it, each by less than one unit.
    week = after.points.at("sensitivity", 1, charted + 1)
    assert line[charted + 1] < week.n - week.events + 1e-9
    assert was[charted + 1] > week.n - week.events


def shifted(table):
    """Return acquisition times a week later."""
    return table["acquired_at"].map(lambda text: f"{date.fromisoformat(text[:10]) + timedelta(days=7)}{text[10:]}")


def test_an_open_recommendation_makes_no_second_one_of_its_chart(read_only):
    with read_only.store.read() as connection:
        kept = recommendations.recommendations(connection, 1)
    assert [one.chart for one in kept] == ["missed_positives"]


def another(store, proposed):
    """Keep a second recommendation, of another chart, and return its number."""
    names = recommendations.NewRecommendation.__dataclass_fields__
    values = {name: getattr(proposed, name) for name in names} | {"signal_key": "other", "chart": "false_flags"}
    with store.write(actor="data_manager", role="data_manager", action="test", at=proposed.raised_at) as unit:
        number = recommendations.add_recommendation(unit.connection, recommendations.NewRecommendation(**values))
        unit.record({"recommendation": number})
    return number


def test_decisions_that_wait_stand_first(told, proposed, actor, later):
    second = another(told.store, proposed)
    stop_use.decline(actor(Role.RC_AI), told.store, proposed.id, reason="A transfer fault.", at=later)

    listed = stop_use.stop_uses(actor(Role.RADIOGRAPHER), told.store, at=later)

    assert [(page.recommendation_id, page.state) for page in listed] == [(second, "open"), (proposed.id, "declined")]
