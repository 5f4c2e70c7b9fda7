"""A folder that exports fall into: each file is recognised, loaded, and moved away with the reasons beside it."""

import csv
import io
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from surveillance.domain.roles import Action, Actor
from surveillance.errors import FileRefused, NotFound
from surveillance.services import intake
from surveillance.services.filing_away import Replaced, file_away, free_name, make_folders
from surveillance.services.guard import guarded
from surveillance.services.intake import Preview
from surveillance.services.recognition import recognise
from surveillance.services.tray_folder import Reading, read_settled, readable
from surveillance.storage.outcome_log.held_file import guarded as no_formula
from surveillance.storage.outcome_log.held_row import HeldRow
from surveillance.storage.store import Store

State = Literal["processed", "held", "refused", "left"]
CHANGED = "It changed while it was loaded: what lies there now stays, and is taken at the next look."
UNASKED = "Nothing was stored: on the page Load a log a person sees it and decides."
STAYS = (
    "It cannot be moved to {folder} ({why}), so it stays where it is and is not taken again as it stands. Move it away"
    " by hand."
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file: where it lies now, and a sentence.

    `held` where rows of it wait to be corrected; `left` where it was dealt with and not moved.
    """

    name: str
    state: State
    sentence: str
    moved_to: Path


@guarded(Action.LOAD_LOG)
def take_file(actor: Actor, store: Store, file: Path, *, profile: str | None, at: datetime) -> Taken:
    """Load one file of the in-tray and move it to `processed` or `refused` beside it.

    Without a profile it is recognised by its header; a changed or unknown header is refused and waits for a person.
    Rows that break a rule are held as the profile says: the good ones count, or the whole file is held. The bytes of
    a file that is stored already are not stored again, so that a stop between storing and moving does no harm. Only
    the very file that was read is moved: one that was written over meanwhile is left for the next look.

    Raises
    ------
    NotFound
        If the file is gone, still being written, or no ordinary file.
    StoreUnusable
        If there is nowhere to move it to.
    """
    make_folders(file.parent, ("processed", "refused"))
    reading, name = read_settled(file), readable(file.name)
    try:
        if reading.data is None:
            raise FileRefused("The file is larger than any that is read. Split it by month.")
        known = profile or _recognised(actor, store, reading.data, name)
        preview, said = _loaded(actor, store, reading.data, name, known, at)
    except FileRefused as refused:
        reason = HeldRow(0, "", str(refused), "", "", "")
        return _moved(
            file, reading, "refused", Taken(name, "refused", str(refused), file), _reasons((reason,)), None, at
        )
    if not preview.held:
        return _moved(file, reading, "processed", Taken(name, "processed", said, file), None, None, at)
    whole = preview.default_choice == "hold"
    ending = f"held{Path(intake.held_file_is(preview)[0]).suffix}"
    held = (ending, intake.held_file(preview))
    folder = "refused" if whole else "processed"
    return _moved(file, reading, folder, Taken(name, "held", said, file), _reasons(preview.held), held, at)


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
    if preview.parsed.doubts and not preview.already_stored:
        raise FileRefused(" ".join((*preview.parsed.doubts, UNASKED)))
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
    reading: Reading,
    folder: str,
    taken: Taken,
    reasons: bytes | None,
    held: tuple[str, bytes] | None,
    at: datetime,
) -> Taken:
    """Move a file into its folder, the reasons first, so that they are never missing; only the one that was read."""
    target = free_name(file.parent / folder, file.name, at)
    note = None
    more = not (taken.sentence.startswith("Stored") and taken.sentence.endswith(" held."))  # than that it counts
    if taken.state == "processed" and more:
        note = f"{taken.sentence}\n".encode()
    beside: list[Path] = []
    try:
        for ending, content in (("reasons.csv", reasons), held or ("", None), ("note.txt", note)):
            if content is not None:
                beside.append(target.with_name(f"{target.name}.{ending}"))
                beside[-1].write_bytes(content)
        file_away(file, target, reading)
    except (OSError, Replaced) as error:
        _take_back(beside)
        if isinstance(error, FileExistsError) or not os.path.lexists(file):
            raise NotFound(f"{taken.name} was taken by another look at this folder.") from error
        why = CHANGED
        if isinstance(error, OSError):
            why = STAYS.format(folder=folder, why=error.strerror or type(error).__name__)
        return replace(taken, state="left", sentence=f"{taken.sentence} {why}")
    return replace(taken, moved_to=target)


def _take_back(written: list[Path]) -> None:
    """Remove what was written beside a file that could not be moved, as far as it was written."""
    for path in written:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _reasons(held: tuple[HeldRow, ...]) -> bytes:
    """Return what is wrong as a table, one line a fault, with no cell that a spreadsheet would run."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("line", "column", "rule", "value", "fix"))
    for fault in held:
        line = str(fault.line) if fault.line else ""
        writer.writerow([no_formula(cell) for cell in (line, fault.column, fault.rule, fault.value, fault.fix)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
