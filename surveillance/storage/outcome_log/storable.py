"""What of a file may be kept in its held rows: the columns that are read, and no cell that may name somebody."""

import csv
import io
from dataclasses import dataclass, field

from surveillance.storage.outcome_log.cell_judgement import LOOK, UNTOLD, may_stand
from surveillance.storage.outcome_log.field_limits import MAXIMUM_LINE
from surveillance.storage.outcome_log.identifier_patterns import names_a_number
from surveillance.storage.outcome_log.masking import mask
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.screening import measured_columns

LONGEST_KEPT = MAXIMUM_LINE  # a line that was cut would come back short
LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Storable:
    """Which columns of a file may be kept.

    Attributes
    ----------
    to_read : columns to read: those of the profile, and those to look into for identifiers
    dropped : named columns that the profile does not read; never stored
    kept : bool per column of the header; True where its cells may be kept in a held row
    measured : columns read as dates or numbers -> the places of their cells; a joined one has several
    """

    to_read: tuple[str, ...]
    dropped: tuple[str, ...]
    kept: tuple[bool, ...]
    measured: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def raw(self, text: str, delimiter: str) -> str:
        """Return a line as it came, but for cells of dropped columns, emptied, and such as might name somebody.

        Those stand in columns of dates and numbers; what stands in columns of text was screened with its column and
        comes back as it is, or a study would come back under another name.
        """
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        if len(cells) != len(self.kept):
            return ""
        safe = [cell if kept else "" for cell, kept in zip(cells, self.kept, strict=True)]
        for places in self.measured.values():
            if not may_stand(" ".join(filter(None, (cells[place].strip() for place in places)))):
                for place in places:
                    safe[place] = UNTOLD
        if safe == cells:
            return text[:LONGEST_KEPT]
        quoted = ['"' + c.replace('"', '""') + '"' if {delimiter, '"', "\n"} & set(c) else c for c in safe]
        return delimiter.join(quoted)[:LONGEST_KEPT]

    def told(self, column: str, value: str, fix: str) -> tuple[str, str]:
        """Return what a held row may say of what stood in a column, and its fix."""
        if column in self.measured and not may_stand(value):
            return UNTOLD, f"{fix}; {LOOK}"
        return mask(value)[:LONGEST_SHOWN], fix


def storable(header: tuple[str, ...], profile: Profile) -> Storable:
    """Return which columns of a header are read, looked into, dropped and kept."""
    reads = set(profile.reads)
    places = {
        name: tuple(header.index(part) for part in profile.joined.get(name, (name,)) if part in header)
        for name in sorted(measured_columns(profile))
    }
    return Storable(
        to_read=tuple(name for name in header if name and (name in reads or names_a_number(name))),
        dropped=tuple(name for name in header if name and name not in reads),
        kept=tuple(name in reads for name in header),
        measured={name: own for name, own in places.items() if own},
    )
