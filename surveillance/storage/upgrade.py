"""An older store brought to the newest tables: copied first, then changed wholly or not at all."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, select

from surveillance.errors import NotFound, StoreUnusable
from surveillance.storage import audit_trail, schema
from surveillance.storage.engine import read_engine, store_url, write_engine
from surveillance.storage.faults import engine_faults_in_words
from surveillance.storage.guards import missing_guards
from surveillance.storage.store import settle_folder
from surveillance.storage.tables.trail import STORE_INFO

COPY_FIRST = (
    "Take a dump of this database first (pg_dump), and keep it: a store is never taken back to an older version. Then "
    "run the command again with --yes."
)


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What an upgrade did: nothing where `before` equals `after`; `copy` is the file of the old store."""

    before: str
    after: str
    copy: Path | None


def older_kind(url: str) -> str | None:
    """Return the kind of a store that was made by an older version of this program, or None where it was not.

    Raises
    ------
    NotFound
        If there is no store.
    """
    address = _existing(url)
    reader = read_engine(address)
    try:
        with engine_faults_in_words(), reader.connect() as connection, connection.begin():
            found = schema.revision(connection)
            if found is None or not schema.is_older(found):
                return None
            return str(connection.execute(select(STORE_INFO.c.kind)).scalar_one())
    finally:
        reader.dispose()


def upgrade(url: str, *, actor: str, at: datetime, dumped: bool = False) -> Upgraded:
    """Bring an older store to the tables of this version of the program, in one transaction with its audit entry.

    Of a SQLite store a copy is written beside it first, while nobody else can write. Of PostgreSQL the person says
    that there is a dump (`dumped`).

    Raises
    ------
    NotFound
        If there is no store.
    StoreUnusable
        If it was made by a newer version, there is no dump, or its triggers do not stand afterwards. Nothing is
        changed then.
    """
    address = _existing(url)
    writer = write_engine(address)
    try:
        with engine_faults_in_words(), writer.begin() as connection:
            return _upgrade(connection, address, actor, at, dumped)
    finally:
        writer.dispose()


def _upgrade(connection: Connection, address: URL, actor: str, at: datetime, dumped: bool) -> Upgraded:
    before = schema.revision(connection)
    if before is None:
        raise NotFound("There is no store at this address to upgrade. Make one first: surveillance init.")
    if not schema.is_older(before):
        schema.require_newest(connection)
        return Upgraded(before, before, None)
    copy = None
    if address.get_backend_name() == "sqlite":
        copy = _copy(Path(address.database or ""), before, at)
        settle_folder(address)
    elif not dumped:
        raise StoreUnusable(COPY_FIRST)
    schema.upgrade(connection)
    if problems := list(missing_guards(connection)):
        raise StoreUnusable(f"{problems[0]} Nothing was changed; tell the administrator.")
    payload = {"from": before, "to": schema.newest(), "copy": copy.name if copy else "a dump, as the person said"}
    audit_trail.append(connection, at=at, actor=actor, role="system", action="upgrade the store", payload=dict(payload))
    return Upgraded(before, schema.newest(), copy)


def _copy(database: Path, revision: str, at: datetime) -> Path:
    """Copy a SQLite store as it is at this moment, with what still lies in its write-ahead log, onto the disk."""
    stem = f"{database.stem}.revision-{revision}.{at:%Y-%m-%d}"
    number = 1
    while (target := database.with_name(f"{stem}{f'-{number}' if number > 1 else ''}.backup")).exists():
        number += 1
    young = target.with_name(f"{target.name}.part")
    young.unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(young)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    shutil.copymode(database, young)
    with young.open("rb+") as file:
        os.fsync(file.fileno())
    young.replace(target)
    return target


def _existing(url: str) -> URL:
    address = store_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        raise NotFound(f"There is no store at {address.database}. Make one first: surveillance init.")
    return address
