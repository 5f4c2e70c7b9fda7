"""A registration is taken back while nothing rests on it; what was judged or signed under it is never lost."""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import AlreadyDecided
from surveillance.services import products
from surveillance.services.register_record import on_record
from surveillance.services.registration_withdrawals import preview_registration_withdrawal, withdraw_registration
from surveillance.services.this_week import this_week
from surveillance.services.version_aliases import sign_alias
from surveillance.storage import register
from surveillance.storage.logs import read_cases
from surveillance.storage.quarantine import quarantine
from surveillance.storage.times import to_micros

REASON = "It was registered under the wrong clock."


def given(words, **changes):
    fields = {"model": words.MODEL, "version": "3.3.0", "site": words.SITE, "threshold": 0.05, "zone": "Asia/Kolkata"}
    return products.Registration(**(fields | changes))


def test_its_studies_go_back_to_quarantine_and_the_past_stays(ready, actor, words):
    ready.load(words.results(0).assign(version="3.3.0"), words.monday(0))
    made = words.monday(0) + timedelta(hours=1)
    number = products.register_deployment(actor(Role.DATA_MANAGER), ready.store, given(words), at=made)

    withdraw_registration(actor(Role.RC_AI), ready.store, number, REASON, at=made + timedelta(hours=1))

    studies = len(words.results(0))
    with ready.store.read() as connection:
        assert len(read_cases(connection, number, to_micros(made))) == studies
        assert len(read_cases(connection, number, to_micros(made + timedelta(hours=1)))) == 0
        assert quarantine(connection, to_micros(made)) == ()
        assert [one.cases for one in quarantine(connection)] == [studies]
        assert number not in [one.id for one in register.deployments(connection)]
    (waits,) = this_week(actor(Role.RC_AI), ready.store, at=made + timedelta(hours=2)).quarantined
    assert waits.studies == studies


def test_it_is_registered_again_under_the_same_threshold_with_the_right_clock(ready, actor, words):
    who, at = actor(Role.DATA_MANAGER), words.monday(0)
    number = products.register_deployment(who, ready.store, given(words), at=at)
    withdraw_registration(who, ready.store, number, REASON, at=at)

    again = products.register_deployment(who, ready.store, given(words, zone="Europe/London"), at=at)

    with ready.store.read() as connection:
        found = next(one for one in register.deployments(connection) if one.version == "3.3.0")
        assert register.current_status(connection, again).status == "in_use"
    assert (again, found.id, found.zone) == (number, number, "Europe/London")
    with pytest.raises(AlreadyDecided, match="registered already"):
        products.register_deployment(who, ready.store, given(words), at=at)


def test_one_that_should_have_been_another_name_becomes_one(ready, actor, words):
    ready.load(words.results(0).assign(version="3.3.0"), words.monday(0))
    number = ready.register("3.3.0", at=words.monday(0))
    with pytest.raises(AlreadyDecided, match="stands for a registered version"):
        sign_alias(actor(Role.RC_AI), ready.store, 1, "3.3.0", at=words.monday(0))

    withdraw_registration(actor(Role.RC_AI), ready.store, number, REASON, at=words.monday(0))
    sign_alias(actor(Role.RC_AI), ready.store, 1, "3.3.0", at=words.monday(0))

    with ready.store.read() as connection:
        assert quarantine(connection) == ()
        assert len(read_cases(connection, 1, to_micros(words.monday(1)))) == len(words.results(0))


def test_what_was_judged_or_signed_under_it_keeps_it_and_the_way_out_is_named(told, actor, words):
    preview = preview_registration_withdrawal(actor(Role.RC_AI), told.store, 1)

    assert re.match(r"\d+ evaluations, \d+ alarms and 1 stop-use recommendation rest on version 3", preview.refused)
    assert "withdraw them and load them again" in preview.refused
    with pytest.raises(AlreadyDecided, match="its registration stays"):
        withdraw_registration(actor(Role.RC_AI), told.store, 1, REASON, at=words.monday(words.WEEKS))


def test_its_names_go_with_it_and_its_plan_stays(ready, actor, words):
    ready.load(words.results(0).assign(version="v3.2.1"), words.monday(0))
    sign_alias(actor(Role.RC_AI), ready.store, 1, "v3.2.1", at=words.monday(0))

    preview = preview_registration_withdrawal(actor(Role.RC_AI), ready.store, 1)
    withdraw_registration(actor(Role.RC_AI), ready.store, 1, REASON, at=words.monday(0))

    told = " ".join(preview.sentences)
    assert "What was signed to be the same version is taken back with it: v3.2.1." in told
    assert "stays on record as it is, and governs the version again" in told
    assert on_record(actor(Role.RC_AI), ready.store) == ()
    with ready.store.read() as connection:
        assert [one.version for one in quarantine(connection)] == ["v3.2.1"]
    with pytest.raises(AlreadyDecided, match="was taken back already"):
        withdraw_registration(actor(Role.RC_AI), ready.store, 1, REASON, at=words.monday(0))


def test_studies_count_from_the_first_day_that_was_named_on_the_clock_of_the_site(ready, actor, words):
    ready.load(words.results(0).assign(version="3.3.0"), words.monday(0))
    day = date(2025, 3, 6)
    number = products.register_deployment(
        actor(Role.DATA_MANAGER), ready.store, given(words, cases_from=day), at=words.monday(0)
    )

    with ready.store.read() as connection:
        own = read_cases(connection, number, to_micros(words.monday(1)))
    begin = words.datetime(2025, 3, 6, tzinfo=ZoneInfo("Asia/Kolkata"))
    acquired = [words.datetime.fromisoformat(text) for text in words.results(0)["acquired_at"]]
    assert len(own) == sum(moment >= begin for moment in acquired) > 0


def test_a_second_threshold_takes_the_studies_from_its_day_on(ready, actor, words):
    ready.load(words.results(0), words.monday(0))
    at = words.monday(0) + timedelta(hours=1)
    new = given(words, version=words.VERSION, threshold=0.2, zone="Europe/London", cases_from=date(2025, 3, 6))
    number = products.register_deployment(actor(Role.DATA_MANAGER), ready.store, new, at=at)

    with ready.store.read() as connection:
        parts = [len(read_cases(connection, one, to_micros(at))) for one in (1, number)]
        whole = len(read_cases(connection, 1, to_micros(words.monday(0))))
    assert min(parts) > 0
    assert sum(parts) == whole == len(words.results(0))


def test_one_registered_under_a_clock_set_back_counts_after_what_was_judged(ready, actor, words):
    ready.load(words.results(0), words.monday(0))
    ready.load(words.results(1).assign(version="3.3.0"), words.monday(1))
    ready.evaluate(words.monday(1))
    judged = to_micros(words.monday(1))
    with ready.store.read() as connection:
        before = quarantine(connection, judged)

    number = ready.register("3.3.0", at=words.monday(0))

    with ready.store.read() as connection:
        assert len(before) == 1
        assert quarantine(connection, judged) == before
        assert to_micros(register.deployment(connection, number).registered_at) > judged


def test_what_a_second_registration_says_changes_no_picture_of_the_first(ready, actor, words):
    ready.load(words.results(0).assign(version="3.3.0"), words.monday(0))
    who, made = actor(Role.DATA_MANAGER), words.monday(0) + timedelta(hours=1)
    number = products.register_deployment(who, ready.store, given(words), at=made)
    withdraw_registration(who, ready.store, number, REASON, at=made + timedelta(hours=1))
    late = given(words, cases_from=date(2025, 3, 6), zone="Europe/London")
    products.register_deployment(who, ready.store, late, at=made + timedelta(hours=2))

    with ready.store.read() as connection:
        first, between, second = (
            len(read_cases(connection, number, to_micros(made + timedelta(hours=hours)))) for hours in (0, 1, 2)
        )
    assert (first, between) == (len(words.results(0)), 0)
    assert 0 < second < first
