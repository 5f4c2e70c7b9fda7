"""The records of an export written again: pseudonyms in, identifying columns out, all else sign by sign as it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from surveillance.domain.pseudonym import EDGES, Subject
from surveillance.services.pseudonym_blocks import Block
from surveillance.services.pseudonym_source import Source
from surveillance.services.pseudonym_survey import Survey
from surveillance.services.pseudonym_totals import is_total
from surveillance.storage.outcome_log.raw_records import RawRecord, cell_text, like

AGE_BAND = "age_band"


@dataclass
class Rewriting:
    """How each record is written again; `made` gives the pseudonym of a cell, `ages` are the columns of an age band."""

    source: Source
    told: Survey
    made: Callable[[Subject, str], str]
    ages: tuple[str, str] = ("", "")
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        header, chosen = self.source.layout.header, self.told.chosen
        places = {name: place for place, name in enumerate(header) if name}
        self.replaced = [(places[name], subject) for name, subject in chosen.pseudonyms.items()]
        self.kept = [place for place, name in enumerate(header) if name and name not in chosen.dropped]
        self.born = [places[name] for name in self.ages if name]

    def written(self, block: Block) -> Iterator[str]:
        """Give every record of a block as text, in order."""
        source, mark = self.source, self.source.layout.delimiter
        for record in block.records:
            cells = record.cells
            if record.line >= source.first_row:
                if record.line <= source.layout.header_row:
                    cells = self._header(record)
                elif len(cells) == len(source.layout.header):
                    cells = self._row(record)
            yield mark.join(cells) + record.end

    def _header(self, record: RawRecord) -> list[str]:
        """Return a line of the header without the columns that are left out."""
        cells = [*record.cells]
        if self.born and record.line == self.source.layout.header_row:
            cells[self.born[0]] = like(cells[self.born[0]], AGE_BAND)
        elif self.born and record.line < self.source.layout.header_row:
            cells[self.born[0] : self.born[0] + 1] = [""] * (self.born[0] < len(cells))
        if record.line < self.source.layout.header_row:
            _hand_group_on(cells, self.kept)
        return [cells[place] for place in self.kept if place < len(cells)]

    def _row(self, record: RawRecord) -> list[str]:
        """Return a row with its pseudonyms."""
        cells = [*record.cells]
        if self.told.bands is not None and any(cells):
            born, studied = (cell_text(cells[place]) for place in self.born)
            cells[self.born[0]] = like(cells[self.born[0]], self.told.bands(born, studied))
        for place, subject in self.replaced:
            cell = cell_text(cells[place])
            if not cell.strip(EDGES):
                continue
            if record.line == self.told.last and is_total(cell):
                self.notes.append(f"Line {record.line}, the last, is a total and stays as it is.")
                continue
            cells[place] = like(cells[place], self.made(subject, cell))
        return [cells[place] for place in self.kept]


def _hand_group_on(cells: list[str], kept: list[int]) -> None:
    """Let a name of the upper header line that stands over a column left out stand over its next one."""
    for place in range(len(cells) - 1):
        if place not in kept and cell_text(cells[place]).strip() and not cell_text(cells[place + 1]).strip():
            cells[place + 1] = cells[place]
