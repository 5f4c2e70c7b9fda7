"""Who may do what: every service, every role, on both engines; the table is DESIGN section 7 written out by hand."""

import importlib
import inspect
import pkgutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import surveillance.services
from surveillance.domain.roles import Actor, Role
from surveillance.errors import NotAllowed, SurveillanceError
from surveillance.services.set_up import NO_ANSWERS
from surveillance.storage import people
from surveillance.storage.audit_trail import events

AT = datetime(2025, 11, 3, 9, 0, tzinfo=UTC)
NOBODY = 10**6
AT_WORK = set(Role) - {Role.TRAINEE, Role.FACULTY}
ROWS_OF_CASES = AT_WORK - {Role.GOVERNANCE}
LOADERS = {Role.RADIOGRAPHER, Role.DATA_MANAGER, Role.ADMINISTRATOR}
KEEPERS = {Role.DATA_MANAGER, Role.ADMINISTRATOR}
REGISTRARS = {Role.DATA_MANAGER, Role.RC_AI, Role.ADMINISTRATOR}
RADIOLOGISTS = {Role.RC_AI, Role.DEPUTY}
LISTERS = RADIOLOGISTS | {Role.DATA_MANAGER}
EVENT_LOGGERS = LOADERS | RADIOLOGISTS | {Role.PHYSICIST}

# service -> (who may, a call with arguments that reach the service and change nothing that counts)
TABLE = {
    "alarms.alarms": (AT_WORK, {"at": AT}),
    "alarms.acknowledge": (
        RADIOLOGISTS | {Role.RADIOGRAPHER, Role.SAFETY_OFFICER},
        {"alarm_id": NOBODY, "reason": "seen", "at": AT},
    ),
    "audit_samples.draw_sample": (LISTERS, {"deployment_id": 1, "week": "never", "at": AT}),
    "audit_size.audit_size": (AT_WORK, {"deployment_id": 1}),
    "calibration.calibration": (AT_WORK, {"deployment_id": 1}),
    "charts.charts": (AT_WORK, {"deployment_id": 1}),
    "corrected_files.preview_corrected": (LOADERS, {"data": b"", "file_name": "a.csv", "at": AT}),
    "corrected_files.commit_corrected": (LOADERS, {"corrected": None, "at": AT}),
    "data_quality.conflicting_rows": (ROWS_OF_CASES, {"deployment_id": 1, "last_weeks": 13, "at": AT}),
    "data_quality.data_quality": (AT_WORK, {"deployment_id": 1, "last_weeks": 13, "at": AT}),
    "deployments.choices": (AT_WORK, {}),
    "deployments.head": (AT_WORK, {"deployment_id": 1, "at": AT}),
    "evaluation.run_all": (LOADERS | RADIOLOGISTS | {Role.PHYSICIST}, {"at": AT}),
    "exports.points": (AT_WORK, {}),
    "exports.alarms": (AT_WORK, {}),
    "exports.events": (AT_WORK, {}),
    "exports.recommendations": (AT_WORK, {}),
    "exports.cases": (ROWS_OF_CASES, {}),
    "false_alarms.false_alarms": (AT_WORK, {}),
    "false_alarm_arithmetic.arithmetic": (AT_WORK, {"deployment_id": 1}),
    "in_tray.take_file": (LOADERS, {"file": Path("no folder") / "none.csv", "profile": "canonical", "at": AT}),
    "intake.preview": (LOADERS, {"data": b"", "file_name": "a.csv", "profile": "canonical", "at": AT}),
    "intake.commit": (LOADERS, {"preview": None, "choice": "keep", "at": AT}),
    "known_answers.answers_of": (KEEPERS, {"data": b"", "file_name": "a.csv", "profile": "none", "at": AT}),
    "known_events.known_events": (AT_WORK, {"at": AT}),
    "known_events.log_event": (EVENT_LOGGERS, {"draft": None, "at": AT}),
    "known_events.withdraw_event": (EVENT_LOGGERS, {"event_id": NOBODY, "reason": "r", "at": AT}),
    "known_events.scopes": (AT_WORK, {}),
    "loaded_files.loaded_files": (AT_WORK, {}),
    "loaded_files.held_download": (ROWS_OF_CASES, {"batch_id": NOBODY}),
    "mapping_profiles.profile_names": (LOADERS, {}),
    "mapping_profiles.save_profile": ({Role.DATA_MANAGER, Role.ADMINISTRATOR}, {"toml": "profile = 1", "at": AT}),
    "methods.methods": (set(Role), {}),
    "people.add_person": ({Role.ADMINISTRATOR}, {"person": "rc_ai", "name": "N", "roles": (), "at": AT}),
    "name_withdrawals.preview_name_withdrawal": (REGISTRARS, {"alias_id": NOBODY}),
    "name_withdrawals.withdraw_name": (REGISTRARS, {"alias_id": NOBODY, "reason": "not the same version", "at": AT}),
    "performance.performance": (AT_WORK, {"deployment_id": 1, "window": None}),
    "plan_needs.waiting_for_plan": (AT_WORK, {"at": AT}),
    "plans.add_plan": ({Role.RC_AI, Role.ADMINISTRATOR}, {"toml": "plan = 1", "at": AT}),
    "plans.plans_kept": (AT_WORK, {}),
    "products.register_deployment": (
        {Role.DATA_MANAGER, Role.RC_AI, Role.ADMINISTRATOR},
        {"registration": None, "at": AT},
    ),
    "proposed_profile.propose_profile": (LOADERS, {"data": b"", "file_name": "a.csv"}),
    "quality_fleet.all_deployments": (AT_WORK, {"at": AT}),
    "quarantine.quarantined": (AT_WORK, {"at": AT}),
    "recognition.recognise": (LOADERS, {"data": b"", "file_name": "a.csv"}),
    "register_record.on_record": (AT_WORK, {}),
    "registration_withdrawals.preview_registration_withdrawal": (REGISTRARS, {"deployment_id": NOBODY}),
    "registration_withdrawals.withdraw_registration": (
        REGISTRARS,
        {"deployment_id": NOBODY, "reason": "the wrong version", "at": AT},
    ),
    "set_up.propose": (KEEPERS, {"data": b"", "file_name": "a.csv", "at": AT}),
    "set_up.save": (KEEPERS, {"data": b"", "file_name": "a.csv", "answers": NO_ANSWERS, "at": AT}),
    "set_up.try_out": (KEEPERS, {"data": b"", "file_name": "a.csv", "answers": NO_ANSWERS, "at": AT}),
    "stop_use_page.stop_uses": (AT_WORK, {"at": AT}),
    "stop_use_page.stop_use": (AT_WORK, {"recommendation_id": NOBODY, "at": AT}),
    "stop_use.sign_notice": (
        RADIOLOGISTS,
        {"recommendation_id": NOBODY, "reason": "r", "fallback": "f", "review_on": date(2026, 1, 1), "at": AT},
    ),
    "stop_use.decline": (RADIOLOGISTS, {"recommendation_id": NOBODY, "reason": "r", "at": AT}),
    "templates.blank_template": (LOADERS, {"kind": "results", "form": "csv"}),
    "templates.data_dictionary": (LOADERS, {"form": "csv"}),
    "this_week.this_week": (AT_WORK, {"at": AT}),
    "this_week.sign_week": (RADIOLOGISTS | {Role.RADIOGRAPHER}, {"at": AT}),
    "throughput.throughput": (AT_WORK, {"deployment_id": 1}),
    "trail.verify": (AT_WORK, {}),
    "truth_hand_in.hand_in": (LISTERS, {"deployment_id": NOBODY, "at": AT}),
    "truth_import.import_answers": (
        LISTERS,
        {"deployment_id": 1, "week": "never", "data": b"", "file_name": "a.csv", "at": AT},
    ),
    "truth_reading.answer": (RADIOLOGISTS, {"deployment_id": NOBODY, "case_id": "S1", "said": None, "at": AT}),
    "truth_worklist.export_csv": (LISTERS, {"deployment_id": 1, "week": "never", "at": AT}),
    "truth_worklist.weeks": (LISTERS, {"deployment_id": 1, "at": AT}),
    "truth_worklist.worklist": (LISTERS, {"deployment_id": 1, "week": "never", "at": AT}),
    "unmatched_truths.unmatched_truths": (ROWS_OF_CASES, {"deployment_id": 1, "at": AT}),
    "version_aliases.sign_alias": (
        {Role.DATA_MANAGER, Role.RC_AI, Role.ADMINISTRATOR},
        {"deployment_id": NOBODY, "version": "9", "at": AT},
    ),
    "versions_seen.versions_seen": (LOADERS, {"preview": None, "profile_toml": ""}),
    "withdrawals.preview_withdrawal": ({Role.DATA_MANAGER, Role.RC_AI, Role.ADMINISTRATOR}, {"batch_id": NOBODY}),
    "withdrawals.withdraw": (
        {Role.DATA_MANAGER, Role.RC_AI, Role.ADMINISTRATOR},
        {"batch_id": NOBODY, "reason": "not this hospital's", "at": AT},
    ),
}  # fmt: skip
REACHED = (SurveillanceError, AttributeError)  # what None, 10**6 and an empty file run into once the guard let them by


def services():
    """Return every public function of the services that takes an actor, by module and name."""
    found = {}
    for module in pkgutil.walk_packages(surveillance.services.__path__, "surveillance.services."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            own = function.__module__.startswith("surveillance.services.") and not name.startswith("_")
            if own and next(iter(inspect.signature(function).parameters), "") == "actor":
                found[f"{function.__module__.removeprefix('surveillance.services.')}.{name}"] = function
    return found


SERVICES = services()


def test_every_service_that_takes_an_actor_is_guarded():
    assert [name for name, service in SERVICES.items() if not hasattr(service, "action")] == []


def test_every_guarded_service_has_its_row_in_the_table():
    assert set(SERVICES) == set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_a_service_serves_the_roles_of_its_row_and_refuses_every_other(shared_ready, actor, name):
    able, arguments = TABLE[name]
    service, store = SERVICES[name], shared_ready.store
    for role in Role:
        if role in able:
            try:
                service(actor(role), store, **arguments)
            except NotAllowed as refused:
                pytest.fail(f"{role}: {refused}")
            except REACHED:
                pass
            continue
        with pytest.raises(NotAllowed) as refused:
            service(actor(role), store, **arguments)
        for holder in able:
            assert holder.words in str(refused.value)
        with store.read() as connection:
            (last,) = events(connection, newest=1)
        assert (last.actor, last.role, last.action) == (role.value, role.value, "refused")
        assert last.payload == {"asked": service.action.value}


def test_a_role_that_a_person_does_not_hold_is_refused_and_the_attempt_kept(ready):
    pretender = Actor("radiographer", "The radiographer", Role.RC_AI)

    with pytest.raises(NotAllowed, match="does not hold the role radiologist"):
        SERVICES["stop_use.decline"](pretender, ready.store, NOBODY, reason="r", at=AT)

    with ready.store.read() as connection:
        assert events(connection, newest=1)[0].action == "refused"


def test_a_role_taken_away_ends_at_the_next_call(ready, actor):
    reader = actor(Role.PHYSICIST)
    SERVICES["this_week.this_week"](reader, ready.store, at=AT)
    with ready.store.write(actor="administrator", role="administrator", action="revoke", at=AT) as unit:
        people.revoke(unit.connection, person_id="physicist", role="physicist", at=AT, by="administrator")
        unit.record({"person": "physicist"})

    with pytest.raises(NotAllowed, match="does not hold"):
        SERVICES["this_week.this_week"](reader, ready.store, at=AT)


def test_a_person_nobody_knows_is_refused(ready):
    with pytest.raises(NotAllowed):
        SERVICES["this_week.this_week"](Actor("stranger", "A. Stranger", Role.RC_AI), ready.store, at=AT)
