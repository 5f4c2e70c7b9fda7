"""Stores for tests, on both engines: SQLite in a folder of the test, PostgreSQL in a database of its own."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url

# Threads of linear algebra that wait for each other slow small matrices down; said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from surveillance.domain.roles import ROLE_WORDS, Role
from surveillance.storage import people
from surveillance.storage.store import Store, create_store

settings.register_profile("untimed", deadline=None)  # no test fails for its time: the first example may compile
settings.load_profile("untimed")

SERVER = "SURVEILLANCE_TEST_POSTGRESQL"
ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
MADE_AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@contextmanager
def fresh_database(engine: str, folder: Path) -> Iterator[str]:
    """Yield the address of a database that nobody has used, and remove it afterwards."""
    if engine == "sqlite":
        yield f"sqlite:///{folder}/store.db"
        return
    server = os.environ.get(SERVER)
    if server is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"In CI these tests need a PostgreSQL server, named by {SERVER}")
        pytest.skip(f"PostgreSQL: name a server by {SERVER}=postgresql+psycopg://user@host:port/postgres")
    name = f"surveillance_{uuid.uuid4().hex[:16]}"
    control = create_engine(server, isolation_level="AUTOCOMMIT")
    with control.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with control.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        control.dispose()


@contextmanager
def staffed_store(url: str) -> Iterator[Store]:
    """Yield a new demo store with one person for each role; a person's identifier is the role's."""
    store = create_store(url, name="Test store", kind="demo", at=MADE_AT)
    with store.write(actor="installation", role="system", action="add people", at=MADE_AT) as unit:
        for role in Role:
            people.add_person(unit.connection, person_id=role.value, name=f"The {ROLE_WORDS[role]}", at=MADE_AT)
            people.grant(unit.connection, person_id=role.value, role=role.value, at=MADE_AT, by="installation")
        unit.record({"people": len(Role)})
    try:
        yield store
    finally:
        store.close()


@pytest.fixture(params=ENGINES)
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once on each engine."""
    with fresh_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A new store with a person for each role, once on each engine."""
    with staffed_store(store_url) as made:
        yield made


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A new store in a SQLite file, for what is particular to files."""
    with fresh_database("sqlite", tmp_path) as url, staffed_store(url) as made:
        yield made


@pytest.fixture(scope="module", params=ENGINES)
def shared_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that the tests of one file share, once on each engine; they leave it as they found it."""
    with fresh_database(request.param, tmp_path_factory.mktemp("store")) as url, staffed_store(url) as made:
        yield made
