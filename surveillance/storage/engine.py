"""How the product speaks to its database: the settings under which nothing acknowledged is ever lost."""

import sqlite3
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from surveillance.errors import StoreUnusable

BUSY_TIMEOUT_MS = 30_000
# One number names the lock that queues writers on PostgreSQL; any constant serves, if it never changes.
WRITER_LOCK = 7_305_466_014


def store_url(text: str) -> URL:
    """Read a store's address and refuse what cannot keep records safely.

    Raises
    ------
    StoreUnusable
        If the address is not SQLite in a local file, or PostgreSQL.

    >>> store_url("postgresql://server/department").drivername
    'postgresql+psycopg'
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise StoreUnusable(
            "The store's address cannot be read. Write sqlite:///path/to/file.db or postgresql://host/name."
        ) from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreUnusable(f"A store is kept in SQLite or PostgreSQL, and {backend} is neither.")
    if url.database in (None, "", ":memory:"):
        raise StoreUnusable("A store needs a file: records kept in memory would be lost when the program ends.")
    if (url.database or "").replace("\\", "/").startswith("//"):
        raise StoreUnusable(NETWORK_SHARE)
    return url


NETWORK_SHARE = (
    "This store lies on a network or synchronised folder, where records can be lost. "
    "Place it on a local disk, or use PostgreSQL."
)


def write_engine(url: URL) -> Engine:
    """Open the engine for writing: one writer at a time, each commit on the disk before it returns."""
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, read_only=False)
    engine = create_engine(url, pool_pre_ping=True, isolation_level="READ COMMITTED")
    event.listen(engine, "begin", _queue_writers)
    return engine


def read_engine(url: URL) -> Engine:
    """Open the engine for reading: a block sees the store at one moment and can change nothing."""
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, read_only=True)
    engine = create_engine(url, pool_pre_ping=True, isolation_level="REPEATABLE READ")
    event.listen(engine, "begin", _refuse_writes)
    return engine


def _sqlite_engine(url: URL, *, read_only: bool) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, _: object) -> None:
        # Python's own transactions leave a half-applied migration behind; ours begin and end in sight.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        if mode != "wal":
            raise StoreUnusable(NETWORK_SHARE)
        for setting in SQLITE_SETTINGS:
            connection.execute(setting)
        if read_only:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN DEFERRED" if read_only else "BEGIN IMMEDIATE")

    return engine


SQLITE_SETTINGS = (
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA fullfsync=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
)


def _queue_writers(connection: Connection) -> None:
    # The lock comes before the head of the chain is read; otherwise two writers continue the same link.
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_TIMEOUT_MS}ms'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")


def _refuse_writes(connection: Connection) -> None:
    connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def driver_connection(connection: Connection) -> Any:
    """Return the driver's own connection, for the bulk ways that SQLAlchemy does not offer."""
    return connection.connection.driver_connection
