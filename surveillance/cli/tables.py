"""Rows for a person, for a spreadsheet or for a program."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from surveillance.domain.numbers import JOINER


def show(columns: Sequence[str], rows: Iterable[Sequence[object]], *, as_json: bool, as_csv: bool) -> None:
    """Print rows as a table, as JSON (a list of objects) or as CSV; marks that only a browser needs are left out."""
    rows = [tuple(cell.replace(JOINER, "") if isinstance(cell, str) else cell for cell in row) for row in rows]
    if as_json:
        sys.stdout.write(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=str) + "\n")
    elif as_csv:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
        sys.stdout.write(text.getvalue())
    else:
        table = Table(*columns)
        for row in rows:
            table.add_row(*(Text(str(cell)) for cell in row))  # a name in square brackets is no colour
        Console().print(table)
