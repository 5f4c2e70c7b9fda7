"""Whatever a person writes into the store runs one screen: what seems to name a patient is refused, masked."""

from datetime import date, timedelta

import pytest

from surveillance.domain.known_event import EventKind
from surveillance.domain.roles import Role
from surveillance.errors import FileRefused, InvalidProfile, NotAllowed
from surveillance.services import (
    alarms,
    known_events,
    mapping_profiles,
    name_withdrawals,
    products,
    registration_withdrawals,
    stop_use,
    version_aliases,
    withdrawals,
)
from surveillance.storage.outcome_log.ready_profiles import ready_profile
from surveillance.storage.outcome_log.running_text import identifier_in

# The number is the NHS Data Model and Dictionary's example of a valid one.
TEXT = "wrong patient Smith 943 476 5919 in it"


@pytest.mark.parametrize(
    "text",
    [
        "wrong patient 9434765919", "NHS_943_476_5919_results.csv", "NHS 943-476-5919.csv", "see SMITH^John",
        "asked Mrs Bloggs about it", "DOB 12.3.50", "born 1 March 1948", "12/03/1948.csv", "1948-03-12", "19480312",
        "told jo.bloggs@example.org", "lives at m1 1ae now", "SW1A_1AA.csv",
    ],
)  # fmt: skip
def test_what_seems_to_name_a_patient_is_found(text):
    assert identifier_in(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "loaded twice on 31/03/2025", "week 12 of 2025, see ticket 12345", "results_2025033117.csv",
        "export-20250331-080000.csv", "CT2 3rd floor, MR1 2nd scan", "version 3.2.1 put back", "score 0.9434765919",
        "NeuroFlag 3.2.1, Millford: 61 rows held", "9434765918", "at 10:30 on Monday", "agreed with the vendor's fix",
    ],
)  # fmt: skip
def test_plain_reasons_and_file_names_pass(text):
    assert identifier_in(text) is None


def test_a_file_whose_name_holds_an_nhs_number_is_refused_and_named_without_it(ready, words):
    with pytest.raises(FileRefused, match=r"name seems to hold an NHS number \(943\*\*\*5919\)"):
        ready.preview(words.results(0), words.monday(0), "NHS 943 476 5919 Smith.csv")


def _registration(words, **more):
    return products.Registration(**{"model": words.MODEL, "version": "9", "site": words.SITE, **more})


SERVICES = {
    "withdraw a file": (Role.DATA_MANAGER, lambda a, w, at, _: withdrawals.withdraw(a, w, 1, TEXT, at=at)),
    "answer an alarm": (Role.RC_AI, lambda a, w, at, _: alarms.acknowledge(a, w, 1, reason=TEXT, at=at)),
    "decline": (Role.RC_AI, lambda a, w, at, _: stop_use.decline(a, w, 1, reason=TEXT, at=at)),
    "sign a notice": (
        Role.RC_AI,
        lambda a, w, at, _: stop_use.sign_notice(
            a, w, 1, reason=TEXT, fallback="second reader", review_on=date(2026, 1, 1), at=at
        ),
    ),
    "name a fallback": (
        Role.RC_AI,
        lambda a, w, at, _: stop_use.sign_notice(
            a, w, 1, reason="positives not flagged", fallback=TEXT, review_on=date(2026, 1, 1), at=at
        ),
    ),
    "log an event": (
        Role.DATA_MANAGER,
        lambda a, w, at, _: known_events.log_event(
            a, w, known_events.EventDraft(EventKind.OTHER, at.date(), "moved for Mrs Bloggs"), at=at
        ),
    ),
    "withdraw an event": (
        Role.DATA_MANAGER,
        lambda a, w, at, _: known_events.withdraw_event(a, w, 1, reason=TEXT, at=at),
    ),
    "take back a name": (
        Role.DATA_MANAGER,
        lambda a, w, at, _: name_withdrawals.withdraw_name(a, w, 1, TEXT, at=at),
    ),
    "take back a registration": (
        Role.DATA_MANAGER,
        lambda a, w, at, _: registration_withdrawals.withdraw_registration(a, w, 1, TEXT, at=at),
    ),
    "sign a name": (Role.RC_AI, lambda a, w, at, _: version_aliases.sign_alias(a, w, 1, TEXT, at=at)),
    "register": (
        Role.DATA_MANAGER,
        lambda a, w, at, words: products.register_deployment(a, w, _registration(words, title=TEXT), at=at),
    ),
    "save a profile": (
        Role.DATA_MANAGER,
        lambda a, w, at, _: mapping_profiles.save_profile(
            a, w, ready_profile("canonical").replace('profile = "canonical"', f'profile = "{TEXT}"'), at=at
        ),
    ),
}


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_that_keeps_a_text_refuses_an_identifier_and_masks_it(ready, actor, words, name):
    ready.load(words.results(0), words.monday(0))
    role, call = SERVICES[name]
    with pytest.raises((NotAllowed, InvalidProfile), match="seems to hold") as refused:
        call(actor(role), ready.store, words.monday(0) + timedelta(hours=1), words)

    assert "943 476 5919" not in str(refused.value)
    assert "Bloggs" not in str(refused.value)


def test_a_version_numbered_like_a_day_of_some_years_ago_can_be_registered(ready, actor, words):
    given = _registration(words, version="2.1.2008")
    assert products.register_deployment(actor(Role.DATA_MANAGER), ready.store, given, at=words.monday(0)) > 0
