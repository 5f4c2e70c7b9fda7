"""The records of an export written again: pseudonyms in, identifying columns out, all else sign by sign as it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from surveillance.domain.pseudonym import EDGES, Subject
from surveillance.services.pseudonym_columns import Chosen
from surveillance.services.pseudonym_source import Source, is_total
from surveillance.storage.outcome_log.raw_records import RawRecord, cell_text, like, raw_records

AGE_BAND = "age_band"


@dataclass
class Rewriting:
    """How each record is written again, and which cells became pseudonyms (column -> cells)."""

    source: Source
    chosen: Chosen
    made: Callable[[Subject, str], str]
    band: Callable[[str, str], str]
    ages: tuple[str, str] = ("", "")
    met: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        header = self.source.layout.header
        places = {name: place for place, name in enumerate(header) if name}
        self.replaced = [(places[name], name, subject) for name, subject in self.chosen.pseudonyms.items()]
        self.kept = [place for place, name in enumerate(header) if name and name not in self.chosen.dropped]
        self.born = [places[name] for name in self.ages if name]
        self.met = {name: {} for name in self.chosen.pseudonyms}

    def records(self) -> Iterator[str]:
        """Give every record as text, in order."""
        source, mark = self.source, self.source.layout.delimiter
        for record in raw_records(source.text, mark, source.layout.header_row):
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
        if self.born:
            born, studied = (cell_text(cells[place]) for place in self.born)
            cells[self.born[0]] = like(cells[self.born[0]], self.band(born, studied))
        for place, name, subject in self.replaced:
            cell = cell_text(cells[place])
            known = self.met[name]
            if cell not in known:
                if not cell.strip(EDGES):
                    continue
                if record.line == self.source.last and is_total(cell):
                    self.notes.append(f"Line {record.line}, the last, is a total and stays as it is.")
                    continue
                known[cell] = self.made(subject, cell)
            cells[place] = like(cells[place], known[cell])
        return [cells[place] for place in self.kept]


def _hand_group_on(cells: list[str], kept: list[int]) -> None:
    """Let a name of the upper header line that stands over a column left out stand over its next one."""
    for place in range(len(cells) - 1):
        if place not in kept and cell_text(cells[place]).strip() and not cell_text(cells[place + 1]).strip():
            cells[place + 1] = cells[place]
