"""A store of the first revision comes to the newest wholly or not at all, and keeps every record as it was."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import insert, make_url, text

from surveillance.errors import NotFound, StoreUnusable
from surveillance.storage import audit_trail, batches, people, schema
from surveillance.storage import store as stores
from surveillance.storage import upgrade as upgrades
from surveillance.storage.audit_trail import events
from surveillance.storage.engine import write_engine
from surveillance.storage.store import Store, open_store
from surveillance.storage.tables import APPEND_ONLY
from surveillance.storage.tables.trail import STORE_INFO
from surveillance.storage.unit_of_work import WriteUnit
from surveillance.storage.verification import verify


@pytest.fixture
def old_url(store_url, desk):
    """A closed store at revision 0001 with people, a file, an outcome and its trail."""
    engine = write_engine(make_url(store_url))
    with engine.begin() as connection:
        config = schema._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(insert(STORE_INFO).values(id=1, name="Old ward", kind="live", created_at=desk.at))
        made = {"at": desk.at, "actor": "installation", "role": "system", "action": "create the store"}
        audit_trail.append(connection, **made, payload={"schema": "0001"})
    with engine.begin() as connection:
        unit = WriteUnit(connection, actor="dm", role="data_manager", action="load a log", at=desk.at)
        people.add_person(connection, person_id="dm", name="D. M.", at=desk.at)
        frames = {"cases": desk.cases("p1", "p2", "p3"), "outcomes": desk.outcomes(("p1", 1), ("p2", 0))}
        batches.add_batch(connection, desk.new_batch("a"), **frames)
        unit.record({"action": "load"})
        unit.finish()
    engine.dispose()
    return store_url


def postgresql(url: str) -> bool:
    return make_url(url).get_backend_name() == "postgresql"


def upgraded(url, desk):
    return upgrades.upgrade(url, actor="admin", at=desk.at, dumped=True)


def rows(store: Store) -> dict[str, list[tuple]]:
    """Return every row of the tables of the first revision, but for the trail."""
    named = [
        table for table in APPEND_ONLY if table.info.get("since", "0001") == "0001" and table.name != "audit_event"
    ]
    with store.read() as connection:
        return {table.name: sorted(map(tuple, connection.execute(table.select()).all()), key=repr) for table in named}


def test_an_older_store_is_refused_with_the_name_of_the_command(old_url):
    with pytest.raises(StoreUnusable, match=r"upgraded first: surveillance upgrade\."):
        open_store(old_url)


def test_the_upgraded_store_verifies_and_holds_every_record(old_url, desk):
    done = upgraded(old_url, desk)

    assert (done.before, done.after) == ("0001", schema.newest())
    store = open_store(old_url)
    with store.read() as connection:
        found = verify(connection)
        newest = events(connection, newest=1)[0]
    kept = rows(store)
    store.close()
    assert found.problems == ()
    assert found.events == 3
    assert (newest.action, newest.actor, newest.payload["from"]) == ("upgrade the store", "admin", "0001")
    assert (len(kept["batch"]), len(kept["case"]), len(kept["outcome"])) == (1, 3, 2)


def test_append_only_stands_on_every_table_old_and_new(old_url, desk):
    upgraded(old_url, desk)
    engine = write_engine(make_url(old_url))
    for table in APPEND_ONLY:
        with pytest.raises(Exception, match="append-only"), engine.begin() as connection:
            _touch(connection, table)
    engine.dispose()


def _touch(connection, table) -> None:
    """Delete from a table; one without a row is told by the statement trigger or the trigger's own text."""
    column = next(iter(table.columns)).name
    if connection.dialect.name == "postgresql":
        connection.execute(text(f'TRUNCATE "{table.name}" CASCADE'))
        return
    made = connection.execute(
        text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name"),
        {"name": f"{table.name}_no_delete"},
    ).scalar_one()
    connection.execute(text(f'DELETE FROM "{table.name}" WHERE "{column}" IS NOT NULL'))
    raise AssertionError(made)


def test_a_sqlite_store_is_copied_first_and_the_copy_is_the_old_store(old_url, desk):
    if postgresql(old_url):
        pytest.skip("a SQLite store is copied, a PostgreSQL database is dumped")
    done = upgraded(old_url, desk)

    assert done.copy is not None
    assert done.copy.name.startswith("store.revision-0001.2026-03-02")
    again = upgrades.upgrade(f"sqlite:///{done.copy}", actor="admin", at=desk.at)
    assert again.before == "0001"
    one, other = open_store(old_url), open_store(f"sqlite:///{done.copy}")
    assert rows(one) == rows(other)
    one.close()
    other.close()


def test_postgresql_is_upgraded_only_where_there_is_a_dump(old_url, desk):
    if not postgresql(old_url):
        pytest.skip("of a SQLite store a copy is made")
    with pytest.raises(StoreUnusable, match="pg_dump"):
        upgrades.upgrade(old_url, actor="admin", at=desk.at)
    with pytest.raises(StoreUnusable, match="surveillance upgrade"):
        open_store(old_url)


@pytest.mark.parametrize("where", ["missing_guards", "audit_trail.append"])
def test_an_upgrade_that_fails_half_way_changes_nothing(old_url, desk, monkeypatch, where):
    def fail(*_, **__):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(f"surveillance.storage.upgrade.{where}", fail)
        with pytest.raises(RuntimeError, match="power cut"):
            upgraded(old_url, desk)

    assert upgrades.older_kind(old_url) == "live"
    assert upgraded(old_url, desk).before == "0001"
    store = open_store(old_url)
    with store.read() as connection:
        assert verify(connection).ok
    store.close()


KILLED = """
import os, sys
from datetime import datetime, UTC
from surveillance.storage import upgrade
upgrade.audit_trail.append = lambda *_, **__: os._exit(9)
upgrade.upgrade(sys.argv[1], actor="admin", at=datetime(2026, 3, 2, tzinfo=UTC), dumped=True)
"""


def test_an_upgrade_that_is_killed_leaves_the_old_store_whole(old_url, desk):
    ended = subprocess.run([sys.executable, "-c", KILLED, old_url], check=False)

    assert ended.returncode == 9
    assert upgrades.older_kind(old_url) == "live"
    upgraded(old_url, desk)
    store = open_store(old_url)
    with store.read() as connection:
        assert verify(connection).ok
    store.close()


def test_a_store_of_the_newest_revision_is_left_alone(store, desk):
    store.close()
    done = upgrades.upgrade(store.url, actor="admin", at=desk.at)
    assert (done.before, done.copy) == (done.after, None)
    with store.read() as connection:
        assert events(connection, newest=1)[0].action != "upgrade the store"


def test_a_newer_store_is_refused_and_left_as_it_is(tmp_path, desk):
    path = tmp_path / "store.db"
    stores.create_store(f"sqlite:///{path}", name="N", kind="live", at=desk.at).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = path.read_bytes()

    with pytest.raises(StoreUnusable, match="newer version"):
        upgrades.upgrade(f"sqlite:///{path}", actor="admin", at=desk.at)

    assert path.read_bytes() == before
    assert [file.name for file in Path(tmp_path).glob("*.backup")] == []


def test_no_store_is_not_upgraded(tmp_path, desk):
    with pytest.raises(NotFound, match="surveillance init"):
        upgrades.upgrade(f"sqlite:///{tmp_path}/none.db", actor="admin", at=desk.at)
