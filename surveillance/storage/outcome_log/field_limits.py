"""Refuse files whose fields no clinical export writes, or that cannot be told apart."""

import numpy as np
import pyarrow.compute as pc

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.layout import Layout
from surveillance.storage.outcome_log.text_table import TextTable

MAXIMUM_FIELD = 10_000
MAXIMUM_LINE = 1_000_000
MAXIMUM_LINES = 2_500_000


def refuse_long_fields(table: TextTable) -> None:
    """Refuse a file with a field of more than 10,000 characters.

    Raises
    ------
    FileRefused
        Naming line and column.
    """
    for name, texts in table.columns.items():
        lengths = np.asarray(pc.utf8_length(texts).to_numpy(zero_copy_only=False))
        if lengths.max(initial=0) > MAXIMUM_FIELD:
            line = int(table.lines[int(np.argmax(lengths))])
            raise FileRefused(
                f"Line {line}, column '{name[:60]}': the field is longer than {MAXIMUM_FIELD:,} characters. "
                "Check for a quote that is not closed, or leave that column out of the export."
            )


def refuse_unquoted_commas(data: bytes, layout: Layout, decimal: str | None) -> None:
    """Refuse a comma-separated file that is said to have decimal commas but quotes nothing.

    Raises
    ------
    FileRefused
        Because "0,85" would then be two fields, and nobody can tell them apart.
    """
    if layout.delimiter == decimal == "," and b'"' not in data:
        raise FileRefused(
            "The profile says the decimal sign is a comma, the fields are separated by commas too, and none "
            "is quoted. Export with semicolons, or with quotes around the numbers."
        )
