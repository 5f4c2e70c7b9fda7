"""Mapping profiles: how a vendor's columns become ours, kept version by version."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from surveillance.errors import NotFound
from surveillance.storage.rows import add_row, fetch
from surveillance.storage.tables.data import PROFILE


@dataclass(frozen=True, slots=True)
class ProfileRecord:
    """One version of a mapping profile, with its text as saved."""

    id: int
    name: str
    version: int
    toml: str
    sha256: str
    saved_at: datetime
    saved_by: str


def save_profile(connection: Connection, *, name: str, toml: str, at: datetime, by: str) -> ProfileRecord:
    """Keep a profile as its next version; a text that equals the newest version adds nothing."""
    sha256 = hashlib.sha256(toml.encode()).hexdigest()
    newest = connection.execute(select(func.max(PROFILE.c.version)).where(PROFILE.c.name == name)).scalar_one_or_none()
    if newest is not None:
        kept = profile(connection, name, newest)
        if kept.sha256 == sha256:
            return kept
    version = (newest or 0) + 1
    text = {"toml": toml, "sha256": sha256, "saved_at": at, "saved_by": by}
    number = add_row(connection, PROFILE, {"name": name, "version": version, **text})
    return ProfileRecord(number, name, version, toml, sha256, at, by)


def profile(connection: Connection, name: str, version: int | None = None) -> ProfileRecord:
    """Return a version of a profile, the newest where none is asked for.

    Raises
    ------
    NotFound
        If the store keeps no such profile.
    """
    query = select(PROFILE).where(PROFILE.c.name == name).order_by(PROFILE.c.version.desc()).limit(1)
    if version is not None:
        query = query.where(PROFILE.c.version == version)
    found = fetch(connection, ProfileRecord, query)
    if not found:
        asked = name if version is None else f"{name}, version {version}"
        raise NotFound(f"This store keeps no mapping profile {asked}.")
    return found[0]


def profiles(connection: Connection) -> tuple[ProfileRecord, ...]:
    """List every version of every profile by name and version."""
    return fetch(connection, ProfileRecord, select(PROFILE).order_by(PROFILE.c.name, PROFILE.c.version))
