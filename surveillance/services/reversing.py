"""A worklist of the store turned back into accession numbers, on the machine where the links are kept."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from surveillance.domain.pseudonym import looks_like_pseudonym, read_pseudonym
from surveillance.errors import FileRefused
from surveillance.services.pseudonym_links import Link
from surveillance.storage.outcome_log.decoding import decode
from surveillance.storage.outcome_log.layout import DELIMITERS
from surveillance.storage.outcome_log.raw_records import RawRecord, cell_text, like, raw_records, raw_text

SHARE = 0.5  # of a column's filled cells; from here on those that are none are mistyped


@dataclass(frozen=True, slots=True)
class Unturned:
    """A pseudonym that could not be turned back, with its line and the reason."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reversed:
    """A worklist with numbers in place of pseudonyms; cells that could not be turned back stand as they were."""

    content: bytes
    turned: int
    unturned: tuple[Unturned, ...]


def reverse(data: bytes, links: Mapping[str, Link]) -> Reversed:
    """Turn every column of pseudonyms in a CSV back into the numbers that they stand for.

    Case, spaces and hyphens of a pseudonym do not matter, and O, I and L are read as 0, 1 and 1.

    Raises
    ------
    FileRefused
        If the file is no text, or no column of it holds pseudonyms.
    """
    decoded, encoding = decode(data, None)
    mark, text = raw_text(data, encoding)
    head = decoded[:100_000].decode("utf-8", errors="replace").split("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    records = list(raw_records(text, delimiter, 0))
    places = _places(records)
    if not places:
        raise FileRefused("No column of this file holds pseudonyms, such as S7Q2-K9M4-X3WP-B6TD.")
    turned, unturned = 0, []
    for place in places:
        begun = False
        for record in records:
            cell = cell_text(record.cells[place]).strip() if place < len(record.cells) else ""
            begun = begun or looks_like_pseudonym(cell)
            if not cell or not (begun or any(sign.isdigit() for sign in cell)):
                continue  # an empty cell, or a name of the column
            read = read_pseudonym(cell)
            if read is not None and read in links:
                record.cells[place] = _written(record.cells[place], links[read].identifier, delimiter)
                turned += 1
            else:
                unturned.append(Unturned(record.line, cell, _reason(cell, read)))
    content = mark + "".join(delimiter.join(one.cells) + one.end for one in records).encode(encoding, "replace")
    return Reversed(content, turned, tuple(sorted(unturned, key=lambda one: one.line)))


def _places(records: list[RawRecord]) -> list[int]:
    """Return the columns of pseudonyms: one of them can be read, or half of the cells look like one."""
    width = max((len(record.cells) for record in records), default=0)
    found = []
    for place in range(width):
        cells = [cell_text(record.cells[place]) for record in records if place < len(record.cells)]
        filled = [cell for cell in cells[1:] if cell.strip()] or [cell for cell in cells if cell.strip()]
        alike = sum(map(looks_like_pseudonym, filled))
        if any(read_pseudonym(cell) for cell in filled) or (filled and alike / len(filled) >= SHARE):
            found.append(place)
    return found


def _reason(cell: str, read: str | None) -> str:
    """Return why a cell was not turned back."""
    if read is not None:
        return "the link file does not know it"
    if looks_like_pseudonym(cell):
        return "it is mistyped: its last sign does not fit the others"
    return "it is no pseudonym; one has 16 letters and digits, such as S7Q2-K9M4-X3WP-B6TD"


def _written(cell: str, identifier: str, delimiter: str) -> str:
    """Return a number as a cell, quoted where the cell was or the number needs it."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="").writerow([identifier])
    return like(cell, out.getvalue()) if '"' not in out.getvalue() else out.getvalue()
