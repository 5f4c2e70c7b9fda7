"""Stores at work on both engines: made once, then copied for each test, so that a test may do what it likes."""

import importlib.util
import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import create_engine, make_url

from surveillance.services import stores
from surveillance.storage.verification import verify

SERVER = "SURVEILLANCE_TEST_POSTGRESQL"
ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]


def _words(name: str = "ward") -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{name}_of_tests", Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


WORDS, SMALL = _words(), _words("audit_ward")


@pytest.fixture(scope="session")
def words() -> ModuleType:
    """Return the log, the plan and the people of the ward."""
    return WORDS


class Shelf:
    """Databases of one engine: empty ones, and copies of one that nobody has open."""

    def __init__(self, engine: str, folder: Path) -> None:
        self.engine, self._folder = engine, folder
        self._kept: dict[str, str] = {}
        if engine != "sqlite":
            server = os.environ.get(SERVER)
            if server is None:
                if os.environ.get("CI") == "true":
                    pytest.fail(f"In CI these tests need a PostgreSQL server, named by {SERVER}")
                pytest.skip(f"PostgreSQL: name a server by {SERVER}=postgresql+psycopg://user@host:port/postgres")
            self._server = make_url(server)
            self._control = create_engine(server, isolation_level="AUTOCOMMIT")

    def new(self, copy_of: str | None = None) -> str:
        """Return the address of a new database, empty or a copy."""
        name = f"surveillance_{uuid.uuid4().hex[:16]}"
        if self.engine == "sqlite":
            path = self._folder / f"{name}.db"
            if copy_of is not None:
                # A copy of the file alone would leave behind what still lies in its write-ahead log.
                with (
                    closing(sqlite3.connect(str(make_url(copy_of).database))) as source,
                    closing(sqlite3.connect(path)) as target,
                ):
                    source.backup(target)
            return f"sqlite:///{path}"
        template = f" TEMPLATE {make_url(copy_of).database}" if copy_of is not None else ""
        with self._control.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}{template}")
        return self._server.set(database=name).render_as_string(hide_password=False)

    def once(self, name: str, fill: Callable[[], str]) -> str:
        """Return the address of a closed store that is filled when first asked for and kept to the end of the session.

        A fixture would be torn down whenever the engine changes, and a worker changes it twice a file.
        """
        if name not in self._kept:
            self._kept[name] = fill()
        return self._kept[name]

    def clear(self) -> None:
        """Remove what was kept."""
        for url in self._kept.values():
            self.remove(url)

    def remove(self, url: str) -> None:
        """Remove a database."""
        database = make_url(url).database
        if self.engine == "sqlite":
            for path in self._folder.glob(f"{Path(str(database)).name}*"):
                path.unlink()
        else:
            with self._control.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


@pytest.fixture(scope="session")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Shelf]]:
    """Return the shelves of the engines used so far."""
    made: dict[str, Shelf] = {}
    yield made
    for shelf in made.values():
        shelf.clear()


@pytest.fixture(scope="session", params=ENGINES)
def shelf(request: pytest.FixtureRequest, shelves: dict[str, Shelf], tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Return the place where databases are made, once for each engine."""
    if request.param not in shelves:
        shelves[request.param] = Shelf(request.param, tmp_path_factory.mktemp("stores"))
    return shelves[request.param]


@pytest.fixture(scope="session")
def bare_url(shelf: Shelf) -> str:
    """Return a closed store with people and nothing else."""

    def fill() -> str:
        url = shelf.new()
        WORDS.staffed(url).close()
        return url

    return shelf.once("bare", fill)


@pytest.fixture(scope="session")
def ready_url(shelf: Shelf, bare_url: str) -> str:
    """Return a closed store with the product registered and its plan in force, before any log."""

    def fill() -> str:
        url = shelf.new(bare_url)
        ward = WORDS.Ward(stores.open_store(url))
        ward.plan(WORDS.plan_toml())
        ward.register()
        ward.store.close()
        return url

    return shelf.once("ready", fill)


@pytest.fixture(scope="session")
def told_url(shelf: Shelf, ready_url: str) -> str:
    """Return a closed store told its whole log week by week, each week evaluated on the Monday after."""

    def fill() -> str:
        url = shelf.new(ready_url)
        ward = WORDS.Ward(stores.open_store(url))
        for week in range(WORDS.WEEKS):
            ward.tell(week)
        ward.store.close()
        return url

    return shelf.once("told", fill)


@contextmanager
def copied(shelf: Shelf, url: str) -> Iterator[object]:
    """Yield a ward on a copy of a store; its trail must verify whatever the test did."""
    own = shelf.new(url)
    ward = WORDS.Ward(stores.open_store(own))
    try:
        yield ward
        with ward.store.read() as connection:
            assert verify(connection).problems == ()
    finally:
        ward.store.close()
        shelf.remove(own)


@pytest.fixture
def bare(shelf: Shelf, bare_url: str) -> Iterator[object]:
    """A ward whose store holds people only."""
    with copied(shelf, bare_url) as ward:
        yield ward


@pytest.fixture
def ready(shelf: Shelf, ready_url: str) -> Iterator[object]:
    """A ward with product and plan, before any log."""
    with copied(shelf, ready_url) as ward:
        yield ward


@pytest.fixture
def told(shelf: Shelf, told_url: str) -> Iterator[object]:
    """A ward with thirty weeks loaded and evaluated one by one: an alarm, and a recommendation that waits."""
    with copied(shelf, told_url) as ward:
        yield ward


@pytest.fixture(scope="session")
def read_only(shelf: Shelf, told_url: str) -> Iterator[object]:
    """The told ward for tests that only read, opened once."""
    with copied(shelf, told_url) as ward:
        yield ward


@pytest.fixture(scope="session")
def actor() -> Callable[..., object]:
    """Return who holds a role."""
    return WORDS.actor


@pytest.fixture(scope="session")
def shared_ready(shelf: Shelf, ready_url: str) -> Iterator[object]:
    """The ready ward for tests that add nothing that counts, opened once."""
    with copied(shelf, ready_url) as ward:
        yield ward


@pytest.fixture(scope="session")
def small() -> ModuleType:
    """Return the small log of the tests of the truth worklist."""
    return SMALL


@pytest.fixture
def beside(shelf: Shelf, ready_url: str) -> Iterator[Callable[[], object]]:
    """Return a function that opens another ready ward, to set beside the first."""
    opened = []

    def another() -> object:
        url = shelf.new(ready_url)
        opened.append((url, WORDS.Ward(stores.open_store(url))))
        return opened[-1][1]

    yield another
    for url, ward in opened:
        ward.store.close()
        shelf.remove(url)
