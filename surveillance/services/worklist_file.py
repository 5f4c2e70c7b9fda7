"""The worklist as a file: how it is written, to be read away from this store."""

import csv
import io
from collections.abc import Sequence

from surveillance.storage.outcome_log.held_file import guarded as without_formula

COLUMNS = ("case_id", "site", "acquired_at", "week", "reader", "answer")


def worklist_csv(rows: Sequence[tuple[str, str, str, str]]) -> bytes:
    """Return studies as CSV in UTF-8, the last two columns left to the reader.

    >>> worklist_csv([("S7Q2", "Millford", "2026-11-16T08:00:00+00:00", "2026-W47")]).decode().splitlines()[1]
    'S7Q2,Millford,2026-11-16T08:00:00+00:00,2026-W47,,'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([*(without_formula(cell) for cell in row), "", ""] for row in rows)
    return out.getvalue().encode()
