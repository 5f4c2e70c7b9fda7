"""Every file that was loaded: what it brought, whether it counts, what of it waits, and its held rows to mend."""

from dataclasses import dataclass
from datetime import datetime

from surveillance.domain.roles import Action, Actor
from surveillance.services.file_facts import kept_facts
from surveillance.services.guard import guarded
from surveillance.storage import batches, held_returns, people
from surveillance.storage.batch_records import BatchRecord
from surveillance.storage.outcome_log.held_row import HeldRow
from surveillance.storage.outcome_log.held_workbook import held_as_it_came, held_media_type, held_name
from surveillance.storage.outcome_log.parsed_file import ParsedFile, Understood
from surveillance.storage.store import Store
from surveillance.storage.times import from_micros


@dataclass(frozen=True, slots=True)
class FileRow:
    """One loaded file with its receipt.

    Attributes
    ----------
    kept, held : rows that were taken, and rows that were not
    waiting : held rows that still await correction; 0 once the file is withdrawn
    corrects : the batch whose held rows it brought back, if it did
    withdrawn_at, withdrawn_by, reason : when, by whom and why it was withdrawn; None and "" while it counts
    """

    batch_id: int
    file_name: str
    kind: str
    profile: str
    kept: int
    held: int
    waiting: int
    received_at: datetime
    received_by: str
    sha256: str
    corrects: int | None
    withdrawn_at: datetime | None
    withdrawn_by: str
    reason: str

    @property
    def counts(self) -> bool:
        """Say whether it was not withdrawn."""
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class HeldDownload:
    """Held rows as a file: the kind that they came in, with line, column, rule, value and fix in front."""

    name: str
    media_type: str
    data: bytes


@guarded(Action.READ_SURVEILLANCE)
def loaded_files(actor: Actor, store: Store) -> tuple[FileRow, ...]:
    """Return every file that was loaded, newest first, withdrawn ones too."""
    with store.read() as connection:
        waiting = {one.batch_id: one.rows for one in held_returns.waiting_files(connection)}
        names = {person.id: person.name for person in people.people(connection)}
        origins = held_returns.origin_of(connection)
        return tuple(
            FileRow(
                batch_id=kept.id,
                file_name=kept.file_name,
                kind=kept.kind,
                profile=f"{kept.profile_name}, version {kept.profile_version}",
                kept=kept.rows_accepted,
                held=kept.rows_held,
                waiting=waiting.get(kept.id, 0),
                received_at=from_micros(kept.received_at),
                received_by=names.get(kept.received_by, kept.received_by),
                sha256=kept.file_sha256,
                corrects=origins.get(kept.id),
                withdrawn_at=None if kept.withdrawn_at is None else from_micros(kept.withdrawn_at),
                withdrawn_by="" if kept.withdrawn_by is None else names.get(kept.withdrawn_by, kept.withdrawn_by),
                reason=kept.withdrawal_reason or "",
            )
            for kept in batches.batches(connection)
        )


@guarded(Action.READ_CASES)
def held_download(actor: Actor, store: Store, batch_id: int) -> HeldDownload | None:
    """Return the rows of a file that still await correction, as the file they came in, each with its reason and fix.

    None where no row of it has a fault: of a file that was held whole the good rows wait too, until the same file is
    loaded again.

    Raises
    ------
    NotFound
        If no file has this number.
    """
    with store.read() as connection:
        batch = batches.batch_of(connection, batch_id)
        back = held_returns.answered(connection).get(batch.file_sha256, {})
        held = [row for row in batches.held_rows(connection, batch_id) if row.line not in back]
    if not held:
        return None
    rows = tuple(HeldRow(row.line, row.column, row.rule, row.value, row.fix, row.raw) for row in held)
    parsed = _as_parsed(batch, rows)
    return HeldDownload(held_name(parsed), held_media_type(parsed), held_as_it_came(parsed))


def _as_parsed(batch: BatchRecord, held: tuple[HeldRow, ...]) -> ParsedFile:
    """Return a stored file with its held rows as it was after reading, its accepted rows left out."""
    facts = kept_facts(batch.understood)
    return ParsedFile(
        kind=batch.kind,  # type: ignore[arg-type] # the table takes no other word
        file_name=batch.file_name,
        sha256=batch.file_sha256,
        profile=batch.profile_name,
        profile_version=batch.profile_version,
        understood=Understood(
            encoding=facts.encoding,
            delimiter=facts.delimiter,
            decimal=facts.decimal,
            date_formats=dict(facts.date_formats),
            header=facts.header,
            header_row=1,
            line_count=0,
            first_rows=(),
            container=facts.container,
            sheet=facts.sheet,
        ),
        cases=None,
        outcomes=None,
        orders=None,
        held=held,
        rows=len(held),
        merged=0,
        columns_dropped=(),
        notes=(),
        whole_file_above=0.0,
    )
