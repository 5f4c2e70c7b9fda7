"""The register, profiles, plans and people: kept version by version, found again."""

from datetime import timedelta

import pytest

from surveillance.errors import AlreadyDecided, NotFound
from surveillance.storage import people, plans, profiles, register

WEEK = timedelta(weeks=1)


def add_plan(connection, desk, *, name="ich", version=1, toml="a = 1", **scope):
    fields = {"model": "BleedFinder", "model_version": None, "sites": (), "effective_from": desk.at} | scope
    return plans.add_plan(connection, name=name, version=version, toml=toml, at=desk.at, by="rc_ai", **fields)


def test_a_registered_version_is_found_with_its_product(store, desk):
    number = desk.register_version(store)

    with store.read() as connection:
        found = register.deployment(connection, number)
        assert register.deployments(connection) == (found,)
        with pytest.raises(NotFound, match="number 99"):
            register.deployment(connection, 99)

    assert (found.model, found.version, found.site, found.threshold) == ("BleedFinder", "1.0", "North", 0.5)
    assert (found.finding, found.zone, found.registered_at) == ("bleed", "Europe/London", desk.at)


def test_the_same_version_and_threshold_is_registered_once(store, desk):
    desk.register_version(store)

    with pytest.raises(AlreadyDecided, match="registered already"):
        desk.register_version(store)


def test_a_spelling_of_a_version_has_one_meaning(store, desk):
    first, second = desk.register_version(store), desk.register_version(store, "2.0")
    with desk.acting(store) as unit:
        register.add_alias(unit.connection, deployment_id=first, version="v1", at=desk.at, by="rc_ai")

    for spelling in ("v1", "1.0"):
        with pytest.raises(AlreadyDecided, match="stands for a registered version"), desk.acting(store) as unit:
            register.add_alias(unit.connection, deployment_id=second, version=spelling, at=desk.at, by="rc_ai")
    with pytest.raises(AlreadyDecided, match="stands for a registered version"):
        desk.register_version(store, "v1")


def test_the_last_use_status_holds_and_the_earlier_ones_stay(store, desk):
    number = desk.register_version(store)
    with desk.acting(store) as unit:
        for status in ("commissioning", "in_use"):
            register.set_status(
                unit.connection, deployment_id=number, status=status, at=desk.at, by="rc_ai", reason="accepted"
            )

    with store.read() as connection:
        assert [s.status for s in register.statuses(connection, number)] == ["commissioning", "in_use"]
        assert register.current_status(connection, number).status == "in_use"
        assert register.current_statuses(connection)[number].status == "in_use"


def test_profiles_are_versioned_and_an_unchanged_one_adds_nothing(store, desk):
    with desk.acting(store) as unit:
        saved = [
            profiles.save_profile(unit.connection, name="north", toml=text, at=desk.at, by="data_manager").version
            for text in ("a = 1", "a = 1", "a = 2")
        ]

    with store.read() as connection:
        assert saved == [1, 1, 2]
        assert profiles.profile(connection, "north").toml == "a = 2"
        assert profiles.profile(connection, "north", 1).toml == "a = 1"
        with pytest.raises(NotFound, match="south"):
            profiles.profile(connection, "south")


def test_a_version_of_a_plan_keeps_its_text(store, desk):
    with desk.acting(store) as unit:
        first = add_plan(unit.connection, desk)
        assert add_plan(unit.connection, desk) == first
        with pytest.raises(AlreadyDecided, match="raise its version"):
            add_plan(unit.connection, desk, toml="a = 2")


def test_the_closest_plan_in_force_governs(store, desk):
    number = desk.register_version(store)
    later = desk.at + 10 * WEEK
    with desk.acting(store) as unit:
        c = unit.connection
        for name, scope in {
            "every": {},
            "other site": {"sites": ("South",)},
            "site": {"sites": ("North", "South")},
            "site later": {"sites": ("North",), "effective_from": later},
            "other version": {"model_version": "2.0"},
            "other product": {"model": "ClotFinder", "model_version": "1.0"},
        }.items():
            add_plan(c, desk, name=name, **scope)

    with store.read() as connection:
        version = register.deployment(connection, number)
        assert plans.plan_for(connection, version, at=desk.at).name == "site"
        assert plans.plan_for(connection, version).name == "site later"
        assert plans.plan_for(connection, version, at=desk.at - WEEK) is None


def test_roles_are_given_and_taken_and_an_account_is_one_persons(store, desk):
    with desk.acting(store) as unit:
        c = unit.connection
        people.add_person(c, person_id="jane", name="Jane Doe", os_account="jdoe", at=desk.at)
        people.add_person(c, person_id="joe", name="Joe", at=desk.at)
        for role in ("rc_ai", "faculty"):
            people.grant(c, person_id="jane", role=role, at=desk.at, by="administrator")
        people.revoke(c, person_id="jane", role="faculty", at=desk.at, by="administrator")
        for taken in ({"person_id": "jane"}, {"person_id": "other", "os_account": "jdoe"}):
            with pytest.raises(AlreadyDecided):
                people.add_person(c, name="x", at=desk.at, **taken)

    with store.read() as connection:
        assert people.roles_of(connection, "jane") == {"rc_ai"}
        assert people.roles_of(connection, "joe") == frozenset()
        assert people.person_by_account(connection, "jdoe") == people.person(connection, "jane")
        assert people.person_by_account(connection, "nobody") is None
