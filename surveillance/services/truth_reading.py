"""One answer of one reader to one study: kept once and for good, as a reading or as the third person's decision."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import Connection, select

from surveillance.domain.roles import Action, Actor
from surveillance.domain.truth_worklist import Answer, Reading, Wants, may_answer, standing
from surveillance.errors import AlreadyDecided, NotFound
from surveillance.services.guard import guarded
from surveillance.services.settings import truth_readers
from surveillance.storage.live_batches import case_streams, of_streams, own_period
from surveillance.storage.readings import add_reading, handed_in, readings
from surveillance.storage.register import DeploymentRecord, deployment
from surveillance.storage.store import Store
from surveillance.storage.tables.data import CASE
from surveillance.storage.times import EVER, to_micros


@guarded(Action.READ_FOR_TRUTH)
def answer(actor: Actor, store: Store, deployment_id: int, case_id: str, said: Answer, *, at: datetime) -> str:
    """Keep what a reader says of a study; it stands for good.

    There is no undo: who pressed the wrong key differs from the other reader, and a third person decides. Where two
    differ already the answer of a third is that decision, and they are not told so.

    Raises
    ------
    AlreadyDecided
        If this person answered the study before, or its truth is settled.
    NotFound
        If no such study is in the log.
    """
    action = Action.READ_FOR_TRUTH.value
    with store.write(actor=actor.person, role=actor.role.value, action=action, at=at) as unit:
        own = deployment(unit.connection, deployment_id)
        who = {"reader": actor.person, "role": actor.role.value, "brought_by": actor.person}
        sealed = keep_answer(unit.connection, own, case_id, said, **who, at=at)
        unit.record({"deployment": own.id, "case": case_id, "reader": actor.person, "seal": sealed})
    return f"Study {case_id}: {said.words}, kept under your name."


def keep_answer(
    connection: Connection,
    own: DeploymentRecord,
    case_id: str,
    said: Answer,
    *,
    reader: str,
    role: str,
    brought_by: str,
    at: datetime,
) -> str:
    """Store an answer where the study still asks for one of this person, and return its seal for the trail.

    `answer` says what is refused; `brought_by` is who enters it, the reader or a person who brings their file.
    """
    if not _in_log(connection, own, case_id):
        raise NotFound(f"No study {case_id} is in the log of {own.title}.")
    given = readings(connection, own.id, case_id).get(case_id, [])
    if not may_answer(reader, given):
        raise AlreadyDecided(f"Study {case_id} has this reader's answer already, and an answer once given stands.")
    _, withdrawn = handed_in(connection, own.model, own.site)
    now = standing(given, truth_readers(), void_to=withdrawn.get(case_id, -1))
    if not isinstance(now, Wants):
        raise AlreadyDecided(f"Study {case_id} has all the answers it needs; nothing was added.")
    one = Reading(case_id, now.value, reader, said, to_micros(at))
    nonce = secrets.token_hex(16)
    add_reading(connection, own.id, one, role=role, brought_by=brought_by, nonce=nonce)
    return seal(one, nonce)


def seal(reading: Reading, nonce: str) -> str:
    """Return a digest of an answer for the audit trail, which other readers may open and must not tell them.

    The nonce lies with the answer: without it there are three answers to try.
    """
    text = "|".join((reading.case_id, reading.kind, reading.reader, reading.answer.value, str(reading.at), nonce))
    return hashlib.sha256(text.encode()).hexdigest()


def _in_log(connection: Connection, own: DeploymentRecord, case_id: str) -> bool:
    streams = case_streams(connection, own, EVER)
    found = select(CASE.c.line).where(
        CASE.c.case_id == case_id, of_streams(CASE, streams, EVER), own_period(connection, own, EVER)
    )
    return connection.execute(found.limit(1)).first() is not None
