"""Which version of a product was in use at a site at a moment: an order without a result belongs to it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from surveillance.domain.weeks import Week, week_numbers
from surveillance.storage.live_batches import live_batches
from surveillance.storage.register import DeploymentRecord, deployments, statuses
from surveillance.storage.tables.data import BATCH_STREAM, STREAM
from surveillance.storage.times import EVER, from_micros, to_micros
from surveillance.storage.version_names import names

OUT_OF_USE = frozenset({"commissioning", "stopped", "revalidating", "retired"})
START = -EVER
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reader:
    """A version that reads studies at a site, registered or not; times in microseconds of acquisition.

    `own` is the period that is its own by the register (from, until); `read` spans the studies it read, and is None
    before the first; `statuses` are its use statuses with the moment from which each holds.
    """

    deployment_id: int | None
    own: Span
    read: Span | None
    statuses: tuple[tuple[int, str], ...] = ()

    @property
    def begins(self) -> int:
        """Return when it began: with its first study, or when it was said to be in use if that came before."""
        said = [at for at, status in self.statuses if status not in OUT_OF_USE]
        read = [] if self.read is None else [self.read[0]]
        return max(self.own[0], min([*said, *read], default=EVER))

    def said(self, at: int) -> tuple[int, str]:
        """Return the use status that held at a moment and since when; the log speaks where nobody said."""
        return next((kept for kept in reversed(self.statuses) if kept[0] <= at), (START, ""))

    def begun(self, at: int) -> bool:
        """Say whether it had begun at a moment, for patients: reading in the shadow is no use."""
        return self.own[0] <= at < self.own[1] and self.begins <= at and self.said(at)[1] != "commissioning"

    def able(self, at: int) -> bool:
        """Say whether it had begun at a moment and nobody had taken it out of use."""
        return self.begun(at) and self.said(at)[1] not in OUT_OF_USE

    def reads_around(self, at: int) -> bool:
        """Say whether it read studies both before and after a moment."""
        return self.read is not None and self.read[0] <= at <= self.read[1]

    def newest_before(self, at: int) -> int:
        """Return its newest study before a moment past its studies; its beginning where it read none by then."""
        return self.read[1] if self.read is not None and self.read[1] < at else self.begins


def in_use(readers: list[Reader], at: int) -> int | None:
    """Return the deployment in use at a moment; None where none was, or an unregistered version.

    Of the registered versions that read studies before and after the moment it is the one that began last, else an
    unregistered one that did. Past all of them, and between two, it is the one that read the newest study before; if
    that was taken out of use, one that was said to be in use since, and else none: no other steps in by itself.
    """
    able = [reader for reader in readers if reader.able(at)]
    around = [reader for reader in able if reader.reads_around(at)]
    registered = [reader for reader in around if reader.deployment_id is not None]
    if registered:
        return max(registered, key=lambda one: (one.read, one.deployment_id)).deployment_id
    begun = [reader for reader in readers if reader.begun(at)]
    if around or not begun:
        return None
    last = max(begun, key=lambda one: (one.newest_before(at), one.deployment_id or 0))
    if last.able(at):
        return last.deployment_id
    since = [reader for reader in able if reader.said(at)[0] >= last.said(at)[0]]
    return max(since, key=lambda one: (one.said(at), one.deployment_id or 0)).deployment_id if since else None


def periods_of_use(connection: Connection, deployment: DeploymentRecord, seen_by: int) -> NDArray[np.int64]:
    """Return when a deployment was the one in use, as known at `seen_by`: rows of (from, until), ascending.

    Nothing is said past the week of the newest study that any version of the product read at the site: there the
    orders wait for the log of results, and a file that did not come is not a study that failed.
    """
    readers = _readers(connection, deployment, seen_by)
    newest = max((reader.read[1] for reader in readers if reader.read is not None), default=None)
    if newest is None:
        return np.zeros((0, 2), dtype=np.int64)
    week = Week(int(week_numbers(np.array([newest]), deployment.zone)[0]))
    end = to_micros(week.end(deployment.zone))
    edges = {edge for reader in readers for edge in (reader.begins, *reader.own)}
    edges |= {at for reader in readers for at, _ in reader.statuses}
    edges |= {edge for reader in readers if reader.read for edge in (reader.read[0], reader.read[1] + 1)}
    inside = sorted(edge for edge in edges if edge < end)
    own: list[Span] = []
    for start, stop in pairwise([*inside, end]):
        if in_use(readers, start) == deployment.id:
            if own and own[-1][1] == start:
                own[-1] = own[-1][0], stop
            else:
                own.append((start, stop))
    return np.array(own, dtype=np.int64).reshape(-1, 2)


def _readers(connection: Connection, deployment: DeploymentRecord, seen_by: int) -> list[Reader]:
    spans = _spans(connection, deployment, seen_by)
    moment = from_micros(seen_by)
    alike = [
        one
        for one in deployments(connection, seen_by)
        if (one.model_id, one.site) == (deployment.model_id, deployment.site)
        and (one.id == deployment.id or one.registered_at <= moment)
    ]
    aliases = [(name.deployment_id, name.version) for name in names(connection, seen_by)]
    readers, claimed = [], set()
    for one in alike:
        versions = {one.version, *(version for number, version in aliases if number == one.id)}
        claimed |= versions
        starts = [other.cases_from for other in alike if other.version == one.version and other.cases_from is not None]
        start = START if one.cases_from is None else one.cases_from
        own = start, min((other for other in starts if other > start), default=EVER)
        parts = [(max(low, own[0]), min(high, own[1] - 1)) for v, (low, high) in spans.items() if v in versions]
        parts = [part for part in parts if part[0] <= part[1]]
        read = (min(low for low, _ in parts), max(high for _, high in parts)) if parts else None
        said = tuple(
            (to_micros(kept.at), kept.status) for kept in statuses(connection, one.id) if to_micros(kept.at) <= seen_by
        )
        readers.append(Reader(one.id, own, read, said))
    readers += [Reader(None, (START, EVER), span) for version, span in spans.items() if version not in claimed]
    return readers


def _spans(connection: Connection, deployment: DeploymentRecord, seen_by: int) -> dict[str, Span]:
    """Return the first and newest study of every version of a product at a site, as its files name it."""
    query = (
        select(STREAM.c.version, func.min(BATCH_STREAM.c.first_at), func.max(BATCH_STREAM.c.last_at))
        .join(BATCH_STREAM, BATCH_STREAM.c.stream_id == STREAM.c.id)
        .where(STREAM.c.model == deployment.model, STREAM.c.site == deployment.site, STREAM.c.version != "")
        .where(BATCH_STREAM.c.batch_id.in_(live_batches(seen_by)))
        .group_by(STREAM.c.version)
    )
    return {version: (int(first), int(last)) for version, first, last in connection.execute(query)}
