"""The headers that mapping profiles are known by, so that a weekly file is recognised without being asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from surveillance.storage.rows import add_row
from surveillance.storage.tables.data import PROFILE
from surveillance.storage.tables.intake import PROFILE_HEADER


@dataclass(frozen=True, slots=True)
class KnownHeader:
    """A header and the newest version of the profile that it belongs to.

    `answers` is what a person answered about the file it was set up from; None where it was not set up on the page.
    """

    profile: str
    version: int
    header: tuple[str, ...]
    toml: str
    answers: dict[str, str] | None = None


def add_header(
    connection: Connection,
    *,
    profile_id: int,
    header: tuple[str, ...],
    at: datetime,
    by: str,
    answers: dict[str, str] | None = None,
) -> int:
    """Keep the whole header of a file under a version of a profile, once; return its number."""
    kept = select(PROFILE_HEADER.c.id, PROFILE_HEADER.c.header).where(PROFILE_HEADER.c.profile_id == profile_id)
    for row in connection.execute(kept):
        if tuple(row.header) == header:
            return int(row.id)
    said = {"header": list(header), "answers": answers}
    return add_row(connection, PROFILE_HEADER, {"profile_id": profile_id, **said, "at": at, "by": by})


def known_headers(connection: Connection) -> tuple[KnownHeader, ...]:
    """List the headers of every profile's newest version, by name of profile and in order of keeping."""
    newest = select(PROFILE.c.name, func.max(PROFILE.c.version).label("version")).group_by(PROFILE.c.name).subquery()
    query = (
        select(PROFILE.c.name, PROFILE.c.version, PROFILE.c.toml, PROFILE_HEADER.c.header, PROFILE_HEADER.c.answers)
        .join(PROFILE_HEADER, PROFILE_HEADER.c.profile_id == PROFILE.c.id)
        .join(newest, (newest.c.name == PROFILE.c.name) & (newest.c.version == PROFILE.c.version))
        .order_by(PROFILE.c.name, PROFILE_HEADER.c.id)
    )
    return tuple(
        KnownHeader(row.name, row.version, tuple(row.header), row.toml, row.answers)
        for row in connection.execute(query)
    )
