"""The rows of an export some thousands at a time: as columns to look into, as records to write again."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pyarrow as pa

from surveillance.errors import FileRefused
from surveillance.services.pseudonym_source import Source
from surveillance.services.pseudonym_totals import is_total
from surveillance.storage.outcome_log.memory import give_back
from surveillance.storage.outcome_log.raw_records import RawRecord, cell_text

ROWS = 5_000


@dataclass
class Block:
    """Records that follow one another; `rows` are those of them with as many cells as the header, not blank."""

    records: list[RawRecord] = field(default_factory=list)
    rows: list[RawRecord] = field(default_factory=list)

    def line(self, row: int) -> int:
        """Return the line of a row."""
        return self.rows[row].line

    def cells(self, place: int) -> list[str]:
        """Return a column's cells as they read."""
        return [cell_text(record.cells[place]) for record in self.rows]

    def texts(self, place: int) -> pa.Array:
        """Return a column's cells trimmed, empty ones as missing."""
        return pa.array([text.strip() or None for text in self.cells(place)], pa.string())


@dataclass
class Walk:
    """A way through an export; after it, `outside` are the lines that are no rows, `last` the last that says anything.

    A line of another width is refused, but for a last one that is a total.
    """

    source: Source
    outside: list[tuple[int, str]] = field(default_factory=list)
    rows: int = 0
    last: int = 0

    def blocks(self) -> Iterator[Block]:
        """Give the export block by block, every record in one of them.

        Raises
        ------
        FileRefused
            If a line has another width than the header, or a quote is not closed.
        """
        layout, block, misfit = self.source.layout, Block(), None
        width, mark = len(layout.header), layout.delimiter
        for record in self.source.records():
            block.records.append(record)
            if record.line < self.source.first_row:
                self.outside.append((record.line, mark.join(record.cells)))
            elif record.line > layout.header_row and any(cell.strip(' "') for cell in record.cells):
                if misfit is not None:
                    raise _other_width(misfit, width)
                self.last = record.line
                if len(record.cells) == width:
                    block.rows.append(record)
                else:
                    misfit = record
            if len(block.records) == ROWS:
                self.rows += len(block.rows)
                yield block
                block = Block()
                give_back()
        if misfit is not None:
            text = mark.join(misfit.cells)
            if not is_total(text.replace(mark, " ")):
                raise _other_width(misfit, width)
            self.outside.append((misfit.line, text))
        self.rows += len(block.rows)
        yield block


def _other_width(record: RawRecord, width: int) -> FileRefused:
    return FileRefused(
        f"Line {record.line} has {len(record.cells)} fields and the header {width}, so it cannot be told which of them "
        "is the accession number. Put quotes around a text that holds the delimiter, or complete the line."
    )
