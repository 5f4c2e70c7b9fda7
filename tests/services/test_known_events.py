"""Known events: logged once by who may, drawn where they concern, and never changed for what was known before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from surveillance.domain.known_event import EventKind
from surveillance.domain.roles import Role
from surveillance.errors import AlreadyDecided, NotAllowed, NotFound
from surveillance.services import exports
from surveillance.services.axis_events import events_known
from surveillance.services.charts import charts
from surveillance.services.data_quality import data_quality
from surveillance.services.known_events import EventDraft, known_events, log_event, scopes, withdraw_event
from surveillance.services.performance import performance
from surveillance.services.products import Registration, register_deployment
from surveillance.services.stored_series import series_now
from surveillance.services.throughput import throughput
from surveillance.storage.audit_trail import events as trail

ON = date(2025, 6, 10)


@pytest.fixture
def later(words):
    """Return an hour after the last evaluation."""
    return words.monday(words.WEEKS - 1) + timedelta(hours=1)


@pytest.fixture
def draft(words):
    """Return a scanner's replacement at the ward's site."""
    return EventDraft(EventKind.SCANNER, ON, "CT2 replaced", site=words.SITE, scanner="CT2")


def log(ward, actor, draft, at, role=Role.RADIOGRAPHER):
    return log_event(actor(role), ward.store, draft, at=at)


def listed(ward, actor, at):
    return known_events(actor(Role.GOVERNANCE), ward.store, at=at)


def drawn(ward, by=None):
    kept = series_now(ward.store, 1)
    with ward.store.read() as connection:
        return [one for one in events_known(connection, kept, by) if one.words == "CT2 replaced"]


def test_what_is_logged_is_listed_with_who_and_when(ready, actor, draft, later):
    said = log(ready, actor, draft, later)

    (row,) = listed(ready, actor, later)
    with ready.store.read() as connection:
        (entry,) = trail(connection, newest=1)
    assert said == "Logged by The radiographer as event 1: scanner, 2025-06-10, CT2 replaced."
    assert (row.kind, row.on, row.scope, row.words) == ("scanner", ON, "Millford · scanner CT2", "CT2 replaced")
    assert (row.logged_at, row.logged_by, row.withdrawn) == (later, "The radiographer", "")
    assert (entry.action, entry.payload["words"]) == ("log or withdraw a known event", "CT2 replaced")


def test_it_stands_on_every_time_axis_of_the_deployment_with_when_it_was_logged(told, actor, draft, later):
    log(told, actor, draft, later)
    reader = actor(Role.PHYSICIST)

    pages = [
        performance(reader, told.store, 1, None),
        charts(reader, told.store, 1),
        throughput(reader, told.store, 1),
        data_quality(reader, told.store, 1, last_weeks=26, at=later),
    ]

    for page in pages:
        (event,) = [one for one in page.events if one.words == "CT2 replaced"]
        assert event.on == ON
        assert event.told.startswith("10 Jun 2025: scanner, CT2 replaced (Millford · scanner CT2); logged 29 Sep 2025")
        assert event.told.endswith("by The radiographer")
    for page in pages[:3]:  # where the plan and its baseline matter too
        assert {"baseline ends", "plan 1"} <= {one.words for one in page.events}


@pytest.mark.parametrize(
    ("scope", "there"),
    [({"site": "Quietham"}, False), ({"model": "VesselAI"}, False), ({}, True), ({"site": "Millford"}, True)],
)
def test_only_where_it_concerns(told, actor, words, later, scope, there):
    told.register(site="Quietham", at=later)
    _register_other_product(told, actor, later)
    log(told, actor, EventDraft(EventKind.ROTA, ON, "CT2 replaced", **scope), later)

    assert bool(drawn(told)) is there


def _register_other_product(told, actor, at):
    given = Registration(model="VesselAI", version="1", site="Elsewhere", finding="occlusion")
    register_deployment(actor(Role.DATA_MANAGER), told.store, given, at=at)


def test_a_picture_as_known_at_a_moment_shows_what_was_logged_by_then(told, actor, draft, later):
    end = later + timedelta(days=2)
    log(told, actor, draft, later)
    before = {by: drawn(told, by) for by in (later - timedelta(seconds=1), later, end - timedelta(seconds=1))}
    withdraw_event(actor(Role.RC_AI), told.store, 1, reason="it was CT3", at=end)

    assert [len(found) for found in before.values()] == [0, 1, 1]
    assert {by: drawn(told, by) for by in before} == before
    assert drawn(told, end) == []
    assert drawn(told) == []


def test_a_withdrawn_event_stays_listed_with_its_reason(ready, actor, draft, later):
    log(ready, actor, draft, later)

    withdraw_event(actor(Role.DEPUTY), ready.store, 1, reason="it was CT3", at=later + timedelta(hours=1))

    assert listed(ready, actor, later)[0].withdrawn == ""
    (row,) = listed(ready, actor, later + timedelta(hours=1))
    assert row.withdrawn == "withdrawn by The deputy radiologist (RC-AI): it was CT3"
    with pytest.raises(AlreadyDecided, match="withdrawn already"):
        withdraw_event(actor(Role.DEPUTY), ready.store, 1, reason="again", at=later)


def test_the_same_event_is_logged_once_until_it_is_withdrawn(ready, actor, draft, later):
    log(ready, actor, draft, later)
    with pytest.raises(AlreadyDecided, match="logged already"):
        log(ready, actor, replace(draft, words=" CT2   replaced "), later)

    withdraw_event(actor(Role.RADIOGRAPHER), ready.store, 1, reason="wrong day", at=later)
    log(ready, actor, draft, later)

    assert [row.event_id for row in listed(ready, actor, later)] == [2, 1]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"words": "  "}, "Say in a few words"),
        ({"words": "x" * 121}, "at most 120"),
        ({"words": "scan of 943 476 5919"}, "patient's number"),
        ({"site": ""}, "scanner's site"),
        ({"site": "Nowhere"}, "No site Nowhere"),
        ({"model": "Nothing"}, "No product Nothing"),
        ({"on": date(1999, 12, 31)}, "between 2000"),
        ({"on": date(2035, 1, 1)}, "between 2000"),
    ],
)
def test_what_cannot_be_drawn_or_said_is_refused_and_nothing_kept(ready, actor, draft, later, change, why):
    with pytest.raises(NotAllowed, match=why):
        log(ready, actor, replace(draft, **change), later)

    assert listed(ready, actor, later) == ()


def test_a_withdrawal_needs_a_reason_and_an_event(ready, actor, later):
    with pytest.raises(NotAllowed, match="why"):
        withdraw_event(actor(Role.RC_AI), ready.store, 1, reason=" ", at=later)
    with pytest.raises(NotFound, match="number 1"):
        withdraw_event(actor(Role.RC_AI), ready.store, 1, reason="none", at=later)


@pytest.mark.parametrize("kind", EventKind, ids=str)
def test_every_kind_is_kept(ready, actor, later, kind):
    log(ready, actor, EventDraft(kind, ON, "changed"), later)

    assert listed(ready, actor, later)[0].kind == kind.value.replace("_", " ")


def test_the_export_has_every_event_and_its_withdrawal(ready, actor, draft, later):
    log(ready, actor, draft, later)
    withdraw_event(actor(Role.RC_AI), ready.store, 1, reason="it was CT3", at=later)

    columns, (row,) = exports.events(actor(Role.GOVERNANCE), ready.store)

    told = dict(zip(columns, row, strict=True))
    assert (told["on"], told["kind"], told["scanner"], told["model"]) == ("2025-06-10", "scanner", "CT2", "")
    assert (told["logged_by"], told["withdrawn_by"], told["withdrawal_reason"]) == (
        "radiographer",
        "rc_ai",
        "it was CT3",
    )


def test_the_form_offers_what_is_registered(ready, actor, words):
    offered = scopes(actor(Role.RADIOGRAPHER), ready.store)

    assert offered == (("", ""), (words.SITE, ""), ("", words.MODEL), (words.SITE, words.MODEL))
