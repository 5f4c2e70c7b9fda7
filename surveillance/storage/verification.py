"""Checks that nothing in a store was changed, removed or put in behind the program's back."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from surveillance.storage.anchors import Anchor
from surveillance.storage.append_only import GENESIS
from surveillance.storage.audit_trail import Head, chain_hash
from surveillance.storage.batch_rows import stored_digest
from surveillance.storage.guards import missing_guards
from surveillance.storage.recommendations import content_sha256
from surveillance.storage.tables.action import RECOMMENDATION, STOP_USE_NOTICE
from surveillance.storage.tables.data import BATCH, PROFILE
from surveillance.storage.tables.judgement import PLAN
from surveillance.storage.tables.trail import AUDIT_EVENT


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of a check of the whole trail; each problem is a sentence."""

    ok: bool
    events: int
    head: Head
    problems: tuple[str, ...]


def verify(connection: Connection, anchors: Sequence[Anchor] = ()) -> Verification:
    """Check the chain of the trail, its triggers, every file's rows, every signed content and every anchor.

    A chain alone does not see that its end was cut off, or that all of it was written anew; an anchor kept
    elsewhere does. Reads every row of every file: seconds for a million.
    """
    hashes: dict[int, str] = {0: GENESIS}
    digests: dict[int, str] = {}
    problems = list(_chain_problems(connection, hashes, digests))
    events = len(hashes) - 1
    last = Head(max(hashes), hashes[max(hashes)])
    problems += missing_guards(connection)
    problems += _anchor_problems(hashes, anchors)
    problems += _batch_problems(connection, digests)
    problems += _content_problems(connection)
    return Verification(not problems, events, last, tuple(problems))


def _chain_problems(connection: Connection, hashes: dict[int, str], digests: dict[int, str]) -> Iterator[str]:
    previous, expected = GENESIS, 1
    # The option belongs to the statement: on the connection it would reach the bulk reads that follow.
    chain = select(AUDIT_EVENT).order_by(AUDIT_EVENT.c.seq).execution_options(yield_per=10_000)
    rows = connection.execute(chain)
    for seq, at, actor, role, action, payload, link, own in rows:
        if seq != expected:
            yield f"Audit entry {expected} is missing: the next one found is {seq}."
        if link != previous:
            yield f"Audit entry {seq} does not continue the entry before it."
        if chain_hash(seq, at, actor, role, action, payload, link) != own:
            yield f"Audit entry {seq} was changed after it was written."
        previous, expected = own, seq + 1
        hashes[seq] = own
        digests.update(_digests_in(payload))


def _digests_in(payload: str) -> Iterator[tuple[int, str]]:
    if "stored_batches" not in payload:
        return
    try:
        read = json.loads(payload)
    except ValueError:
        # A payload that is no JSON was tampered with; its hash has said so already.
        return
    stored = read.get("stored_batches", []) if isinstance(read, dict) else []
    yield from ((batch["batch"], batch["digest"]) for batch in stored)


def _anchor_problems(hashes: dict[int, str], anchors: Iterable[Anchor]) -> Iterator[str]:
    for anchor in anchors:
        if anchor.seq not in hashes:
            yield (
                f"The trail ends before entry {anchor.seq}, which an anchor saw: "
                "entries were cut off, or an old copy was put in its place."
            )
        elif hashes[anchor.seq] != anchor.hash:
            yield f"Entry {anchor.seq} is not the one an anchor saw: the trail was written anew."


def _batch_problems(connection: Connection, digests: dict[int, str]) -> Iterator[str]:
    kept = {row.id: row.digest for row in connection.execute(select(BATCH.c.id, BATCH.c.digest))}
    yield from (f"Batch {number} is in the trail and not in the store." for number in sorted(set(digests) - set(kept)))
    for number, digest in sorted(kept.items()):
        if digests.get(number) != digest:
            yield f"Batch {number} is not the one that the trail tells of."
        elif stored_digest(connection, number) != digest:
            yield f"Rows of batch {number} were changed, removed or added after they were stored."


def _content_problems(connection: Connection) -> Iterator[str]:
    for table, name in ((PLAN, "Surveillance plan"), (PROFILE, "Mapping profile")):
        for number, text, sha256 in connection.execute(select(table.c.id, table.c.toml, table.c.sha256)):
            if hashlib.sha256(text.encode()).hexdigest() != sha256:
                yield f"{name} {number} was changed after it was stored."
    signed = select(STOP_USE_NOTICE.c.id, STOP_USE_NOTICE.c.notice, STOP_USE_NOTICE.c.content_sha256)
    proposed = select(RECOMMENDATION.c.id, RECOMMENDATION.c.evidence, RECOMMENDATION.c.evidence_sha256)
    for query, name in ((signed, "Stop-use notice"), (proposed, "The evidence of recommendation")):
        for number, content, sha256 in connection.execute(query):
            if content_sha256(content) != sha256:
                yield f"{name} {number} was changed after it was stored."
