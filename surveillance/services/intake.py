"""Loading a log: what was understood is shown first, then kept or held as a person chooses, and receipted."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from surveillance.domain.roles import Action, Actor
from surveillance.errors import FileRefused
from surveillance.services.corrected_rows import MARKS
from surveillance.services.file_facts import KEY, facts_to_keep
from surveillance.services.free_text import refuse_named_file
from surveillance.services.future_rows import hold_impossible_times
from surveillance.services.guard import guarded
from surveillance.services.held_places import held_places
from surveillance.services.log_preview import HeldRow as HeldRow
from surveillance.services.log_preview import Preview as Preview
from surveillance.services.log_preview import understood
from surveillance.services.mapping_profiles import profile_named
from surveillance.services.shipped_logs import is_shipped, refuse_shipped
from surveillance.services.store_clock import moment_received
from surveillance.services.unmatched_words import without_study
from surveillance.storage import batches, people
from surveillance.storage.batches import NewBatch
from surveillance.storage.outcome_log.canonical import read_log
from surveillance.storage.outcome_log.held_workbook import held_as_it_came, held_media_type, held_name
from surveillance.storage.outcome_log.parsed_file import ParsedFile
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.overlap import Overlap, overlap
from surveillance.storage.store import Store
from surveillance.storage.times import to_micros
from surveillance.storage.unclaimed import unclaimed

ENOUGH_TO_SHOW = 200
CHOICES = ("keep", "hold")
GIVEN_BACK = (
    "This file gives held rows back, as its first columns say. It is not a log of its own: load it on the page Load a "
    "log, where each row returns to the line that waits for it. Nothing was stored."
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a file is stored, given only after everything was saved."""

    batch_id: int
    rows_accepted: int
    rows_held: int
    sha256: str
    seq: int
    head: str
    sentence: str


@guarded(Action.LOAD_LOG)
def preview(actor: Actor, store: Store, data: bytes, file_name: str, profile: str, *, at: datetime) -> Preview:
    """Read a file through a profile and say what was understood; nothing is stored.

    Raises
    ------
    FileRefused
        If the file as a whole cannot be trusted, or seems to hold patients' identifiers.
    """
    return preview_through(store, data, file_name, profile_named(store, profile), at)


def preview_through(store: Store, data: bytes, file_name: str, profile: Profile, at: datetime) -> Preview:
    """Return what `preview` says, of a profile that need not be kept yet; for services that are guarded themselves."""
    return preview_of(store, read_log(data, file_name, profile), profile, at)


def preview_of(store: Store, read: ParsedFile, profile: Profile, at: datetime) -> Preview:
    """Return what `preview` says of a file that was read through a profile."""
    if read.understood.header[: len(MARKS)] == MARKS:
        raise FileRefused(GIVEN_BACK)
    refuse_named_file(read.file_name)
    refuse_shipped(store, read)
    parsed = replace(hold_impossible_times(read, profile, at), raw=None)  # the file's text is let go
    frames = [frame for frame in (parsed.cases, parsed.outcomes, parsed.orders) if frame is not None]
    with store.read() as connection:
        stored = batches.find_by_sha256(connection, parsed.sha256)
        compared = [overlap(connection, frame) for frame in frames] or [Overlap()]
        loader = "" if stored is None else people.person(connection, stored.received_by).name
        quarantined = 0 if parsed.cases is None else unclaimed(connection, parsed.cases)
        unmatched = without_study(connection, parsed)
    again = ""
    whole = stored is not None and stored.rows_accepted == 0 and stored.rows_held > 0
    if stored is not None and not whole:
        again = f"This file is stored already as batch {stored.id}, loaded by {loader}; nothing would be added."
    return Preview(
        parsed=parsed,
        understood=(*understood(parsed), *_truths_beside(compared)),
        new=compared[0].new,
        identical=compared[0].identical,
        conflicting=sum(one.conflicting for one in compared),
        conflicting_lines=tuple(sorted({line for one in compared for line in one.conflicting_lines}))[:ENOUGH_TO_SHOW],
        quarantined=quarantined,
        already_stored=again,
        held_batch=stored.id if stored is not None and whole else None,
        places=held_places(parsed, profile) if parsed.held else (),
        unmatched=unmatched,
    )


def _truths_beside(compared: list[Overlap]) -> tuple[tuple[str, str], ...]:
    """Say how the truths that stand beside studies in one file compare with those held: they may be all it brings."""
    return tuple(
        (
            "Confirmed findings in it",
            f"{one.new:,} new, {one.identical:,} already held identical, {one.conflicting:,} in conflict",
        )
        for one in compared[1:]
    )


@guarded(Action.LOAD_LOG)
def commit(actor: Actor, store: Store, preview: Preview, *, choice: str, at: datetime) -> Receipt:
    """Store a previewed file whole, in one act: its good rows, its held rows, and the audit entry.

    Parameters
    ----------
    choice : "keep" stores the good rows and the held ones apart; "hold" stores every row as held

    Raises
    ------
    FileRefused
        If the same file is stored already, or the choice is neither: nothing is added.
    """
    if preview.already_stored:
        raise FileRefused(preview.already_stored)
    if choice not in CHOICES:
        raise FileRefused(
            f"Choose to keep the good rows or to hold them all ({' or '.join(CHOICES)}); nothing was stored."
        )
    parsed = preview.parsed
    keep = choice == "keep"
    batch = new_batch(preview, store, by=actor.person, keep=keep, at=at)
    with store.write(actor=actor.person, role=actor.role.value, action=Action.LOAD_LOG.value, at=at) as unit:
        received = moment_received(unit.connection, at)
        if preview.held_batch is not None:
            reason = "held whole before; loaded again"
            batches.withdraw(unit.connection, preview.held_batch, at=received, by=actor.person, reason=reason)
        kept = batches.add_batch(
            unit.connection,
            replace(batch, received_at=received),
            cases=parsed.cases if keep else None,
            outcomes=parsed.outcomes if keep else None,
            orders=parsed.orders if keep else None,
            held=parsed.held,
        )
        unmatched = without_study(unit.connection, parsed) if keep and preview.unmatched else ()
        unit.record({"batch": kept.id, "file": parsed.file_name, "sha256": parsed.sha256, "choice": choice})
    receipt = unit.receipt
    return Receipt(
        batch_id=kept.id,
        rows_accepted=batch.rows_accepted,
        rows_held=batch.rows_held,
        sha256=parsed.sha256,
        seq=receipt.seq,
        head=receipt.head,
        sentence=" ".join(
            (f"Stored as batch {kept.id}: {batch.rows_accepted:,} rows counted, {batch.rows_held:,} held.", *unmatched)
        ),
    )


def new_batch(preview: Preview, store: Store, *, by: str, keep: bool, at: datetime) -> NewBatch:
    """Return a previewed file as it will be listed; what was understood of it is kept with it."""
    parsed = preview.parsed
    return NewBatch(
        file_name=parsed.file_name,
        file_sha256=parsed.sha256,
        kind=parsed.kind,
        profile_name=parsed.profile,
        profile_version=parsed.profile_version,
        rows_accepted=parsed.rows_accepted if keep else 0,
        rows_held=parsed.rows_held if keep else parsed.rows,
        received_at=to_micros(at),
        received_by=by,
        synthetic=store.kind == "demo" or is_shipped(parsed),
        understood={**dict(preview.understood), KEY: facts_to_keep(parsed, preview.places)},
    )


def sha256_of(data: bytes) -> str:
    """Return the fingerprint by which a file is known."""
    return hashlib.sha256(data).hexdigest()


def held_file(preview: Preview) -> bytes:
    """Return the held rows as the file they came in, with line, column, rule and fix, to correct and load again."""
    return held_as_it_came(preview.parsed)


def held_file_is(preview: Preview) -> tuple[str, str]:
    """Return the name of that file, ending as what it is, and what a browser is told it is."""
    return held_name(preview.parsed), held_media_type(preview.parsed)
