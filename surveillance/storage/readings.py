"""Readings for the truth: what a person said of a study, once and for good; and which truths were handed in."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from surveillance.domain.truth_worklist import Answer, Reading
from surveillance.storage.rows import add_row
from surveillance.storage.tables.data import BATCH, BATCH_WITHDRAWAL, OUTCOME, STREAM
from surveillance.storage.tables.truth_work import READING

PROFILE = "truth-worklist"


def add_reading(
    connection: Connection, deployment_id: int, reading: Reading, *, role: str, brought_by: str, nonce: str
) -> int:
    """Keep an answer and return its number."""
    said = {"case_id": reading.case_id, "kind": reading.kind, "answer": reading.answer.value, "at": reading.at}
    who = {"deployment_id": deployment_id, "reader": reading.reader, "role": role}
    who |= {"brought_by": brought_by, "nonce": nonce}
    return add_row(connection, READING, {**who, **said})


def readings(connection: Connection, deployment_id: int, case_id: str | None = None) -> dict[str, list[Reading]]:
    """Return every answer about a deployment's studies, or about one of them, by pseudonym, in the order given."""
    own = select(READING).where(READING.c.deployment_id == deployment_id).order_by(READING.c.at, READING.c.id)
    if case_id is not None:
        own = own.where(READING.c.case_id == case_id)
    found: dict[str, list[Reading]] = {}
    for row in connection.execute(own):
        one = Reading(row.case_id, row.kind, row.reader, Answer(row.answer), int(row.at))
        found.setdefault(row.case_id, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class Brought:
    """How many answers of one reader another person brought."""

    reader: str
    brought_by: str
    answers: int


def brought(connection: Connection, deployment_id: int) -> tuple[Brought, ...]:
    """List who brought answers of whom, where the two are not the same."""
    who = READING.c.reader, READING.c.brought_by
    others = (READING.c.deployment_id == deployment_id) & (READING.c.brought_by != READING.c.reader)
    query = select(*who, func.count()).where(others).group_by(*who).order_by(*who)
    return tuple(Brought(str(reader), str(by), int(number)) for reader, by, number in connection.execute(query))


def moments_of(connection: Connection, reader: str) -> list[int]:
    """Return when a person answered, in any deployment, ascending (microseconds)."""
    own = select(READING.c.at).where(READING.c.reader == reader).order_by(READING.c.at)
    return [int(at) for at in connection.execute(own).scalars()]


def handed_in(connection: Connection, model: str, site: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return the truths handed in from worklists about a product at a site: those that count, and those withdrawn.

    Each by pseudonym, with the newest moment (microseconds) at which its truth was settled.
    """
    query = (
        select(OUTCOME.c.case_id, OUTCOME.c.recorded_at, BATCH_WITHDRAWAL.c.at)
        .join(STREAM, STREAM.c.id == OUTCOME.c.stream_id)
        .join(BATCH, BATCH.c.id == OUTCOME.c.batch_id)
        .outerjoin(BATCH_WITHDRAWAL, BATCH_WITHDRAWAL.c.batch_id == BATCH.c.id)
        .where(BATCH.c.profile_name == PROFILE, STREAM.c.model == model, STREAM.c.site == site)
        .order_by(OUTCOME.c.recorded_at)
    )
    counting: dict[str, int] = {}
    withdrawn: dict[str, int] = {}
    for row in connection.execute(query):
        (counting if row.at is None else withdrawn)[row.case_id] = int(row.recorded_at)
    return counting, withdrawn
