"""Handing in: every truth that the readings settle becomes an outcome, in one batch and one act."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection

from surveillance.domain.plan import load_plan
from surveillance.domain.roles import Action, Actor
from surveillance.domain.truth_worklist import Settled, source_for
from surveillance.errors import NotAllowed, NotFound
from surveillance.services.guard import guarded
from surveillance.services.store_clock import moment_received
from surveillance.services.truth_listing import settled_truths, studies_of
from surveillance.storage.batches import NewBatch, add_batch
from surveillance.storage.plans import plan_for
from surveillance.storage.readings import PROFILE
from surveillance.storage.register import DeploymentRecord, deployment
from surveillance.storage.store import Store

COLUMNS = ("case_id", "model", "site", "truth", "recorded_at", "truth_source")


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in: how many truths, in which batch; none where nothing was settled since the last time."""

    truths: int
    batch_id: int | None
    sentence: str


@guarded(Action.KEEP_WORKLIST)
def hand_in(actor: Actor, store: Store, deployment_id: int, *, at: datetime) -> HandedIn:
    """Hand in every settled truth of a deployment that was not handed in before; asked again, nothing is added.

    Of flagged studies the truth's source is an adjudication, of the others an audit. It counts as recorded when the
    answer that settled it was given.

    Raises
    ------
    NotAllowed
        If the plan takes no truth from a reading of some of the studies: nothing is handed in.
    NotFound
        If no deployment has this number, or no plan governs it.
    """
    with store.read() as connection:
        own = deployment(connection, deployment_id)
        if not len(_rows(connection, own, at)):
            return HandedIn(0, None, f"Nothing is settled at {own.title} that was not handed in before.")
    action = Action.KEEP_WORKLIST.value
    with store.write(actor=actor.person, role=actor.role.value, action=action, at=at) as unit:
        rows = _rows(unit.connection, own, at)
        if not len(rows):
            raise NotFound(f"Somebody else has just handed in the truths of {own.title}; nothing was added twice.")
        data = rows.to_csv(index=False, lineterminator="\n").encode()
        batch = NewBatch(
            file_name=f"{PROFILE}-{own.model}-{own.site}-{at:%Y-%m-%d}.csv",
            file_sha256=hashlib.sha256(data).hexdigest(),
            kind="outcomes",
            profile_name=PROFILE,
            profile_version=1,
            rows_accepted=len(rows),
            rows_held=0,
            received_at=moment_received(unit.connection, at),
            received_by=actor.person,
            synthetic=store.kind == "demo",
            understood={"Truths": f"{len(rows):,}", "From": "readings of the truth worklist"},
        )
        kept = add_batch(unit.connection, batch, outcomes=rows)
        unit.record({"deployment": own.id, "batch": kept.id, "truths": len(rows), "sha256": kept.file_sha256})
    words = f"{len(rows):,} truth{'s are' if len(rows) != 1 else ' is'} handed in as batch {kept.id}"
    return HandedIn(len(rows), kept.id, f"{words} by {actor.name}. The next evaluation counts them.")


def _rows(connection: Connection, own: DeploymentRecord, at: datetime) -> pd.DataFrame:
    """Return the truths to hand in, as the outcome table takes them."""
    settled = settled_truths(connection, own, studies_of(connection, own))
    if not settled:
        return pd.DataFrame(columns=[*COLUMNS, "line"])
    record = plan_for(connection, own, at=at) or plan_for(connection, own)
    if record is None:
        raise NotFound(f"{own.title} has no surveillance plan yet; add one before truths are handed in.")
    truth = load_plan(record.toml).truth
    source = {flagged: source_for(truth, flagged=flagged) for flagged in (True, False)}
    for flagged, words in ((True, "flagged"), (False, "did not flag")):
        if source[flagged] is None and any(one[1] == flagged for one in settled):
            raise NotAllowed(
                f"The plan takes no truth from a reading of studies that the AI {words}, so nothing is handed in: add"
                " 'adjudication' or 'audit' to the plan's truth first."
            )
    return _frame(own, settled, source)


def _frame(
    own: DeploymentRecord, settled: tuple[tuple[str, bool, Settled], ...], source: dict[bool, str | None]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "case_id": [case for case, _, _ in settled],
            "model": own.model,
            "site": own.site,
            "truth": [truth.answer.code for _, _, truth in settled],
            "recorded_at": [truth.at for _, _, truth in settled],
            "truth_source": [source[flagged] for _, flagged, _ in settled],
            "line": range(2, len(settled) + 2),
        }
    )
