"""A folder that exports fall into: each file is recognised, loaded, and moved away with the reasons beside it."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from surveillance.domain.roles import Action, Actor
from surveillance.errors import FileRefused, NotFound
from surveillance.services import intake
from surveillance.services.guard import guarded
from surveillance.services.intake import Preview
from surveillance.services.recognition import recognise
from surveillance.services.tray_folder import file_away, free_name, make_folders, read_settled
from surveillance.storage.outcome_log.held_file import guarded as no_formula
from surveillance.storage.outcome_log.held_row import HeldRow
from surveillance.storage.store import Store

State = Literal["processed", "held", "refused"]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: where it lies now, and a sentence; `held` where rows of it wait to be corrected."""

    name: str
    state: State
    sentence: str
    moved_to: Path


@guarded(Action.LOAD_LOG)
def take_file(actor: Actor, store: Store, file: Path, *, profile: str | None, at: datetime) -> Taken:
    """Load one file of the in-tray and move it to `processed` or `refused` beside it.

    Without a profile it is recognised by its header; a changed or unknown header is refused and waits for a person.
    Rows that break a rule are held as the profile says: the good ones count, or the whole file is held. The bytes of
    a file that is stored already are not stored again, so that a stop between storing and moving does no harm.

    Raises
    ------
    NotFound
        If the file is gone, still being written, or no ordinary file.
    StoreUnusable
        If there is nowhere to move it to.
    """
    make_folders(file.parent, ("processed", "refused"))
    data = read_settled(file)
    try:
        if data is None:
            raise FileRefused("The file is larger than any that is read. Split it by month.")
        name = profile or _recognised(actor, store, data, file.name)
        preview, said = _loaded(actor, store, data, file.name, name, at)
    except FileRefused as refused:
        reason = HeldRow(0, "", str(refused), "", "", "")
        return _moved(file, "refused", "refused", str(refused), _reasons((reason,)), None, at)
    if not preview.held:
        return _moved(file, "processed", "processed", said, None, None, at)
    whole = preview.default_choice == "hold"
    folder = "refused" if whole else "processed"
    ending = f"held{Path(intake.held_file_is(preview)[0]).suffix}"
    return _moved(file, folder, "held", said, _reasons(preview.held), (ending, intake.held_file(preview)), at)


def _recognised(actor: Actor, store: Store, data: bytes, file_name: str) -> str:
    """Return the profile that a file's header names."""
    found = recognise(actor, store, data, file_name)
    if found.state != "known" or found.profile is None:
        raise FileRefused(found.sentence)
    return found.profile


def _loaded(actor: Actor, store: Store, data: bytes, name: str, profile: str, at: datetime) -> tuple[Preview, str]:
    """Store a file unless it is stored already, and say so."""
    preview = intake.preview(actor, store, data, name, profile, at=at)
    choice = preview.default_choice if preview.held else "keep"
    if not preview.already_stored and (preview.held_batch is None or choice == "keep"):
        try:
            return preview, intake.commit(actor, store, preview, choice=choice, at=at).sentence
        except FileRefused:
            preview = intake.preview(actor, store, data, name, profile, at=at)
            if not preview.already_stored:
                raise
    return preview, preview.already_stored or "This file is held already; nothing was added."


def _moved(
    file: Path,
    folder: str,
    state: State,
    sentence: str,
    reasons: bytes | None,
    held: tuple[str, bytes] | None,
    at: datetime,
) -> Taken:
    """Move a file into its folder, the reasons first, so that they are never missing."""
    target = free_name(file.parent / folder, file.name, at)
    for ending, content in (("reasons.csv", reasons), held or ("", None)):
        if content is not None:
            target.with_name(f"{target.name}.{ending}").write_bytes(content)
    if state == "processed" and not sentence.startswith("Stored"):
        target.with_name(f"{target.name}.note.txt").write_text(f"{sentence}\n", encoding="utf-8")
    try:
        file_away(file, target)
    except (FileNotFoundError, FileExistsError) as error:
        raise NotFound(f"{file.name} was taken by another look at this folder.") from error
    return Taken(file.name, state, sentence, target)


def _reasons(held: tuple[HeldRow, ...]) -> bytes:
    """Return what is wrong as a table, one line a fault, with no cell that a spreadsheet would run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("line", "column", "rule", "value", "fix"))
    for fault in held:
        line = str(fault.line) if fault.line else ""
        writer.writerow([no_formula(cell) for cell in (line, fault.column, fault.rule, fault.value, fault.fix)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
