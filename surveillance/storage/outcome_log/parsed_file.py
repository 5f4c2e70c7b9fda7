"""What became of a file: the rows that count, the rows held, and how it was understood."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from surveillance.storage.outcome_log.column_names import Kind
from surveillance.storage.outcome_log.held_row import HeldRow


@dataclass(frozen=True, slots=True)
class Understood:
    """How a file was read: shown to the person before anything is stored.

    Attributes
    ----------
    decimal : "." or ",", or "in doubt"
    date_formats : our date column -> its format, how that is known, its zone
    header_row : the line of the header, the first line being 1
    line_count : lines of the file, title and header lines included
    first_rows : up to five accepted rows, our column -> the value as text, times in UTC
    container : "text", "workbook" or "parquet": what the file is, packed or not; `encoding` and `delimiter` are
        those of a text file, and of the others only how their rows are kept
    sheet : the worksheet that was read, "" where there is none
    """

    encoding: str
    delimiter: str
    decimal: str
    date_formats: dict[str, str]
    header: tuple[str, ...]
    header_row: int
    line_count: int
    first_rows: tuple[dict[str, str], ...]
    container: str = "text"
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file after reading, mapping and checking; frames hold accepted rows only.

    Attributes
    ----------
    rows : data rows found, held and merged ones included, blank lines and trailing totals not
    merged : rows that repeat another row of the file word for word, counted once
    held : the faults, by line; a line may have several
    columns_dropped : columns of the file that the profile does not read; never stored
    notes : sentences to show with the preview
    doubts : those of them that a person must have read before the file counts
    raw : a line as it may be kept, for whoever holds rows after reading; None once nobody may any more
    """

    kind: Kind
    file_name: str
    sha256: str
    profile: str
    profile_version: int
    understood: Understood
    cases: pd.DataFrame | None
    outcomes: pd.DataFrame | None
    orders: pd.DataFrame | None
    held: tuple[HeldRow, ...]
    rows: int
    merged: int
    columns_dropped: tuple[str, ...]
    notes: tuple[str, ...]
    whole_file_above: float
    raw: Callable[[int], str] | None = field(default=None, compare=False, repr=False)
    doubts: tuple[str, ...] = ()

    @property
    def rows_held(self) -> int:
        """Return how many rows are held, however many faults each has."""
        return len({fault.line for fault in self.held})

    @property
    def rows_accepted(self) -> int:
        """Return how many rows count, repeats merged into them included."""
        return self.rows - self.rows_held

    @property
    def held_share(self) -> float:
        """Return the share of rows that are held, 0 to 1."""
        return self.rows_held / self.rows if self.rows else 0.0

    @property
    def propose_holding_all(self) -> bool:
        """Return whether more rows are held than the profile accepts beside good ones."""
        return self.held_share > self.whole_file_above
