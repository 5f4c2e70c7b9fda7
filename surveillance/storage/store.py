"""A store: one SQLite file or PostgreSQL database with the records of a department or a demonstration."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, insert, make_url, select

from surveillance.errors import NotFound, StoreUnusable
from surveillance.storage import audit_trail, schema
from surveillance.storage.engine import read_engine, store_url, write_engine
from surveillance.storage.faults import engine_faults_in_words
from surveillance.storage.tables.trail import STORE_INFO, STORE_KINDS
from surveillance.storage.unit_of_work import WriteUnit


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; pages name it, and every read and write goes through it."""

    url: str = field(repr=False)
    name: str
    kind: str
    created_at: datetime
    _writer: Engine = field(repr=False, compare=False)
    _reader: Engine = field(repr=False, compare=False)

    @property
    def place(self) -> str:
        """Return the store's address as it may be shown, without any password."""
        return make_url(self.url).render_as_string(hide_password=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Read the store as it is at one moment; nothing can be changed through this connection."""
        with engine_faults_in_words(), self._reader.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, *, actor: str, role: str, action: str, at: datetime) -> Iterator[WriteUnit]:
        """Save a whole act with its audit entry, or nothing of it.

        Raises
        ------
        TrailBroken
            If the act left no entry in the audit trail; nothing is saved then.
        StoreUnusable
            If another person is saving for too long, the disk is full or the database is away.
        """
        with engine_faults_in_words():
            with self._writer.begin() as connection:
                unit = WriteUnit(connection, actor=actor, role=role, action=action, at=at)
                yield unit
                unit.finish()
            unit.committed()

    def close(self) -> None:
        """Let go of every connection; call it before another process is started by fork."""
        self._writer.dispose()
        self._reader.dispose()


def create_store(url: str, *, name: str, kind: str, at: datetime) -> Store:
    """Make a new store with its tables, its triggers and the first entry of its trail.

    Raises
    ------
    StoreUnusable
        If there is a store already, the kind is unknown or the place cannot keep records safely.
    """
    if kind not in STORE_KINDS:
        raise StoreUnusable(f"A store is one of {', '.join(STORE_KINDS)}, and {kind!r} is none of them.")
    address = store_url(url)
    _make_folder(address)
    with engine_faults_in_words():
        writer = write_engine(address)
        try:
            with writer.begin() as connection:
                if schema.revision(connection) is not None:
                    raise StoreUnusable("There is a store at this address already: open it, or choose another.")
                schema.upgrade(connection)
                connection.execute(insert(STORE_INFO).values(id=1, name=name, kind=kind, created_at=at))
                audit_trail.append(
                    connection,
                    at=at,
                    actor="installation",
                    role="system",
                    action="create the store",
                    payload={"name": name, "kind": kind, "schema": schema.newest()},
                )
        finally:
            writer.dispose()
    settle_folder(address)
    return open_store(url)


def open_store(url: str) -> Store:
    """Open a store that exists.

    Raises
    ------
    NotFound
        If there is none at this address.
    StoreUnusable
        If it was made by a newer version of this program, or by an older one and is not upgraded yet.
    """
    address = store_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        raise NotFound(f"There is no store at {address.database}. Make one first: surveillance init.")
    reader = read_engine(address)
    try:
        with engine_faults_in_words(), reader.connect() as connection, connection.begin():
            schema.require_newest(connection)
            info = connection.execute(select(STORE_INFO)).one()
    except BaseException:
        reader.dispose()
        raise
    shown = address.render_as_string(hide_password=False)
    return Store(shown, info.name, info.kind, info.created_at, write_engine(address), reader)


def _make_folder(url: URL) -> None:
    if url.get_backend_name() == "sqlite":
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)


def settle_folder(url: URL) -> None:
    """Wait until the names of the files in a SQLite store's folder are on the disk."""
    # The file's name must be on the disk before the first record is: a power cut could undo a young file.
    if url.get_backend_name() == "sqlite" and os.name == "posix":
        folder = os.open(Path(url.database or "").resolve().parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
