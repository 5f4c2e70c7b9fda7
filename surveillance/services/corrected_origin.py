"""Finding the file that held rows came from: the one that held these lines for these reasons."""

import csv
import io

from sqlalchemy import Connection

from surveillance.errors import FileRefused
from surveillance.services.corrected_rows import CorrectedRows
from surveillance.services.file_facts import kept_facts
from surveillance.storage import batches, held_lines
from surveillance.storage.batch_records import BatchRecord

NEVER = (
    "These rows were not held by any file that counts in this store, so there is nothing that they correct. If their "
    "file was withdrawn, load the corrected export as a file of its own, without the first five columns."
)


def origin(connection: Connection, came: CorrectedRows, file_name: str) -> BatchRecord:
    """Return the file whose held rows came back.

    It is the one that held every line for the reason that the file gives; where several did, the one whose rows are
    nearest to these, then the one by whose name the download was called.

    Raises
    ------
    FileRefused
        If none did, or a line was never held, or it is in doubt which file it is.
    """
    reasons = {(row.line, row.column, row.rule) for row in came.rows}
    known = held_lines.files_that_held(connection, reasons)
    fitting = [number for number, own in known.items() if own == reasons] or list(known)
    if not came.rows or not fitting:
        raise FileRefused(NEVER)
    best = max(len(known[number]) for number in fitting)
    fitting = [number for number in fitting if len(known[number]) == best]
    if len(fitting) > 1:
        nearness = {number: _cells_alike(connection, number, came) for number in fitting}
        fitting = [number for number in fitting if nearness[number] == max(nearness.values())]
    names = held_lines.names_of(connection, fitting)
    if len(fitting) > 1:
        fitting = [number for number in fitting if names[number] in file_name] or fitting
    if len(fitting) > 1:
        listed = " and ".join(f"batch {number} ({names[number]})" for number in sorted(fitting))
        raise FileRefused(
            f"It is in doubt which file these rows correct: {listed} held the same lines. Give the file the name that "
            "it was downloaded with, and load it again."
        )
    found = batches.batch_of(connection, fitting[0])
    held = held_lines.held_line_numbers(connection, found.id)
    if strange := sorted(set(came.lines) - held):
        listed = ", ".join(map(str, strange[:10])) + (" and others" if len(strange) > 10 else "")
        raise FileRefused(
            f"Line {listed} was never held in batch {found.id} ({found.file_name}): only held rows come back this way. "
            "Take it out of this file, and load it as a file of its own. Nothing was stored."
        )
    return found


def _cells_alike(connection: Connection, batch_id: int, came: CorrectedRows) -> int:
    """Count the cells that are as they were when a file held these lines."""
    facts = kept_facts(batches.batch_of(connection, batch_id).understood)
    raw = held_lines.raw_of(connection, batch_id, came.lines)
    alike = 0
    for row in came.rows:
        before = next(csv.reader(io.StringIO(raw.get(row.line, ""), newline=""), delimiter=facts.delimiter), [])
        alike += sum(one == other for one, other in zip(before, row.cells, strict=False))
    return alike
