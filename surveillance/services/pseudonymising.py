"""Pseudonyms in place of accession and patient numbers, on the machine where the key is kept: no store, no network."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyarrow.compute as pc

from surveillance.domain.pseudonym import EDGES, Subject, as_written, pseudonym, read_pseudonym
from surveillance.errors import FileRefused
from surveillance.services.birth_days import age_bands
from surveillance.services.pseudonym_columns import Asked, Chosen, choose_columns
from surveillance.services.pseudonym_findings import findings, known_numbers, tells
from surveillance.services.pseudonym_links import Link
from surveillance.services.pseudonym_source import is_total, open_source
from surveillance.services.rewritten_rows import Rewriting
from surveillance.storage.outcome_log.identifiers import Suspicion

Report = Callable[[str, int, int], None]
TOLD_EVERY = 20_000


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """A file with pseudonyms in it; `content` is None where something would still identify somebody."""

    content: bytes | None
    chosen: Chosen
    links: tuple[Link, ...]
    rows: int
    findings: tuple[Suspicion, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Maker:
    """Makes the pseudonym of a cell and remembers what it stands for."""

    key: bytes = field(repr=False)
    links: dict[str, Link] = field(default_factory=dict)
    already: int = 0

    def __call__(self, subject: Subject, cell: str) -> str:
        """Return the pseudonym of a cell; one that is a pseudonym stays."""
        if read_pseudonym(cell) is not None:
            self.already += 1
            return cell
        made = pseudonym(self.key, subject, cell)
        self.links.setdefault(made, Link(subject, as_written(cell), made))
        return made


def pseudonymise(data: bytes, file_name: str, key: bytes, asked: Asked, *, report: Report) -> Pseudonymised:
    """Put pseudonyms into an export; every other cell, quote and line end that stays is as it came.

    Nothing is written where a column that stays looks as if it held identifiers: what was found is returned instead.

    Raises
    ------
    FileRefused
        If the file cannot be read as text with a header, has lines of another width, or no column of accession
        numbers.
    """
    report(f"Reading {file_name}", 0, 1)
    source = open_source(data, file_name, asked.named)
    chosen = choose_columns(source.columns, asked)
    report(f"Looking for identifiers in {file_name}", 0, 1)
    known = known_numbers(source.columns, chosen)
    found = (
        *source.outside_findings(chosen.pseudonyms, lambda text: tells(text, known)),
        *findings(source.columns, chosen, asked, known, source.line),
    )
    rows = len(source.lines)
    if found:
        return Pseudonymised(None, chosen, (), rows, found)
    bands: dict[tuple[str, str], str] = {}
    without = 0
    if asked.born:
        born, studied = (source.columns[name].to_pylist() for name in (asked.born, asked.studied))
        bands, without = age_bands(born, studied, (asked.born, asked.studied))
    maker = Maker(key)
    rewriting = Rewriting(
        source, chosen, maker, lambda birth, study: bands.get((birth, study), ""), (asked.born, asked.studied)
    )
    text = "".join(_told(rewriting.records(), rows, file_name, report))
    _refuse_disagreement(rewriting)
    if maker.already:
        rewriting.notes.append(f"{maker.already:,} cells were pseudonyms already and stay as they are.")
    if without:
        rewriting.notes.append(f"{without:,} rows have no age band: a day is missing, or gives no age from 0 to 120.")
    if unnamed := sum(1 for name in source.layout.header if not name):
        rewriting.notes.append(f"{unnamed} columns without a name were left out: nobody can tell what they hold.")
    content = source.mark + text.encode(source.encoding)
    return Pseudonymised(content, chosen, tuple(maker.links.values()), rows, (), tuple(rewriting.notes))


def _told(records: Iterator[str], rows: int, file_name: str, report: Report) -> Iterator[str]:
    """Pass records on and report how many there were."""
    for number, record in enumerate(records):
        if number % TOLD_EVERY == 0:
            report(f"Writing {file_name}", min(number, rows), rows)
        yield record
    report(f"Writing {file_name}", rows, rows)


def _refuse_disagreement(rewriting: Rewriting) -> None:
    """Refuse a file that the reader of columns and the writer of records understand differently."""
    for name, met in rewriting.met.items():
        cells = set(pc.unique(rewriting.source.columns[name]).to_pylist())
        cells = {cell for cell in cells if cell.strip(EDGES)} - set(met)
        if any(not is_total(cell) for cell in cells):
            raise FileRefused(
                f"Column '{name[:60]}' can be read in two ways, because of quotes inside a text. Export the file again "
                "with quotes around every text."
            )
