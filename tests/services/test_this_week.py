"""This week: what needs an answer stands first and by its clock, and one signature ends the week for the quiet rows."""

from datetime import timedelta

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import NotFound
from surveillance.services import alarms, deployments, stop_use
from surveillance.services.this_week import STATEMENT, sign_week, this_week
from surveillance.storage import reviews
from surveillance.storage.audit_trail import events


@pytest.fixture
def later(words):
    """Return an hour after the last evaluation."""
    return words.monday(words.WEEKS - 1) + timedelta(hours=1)


@pytest.fixture
def two_rows(told, words, later):
    """Return the told ward with a second, quiet deployment at another site."""
    told.register(site="Quietham", at=later)
    told.plan(words.plan_toml(sites=["Quietham"], plan="bleed Quietham", kpi=[]), later)
    quiet = words.results(2).assign(site="Quietham", called="false", status="processed")
    told.load(quiet, later, name="quiet.csv")
    told.evaluate(later)
    return told


def test_the_row_that_needs_an_answer_stands_first_with_its_clock(two_rows, actor, later):
    page = this_week(actor(Role.RADIOGRAPHER), two_rows.store, at=later)

    (needy,) = page.needy
    (quiet,) = page.quiet
    assert (needy.answer, needy.head.deployment_id, quiet.head.deployment_id) == ("stop_use", 1, 2)
    assert needy.owner == "The radiologist (RC-AI)"
    assert page.summary.startswith("**1 needs an answer**, 1 are quiet.")
    assert page.summary.endswith("Nearest deadline: **passed**, NeuroFlag · Millford.")
    order = [head.deployment_id for head in deployments.choices(actor(Role.RADIOGRAPHER), two_rows.store)]
    assert order == [1, 2]


def test_needy_rows_stand_by_their_clock(told, actor, words, later):
    told.register(site="Abbend", at=later)
    told.plan(words.plan_toml(sites=["Abbend"], plan="bleed Abbend"), later)
    told.load(words.results(5).assign(site="Abbend", status="failed", score="", called="", result_at=""), later)
    told.evaluate(later)

    page = this_week(actor(Role.RADIOGRAPHER), told.store, at=later)

    assert [row.head.deployment_id for row in page.needy] == [1, 2]
    assert page.needy[0].due_at < page.needy[1].due_at


def test_a_deadline_is_told_in_the_words_of_a_day(told, actor):
    reader = actor(Role.RADIOGRAPHER)
    due = this_week(reader, told.store, at=told.store.created_at).needy[0].due_at

    def said(at):
        return this_week(reader, told.store, at=at).summary

    assert f"today {due:%H:%M}" in said(due - timedelta(hours=3))
    assert f"tomorrow {due:%H:%M}" in said(due - timedelta(days=1))
    assert "passed" in said(due + timedelta(minutes=1))


def test_one_signature_signs_the_quiet_rows_and_no_other(two_rows, actor, later):
    said = sign_week(actor(Role.RADIOGRAPHER), two_rows.store, at=later)

    with two_rows.store.read() as connection:
        (review,) = reviews.reviews(connection)
        (entry,) = events(connection, newest=1)
    assert (review.deployment_id, review.by, review.role, review.at) == (2, "radiographer", "radiographer", later)
    assert review.statement == STATEMENT
    assert entry.payload["rows"] == [2]
    assert "1 quiet rows reviewed" in said
    assert "does not say that the AI is safe" in STATEMENT


def test_without_a_quiet_row_there_is_nothing_to_sign(told, actor, later):
    with pytest.raises(NotFound, match="nothing to sign"):
        sign_week(actor(Role.RC_AI), told.store, at=later)

    with told.store.read() as connection:
        assert reviews.reviews(connection) == ()


def test_a_week_without_any_evaluation_cannot_be_signed(ready, actor, words):
    with pytest.raises(NotFound):
        sign_week(actor(Role.RC_AI), ready.store, at=words.monday(0))


def test_the_page_says_who_signed(two_rows, actor, later):
    newest = this_week(actor(Role.RADIOGRAPHER), two_rows.store, at=later)
    assert newest.signed_by == ""
    told_again = stop_use.stop_uses(actor(Role.RC_AI), two_rows.store, at=later)[0]
    stop_use.decline(actor(Role.RC_AI), two_rows.store, told_again.recommendation_id, reason="A test.", at=later)
    for card in alarms.alarms(actor(Role.RC_AI), two_rows.store, at=later):
        if card.state == "raised":
            alarms.acknowledge(actor(Role.RC_AI), two_rows.store, card.alarm_id, reason="seen", at=later)

    sign_week(actor(Role.DEPUTY), two_rows.store, at=later)

    page = this_week(actor(Role.RADIOGRAPHER), two_rows.store, at=later)
    assert page.needy == ()
    assert page.summary == "**Nothing needs an answer.** 1 row is quiet, 1 not quiet. One signature ends the week."
    assert page.signed_by.startswith("Signed by The deputy radiologist (RC-AI)")


def test_two_hundred_deployments_without_a_log_are_two_hundred_quiet_rows(bare, actor, words):
    for number in range(200):
        bare.register(site=f"Site {number:03d}")

    page = this_week(actor(Role.RADIOGRAPHER), bare.store, at=words.monday(0))

    assert (len(page.needy), len(page.quiet)) == (0, 200)
    assert {row.head.state.words for row in page.quiet} == {"No log yet"}
