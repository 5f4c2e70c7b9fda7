"""`surveillance inbox` and `surveillance upgrade` end with the code that a scheduled job can act on."""

import pytest
from alembic import command
from sqlalchemy import insert, make_url

from surveillance.storage import audit_trail, schema
from surveillance.storage.engine import write_engine
from surveillance.storage.tables.trail import STORE_INFO


@pytest.fixture
def tray(home, words):
    folder = home / "tray"
    folder.mkdir()
    for week in (0, 1):
        (folder / f"week-{week}.csv").write_bytes(words.csv(words.results(week)))
    return folder


def test_every_file_processed_ends_with_0(run, ready, tray):
    answer = run("inbox", tray, "--profile", "canonical", "--once")
    assert answer.code == 0
    assert sorted(path.name[11:] for path in (tray / "processed").iterdir()) == ["week-0.csv", "week-1.csv"]
    assert run("inbox", tray, "--profile", "canonical", "--once").code == 0


def test_a_refused_file_ends_with_1_and_the_others_are_loaded(run, ready, tray):
    (tray / "a.csv").write_bytes(b"no log,of,any kind\n1,2,3\n")
    answer = run("inbox", tray, "--profile", "canonical", "--once")
    assert answer.code == 1
    assert "a.csv: refused, now refused/" in answer.err
    assert len(list((tray / "processed").iterdir())) == 2


def test_an_unknown_header_waits_for_a_person(run, ready, tray):
    assert run("inbox", tray, "--once").code == 1
    assert len(list((tray / "refused").glob("*.reasons.csv"))) == 2


def test_a_file_is_taken_once_it_has_settled(run, ready, tray):
    assert run("inbox", tray, "--profile", "canonical", "--settle", "0.2").code == 0
    assert len(list((tray / "processed").iterdir())) == 2


def test_what_contradicts_itself_or_is_not_allowed_is_refused_before_a_file_is_touched(run, ready, tray):
    assert run("inbox", tray, "--once", "--watch").code == 2
    assert run("inbox", tray, "--once", "--profile", "none such").code == 4
    assert run("inbox", tray, "--once", "--profile", "canonical", "--user", "trainee").code == 3
    assert sorted(path.name for path in tray.iterdir() if path.is_file()) == ["week-0.csv", "week-1.csv"]


def test_a_store_of_this_version_needs_no_upgrade(run, live):
    answer = run("upgrade")
    assert (answer.code, "Nothing to do" in answer.out) == (0, True)


def test_without_a_store_there_is_nothing_to_upgrade(run, home):
    assert run("upgrade").code == 4


@pytest.fixture
def old_store(home, words):
    """Make a store as the first version of the program made it."""

    def make(name, kind):
        path = home / f"{name}.sqlite"
        engine = write_engine(make_url(f"sqlite:///{path}"))
        with engine.begin() as connection:
            config = schema._config()
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
            connection.execute(insert(STORE_INFO).values(id=1, name="Old", kind=kind, created_at=words.MADE_AT))
            entry = {"at": words.MADE_AT, "actor": "installation", "role": "system", "action": "create the store"}
            audit_trail.append(connection, **entry, payload={})
        engine.dispose()
        return path

    return make


def test_an_older_store_says_the_command_and_the_command_upgrades_it(run, home, old_store):
    old_store("live", "live")
    refused = run("status")
    assert (refused.code, "surveillance upgrade" in refused.err) == (1, True)

    answer = run("upgrade")

    assert answer.code == 0
    assert f"from revision 0001 to {schema.newest()}" in answer.out
    assert len(list(home.glob("live.revision-0001.*.backup"))) == 1
    assert "is not known in this store" in run("status").err  # it opens; the old store knew no person


def test_the_demonstration_upgrades_its_own_store_and_no_other(run, home, old_store):
    old_store("demo", "demo")
    assert run("demo", "--no-serve", "--scenario", "lvo-stable").code == 0
    assert run("audit", "verify", "--user", "demo.marsh").code == 0
    assert len(list(home.glob("demo.revision-0001.*.backup"))) == 1


def test_the_demonstration_leaves_an_older_live_store_in_its_place_alone(run, home, old_store):
    path = old_store("demo", "live")
    before = path.read_bytes()
    assert run("demo", "--no-serve", "--scenario", "lvo-stable").code == 1
    assert path.read_bytes() == before
