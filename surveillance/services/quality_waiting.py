"""What waits outside the figures, and how long ago each kind of file came."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from surveillance.services.deployments import day_words
from surveillance.services.held_rows import awaiting_correction
from surveillance.services.quality_words import counted, studies
from surveillance.storage.last_files import LastFile, last_files
from surveillance.storage.quarantine import quarantine
from surveillance.storage.register import DeploymentRecord
from surveillance.storage.times import from_micros

KINDS = ("orders", "results", "outcomes")


def waiting_sentences(connection: Connection, own: DeploymentRecord) -> tuple[str, ...]:
    """Say which rows await correction and which studies are in quarantine; nothing where none are."""
    said = []
    held = awaiting_correction(connection).get(own.id)
    if held is not None and held.rows:
        said.append(f"{counted(held.rows, 'held row awaits', 'held rows await')} correction and count as nothing.")
    for apart in quarantine(connection):
        if (apart.model, apart.site) == (own.model, own.site):
            verb = "carries" if apart.cases == 1 else "carry"
            said.append(
                f"{studies(apart.cases)} {verb} version {apart.version}, which is not registered: in quarantine."
            )
    return tuple(said)


def denominator_words(connection: Connection, own: DeploymentRecord) -> str:
    """Say where the denominator of eligible studies comes from."""
    if any(one.kind == "orders" and one.site == own.site for one in last_files(connection)):
        return "Eligible are the studies that the site's orders list, and results without an order."
    return f"No orders of {own.site} are loaded: eligible are the studies with a result, and none else is seen."


def file_facts(files: Sequence[LastFile], own: DeploymentRecord, at: datetime) -> tuple[tuple[str, str, str], ...]:
    """Return for each kind of file how long ago the newest came, and what it reached to; of results, of any version."""
    found = []
    for kind in KINDS:
        of_kind = [one for one in files if one.kind == kind]
        if not of_kind:
            found.append((kind, "never", f"No file of {kind} of {own.site} is loaded."))
            continue
        newest = max(of_kind, key=lambda one: one.received_at)
        reach = max(one.last_at for one in of_kind)
        what = "truths recorded" if kind == "outcomes" else "studies acquired"
        found.append((kind, ago(newest.received_at, at), f"{what} to {day_words(from_micros(reach).date())}"))
    return tuple(found)


def ago(received_at: int, at: datetime) -> str:
    """Return how many days ago something came.

    >>> from datetime import UTC
    >>> day = datetime(2026, 11, 23, 9, tzinfo=UTC)
    >>> ago(1_795_251_600_000_000, day), ago(1_795_424_400_000_000, day)
    ('2 days ago', 'today')
    """
    days = (at.date() - from_micros(received_at).date()).days
    return "today" if days <= 0 else counted(days, "day ago", "days ago")
