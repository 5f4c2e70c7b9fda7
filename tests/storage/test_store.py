"""A store is made whole, opened only by a program that understands it, and refuses unsafe places."""

import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from importlib.resources import files

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from surveillance.errors import NotFound, StoreUnusable
from surveillance.storage import schema
from surveillance.storage import upgrade as upgrades
from surveillance.storage.migrations.freeze import frozen_sql
from surveillance.storage.store import create_store, open_store
from surveillance.storage.tables import METADATA
from surveillance.storage.verification import verify


def test_a_store_made_in_an_empty_folder_is_whole_and_opens_again(store_url, desk, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with closing(create_store(store_url, name="Northtown", kind="live", at=desk.at)):
        pass

    with closing(open_store(store_url)) as store, store.read() as connection:
        assert (store.name, store.kind, store.created_at) == ("Northtown", "live", desk.at)
        assert verify(connection).ok
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_migrations_are_found_from_any_folder_in_a_process_of_their_own(tmp_path):
    program = (
        "from datetime import UTC, datetime\n"
        "from surveillance.storage.store import create_store\n"
        "print(create_store('sqlite:///new.db', name='x', kind='demo', at=datetime(2026, 1, 1, tzinfo=UTC)).kind)"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert done.stdout == "demo\n"
    assert (tmp_path / "new.db").is_file()


@pytest.mark.parametrize("dialect", [sqlite.dialect.name, postgresql.dialect.name])
@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_each_revision_is_what_its_tables_say(dialect, revision):
    kept = files("surveillance.storage") / "migrations" / "versions" / f"r{revision}_{dialect}.sql"

    assert kept.read_text(encoding="utf-8") == frozen_sql(dialect, revision)


def upgrade(url):
    return upgrades.upgrade(url, actor="admin", at=datetime(2026, 1, 1, tzinfo=UTC))


def set_revision(store, revision):
    with store._writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_a_store_of_a_newer_version_is_refused_and_left_alone(store):
    set_revision(store, "9999")

    for attempt in (open_store, upgrade):
        with pytest.raises(StoreUnusable, match="newer version of this program"):
            attempt(store.url)

    with store.read() as connection:
        assert schema.revision(connection) == "9999"


def test_upgrading_a_store_of_this_version_changes_nothing(store):
    with store.read() as connection:
        before = verify(connection)

    upgrade(store.url)

    with store.read() as connection:
        assert verify(connection) == before


def test_a_migration_that_fails_half_way_leaves_no_table(sqlite_store):
    def migrate():
        with sqlite_store._writer.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE store_info ADD COLUMN half INTEGER")
            connection.exec_driver_sql("ALTER TABLE no_such_table ADD COLUMN other INTEGER")

    with pytest.raises(DBAPIError, match="no_such_table"):
        migrate()

    with sqlite_store.read() as connection:
        columns = connection.exec_driver_sql("PRAGMA table_info(store_info)").all()
    assert "half" not in [column.name for column in columns]


def test_a_second_store_at_the_same_address_is_refused(store, desk):
    with pytest.raises(StoreUnusable, match="There is a store at this address already"):
        create_store(store.url, name="Other", kind="live", at=desk.at)


def test_an_unknown_kind_of_store_is_refused(store_url, desk):
    with pytest.raises(StoreUnusable, match="demo, live, real_data_check, exercise"):
        create_store(store_url, name="x", kind="test", at=desk.at)


def test_where_there_is_no_store_the_message_says_how_to_make_one(store_url):
    for attempt in (open_store, upgrade):
        with pytest.raises(NotFound, match="surveillance init"):
            attempt(store_url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite://///server/share/store.db", "Place it on a local disk"),
        (r"sqlite:///\\server\share\store.db", "Place it on a local disk"),
        ("mysql://host/name", "SQLite or PostgreSQL"),
        ("not an address", "cannot be read"),
    ],
)
def test_a_place_that_cannot_keep_records_safely_is_refused(url, words, desk):
    with pytest.raises(StoreUnusable, match=words):
        create_store(url, name="x", kind="demo", at=desk.at)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("busy_timeout", 30000),
    ],
)
def test_every_connection_has_the_settings_that_lose_nothing(sqlite_store, setting, value):
    for engine in (sqlite_store._writer, sqlite_store._reader):
        with engine.connect() as connection:
            assert connection.exec_driver_sql(f"PRAGMA {setting}").scalar_one() == value


def test_a_reading_connection_can_change_nothing(store):
    with pytest.raises(Exception, match=r"readonly|read-only|cannot be written"), store.read() as connection:
        connection.execute(text("INSERT INTO person VALUES ('ghost', 'Ghost', NULL, '2026')"))


def test_a_reader_sees_one_moment_throughout(store, desk):
    counting = text("SELECT COUNT(*) FROM audit_event")
    with store.read() as connection:
        before = connection.execute(counting).scalar_one()
        with desk.acting(store):
            pass
        assert connection.execute(counting).scalar_one() == before

    with store.read() as connection:
        assert connection.execute(counting).scalar_one() == before + 1
