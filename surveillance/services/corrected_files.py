"""Held rows that come back corrected: read as their file was, linked line by line, counted once."""

from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection

from surveillance.domain.roles import Action, Actor
from surveillance.errors import FileRefused, NotFound
from surveillance.services import intake
from surveillance.services.corrected_origin import origin
from surveillance.services.corrected_profile import for_corrected
from surveillance.services.corrected_rows import CorrectedRow, CorrectedRows, as_csv, corrected_rows
from surveillance.services.file_facts import kept_facts
from surveillance.services.guard import guarded
from surveillance.services.log_preview import Preview
from surveillance.services.mapping_profiles import profile_named
from surveillance.services.store_clock import moment_received
from surveillance.storage import batches, held_returns, profiles
from surveillance.storage.batch_records import BatchRecord
from surveillance.storage.outcome_log.canonical import read_log
from surveillance.storage.outcome_log.parsed_file import ParsedFile
from surveillance.storage.outcome_log.profile import Profile, load_profile
from surveillance.storage.outcome_log.ready_profiles import ready_profile
from surveillance.storage.store import Store


@dataclass(frozen=True, slots=True)
class Corrected:
    """Rows that came back to the file that held them, before anything is stored.

    Attributes
    ----------
    preview : what was understood of them; its lines are those of the first file
    right : lines that will count; `wrong` stay held; `before` came back in an earlier file and are left as they are
    """

    preview: Preview
    batch_id: int
    batch_name: str
    right: tuple[int, ...]
    wrong: tuple[int, ...]
    before: tuple[int, ...]
    differing: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """Return what would become of the rows."""
        said = f"These rows correct batch {self.batch_id} ({self.batch_name}): {len(self.right):,} would count."
        if self.wrong:
            said += f" {len(self.wrong):,} still wrong stay held."
        if self.differing:
            said += f" Line {_listed(self.differing)} stands more than once, each time differently: correct all alike."
        if self.before:
            said += f" {len(self.before):,} came back before and are left as they are."
        return said


@guarded(Action.LOAD_LOG)
def preview_corrected(actor: Actor, store: Store, data: bytes, file_name: str, *, at: datetime) -> Corrected | None:
    """Read rows that came back through the profile of the file that held them; None where a file holds none such.

    Raises
    ------
    FileRefused
        If a row was never held, every row came back before, or the file seems to hold patients' identifiers.
    """
    came = corrected_rows(data, file_name)
    if came is None:
        return None
    with store.read() as connection:
        batch = origin(connection, came, file_name)
        back = held_returns.answered(connection).get(batch.file_sha256, {})
    before = tuple(line for line in came.lines if line in back)
    if len(before) == len(came.lines):
        where = ", ".join(f"batch {number}" for number in sorted({back[line] for line in before}))
        raise FileRefused(f"Every row of this file came back before, in {where}; nothing would be added.")
    first, differing = _once_each(came, frozenset(before))
    profile = for_corrected(_profile(store, batch, came), kept_facts(batch.understood), typed=came.typed)
    parsed = read_log(as_csv(came.header, [row.cells for row in first]), file_name, profile)
    places = dict(enumerate((row.line for row in first), start=2))
    preview = intake.preview_of(store, replace(_renumbered(parsed, places), sha256=intake.sha256_of(data)), profile, at)
    held = {row.line for row in preview.held}
    right = tuple(row.line for row in first if row.line not in held)
    wrong = tuple(sorted({*held, *came.unfit, *differing} - {*right, *before}))
    return Corrected(preview, batch.id, batch.file_name, right, wrong, before, tuple(sorted(differing)))


@guarded(Action.LOAD_LOG)
def commit_corrected(actor: Actor, store: Store, corrected: Corrected, *, at: datetime) -> intake.Receipt:
    """Store the rows that are right now, and link each to the line that waited; the others stay held where they are.

    Raises
    ------
    FileRefused
        If none is right, the file is stored already, or its rows came back or their file was withdrawn meanwhile.
    """
    preview, lines = corrected.preview, corrected.right
    if preview.already_stored:
        raise FileRefused(preview.already_stored)
    if not lines:
        raise FileRefused("No row of this file is right yet, so nothing was stored; the rows stay held.")
    parsed = preview.parsed
    first = f"batch {corrected.batch_id} ({corrected.batch_name})"
    new = intake.new_batch(preview, store, by=actor.person, keep=True, at=at)
    new = replace(new, rows_held=0, understood={"Corrected rows of": first, **new.understood})
    with store.write(actor=actor.person, role=actor.role.value, action=Action.LOAD_LOG.value, at=at) as unit:
        _refuse_overtaken(unit.connection, corrected)
        kept = batches.add_batch(
            unit.connection,
            replace(new, received_at=moment_received(unit.connection, at)),
            cases=parsed.cases,
            outcomes=parsed.outcomes,
            orders=parsed.orders,
        )
        held_returns.add_returns(unit.connection, corrected.batch_id, lines, returned_in=kept.id)
        unit.record({"batch": kept.id, "file": parsed.file_name, "sha256": parsed.sha256, "choice": "corrected",
                     "corrects": corrected.batch_id, "lines": len(lines)})  # fmt: skip
    stay = f" {len(corrected.wrong):,} still wrong stay held." if corrected.wrong else ""
    return intake.Receipt(
        batch_id=kept.id,
        rows_accepted=new.rows_accepted,
        rows_held=len(corrected.wrong),
        sha256=parsed.sha256,
        seq=unit.receipt.seq,
        head=unit.receipt.head,
        sentence=" ".join(
            (
                f"Stored as batch {kept.id}: {len(lines):,} corrected rows of {first} count now.{stay}",
                *preview.unmatched,
            )
        ),
    )


def _refuse_overtaken(connection: Connection, corrected: Corrected) -> None:
    batch = batches.batch_of(connection, corrected.batch_id)
    if batch.withdrawn_at is not None:
        raise FileRefused(f"Batch {batch.id} was withdrawn meanwhile, so its rows wait no more; nothing was stored.")
    back = held_returns.answered(connection).get(batch.file_sha256, {})
    if set(back) & set(corrected.right):
        raise FileRefused(
            "Some of these rows came back in another file meanwhile. Load this file again; it says which."
        )


def _once_each(came: CorrectedRows, before: frozenset[int]) -> tuple[list[CorrectedRow], frozenset[int]]:
    """Return each line once; one with two faults was given out twice and counts only if both are corrected alike."""
    first: dict[int, CorrectedRow] = {}
    differing = set()
    for row in came.rows:
        if row.line in before or row.line in came.unfit:
            continue
        if first.setdefault(row.line, row).cells != row.cells:
            differing.add(row.line)
    return [row for line, row in first.items() if line not in differing], frozenset(differing)


def _profile(store: Store, batch: BatchRecord, came: CorrectedRows) -> Profile:
    """Return the newest version of the file's profile that these columns fit, else the one that read the file."""
    newest = profile_named(store, batch.profile_name)
    if newest.needs <= set(came.header):
        return newest
    with store.read() as connection:
        try:
            return load_profile(profiles.profile(connection, batch.profile_name, batch.profile_version).toml)
        except NotFound:
            return load_profile(ready_profile(batch.profile_name))


def _renumbered(parsed: ParsedFile, places: dict[int, int]) -> ParsedFile:
    """Return a file with the line numbers of the file that its rows came from."""

    def moved(frame: pd.DataFrame | None) -> pd.DataFrame | None:
        return None if frame is None else frame.assign(line=frame["line"].map(places).astype("int64"))

    back, raw = {line: place for place, line in places.items()}, parsed.raw
    return replace(
        parsed,
        cases=moved(parsed.cases),
        outcomes=moved(parsed.outcomes),
        orders=moved(parsed.orders),
        held=tuple(replace(row, line=places.get(row.line, row.line)) for row in parsed.held),
        raw=None if raw is None else lambda line: raw(back[line]),
    )


def _listed(lines: tuple[int, ...]) -> str:
    return ", ".join(map(str, lines[:10])) + (" and others" if len(lines) > 10 else "")
