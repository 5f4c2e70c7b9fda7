"""Pseudonyms in place of accession and patient numbers, on the machine where the key is kept: no store, no network."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from surveillance.services.pseudonym_blocks import Block, Walk
from surveillance.services.pseudonym_columns import Asked, Chosen
from surveillance.services.pseudonym_findings import may_be_date, repeated
from surveillance.services.pseudonym_links import Link
from surveillance.services.pseudonym_maker import Maker
from surveillance.services.pseudonym_source import Source, open_source
from surveillance.services.pseudonym_survey import Survey, survey
from surveillance.services.rewritten_rows import Rewriting
from surveillance.storage.outcome_log.identifiers import Suspicion

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """What was done with an export; what was written of it may not be used where anything was found."""

    chosen: Chosen
    rows: int
    pseudonyms: int = 0
    findings: tuple[Suspicion, ...] = ()
    notes: tuple[str, ...] = ()


def pseudonymise(
    opened: Callable[[], BinaryIO],
    file_name: str,
    key: bytes,
    asked: Asked,
    out: BinaryIO,
    keep: Callable[[Sequence[Link]], None],
    *,
    report: Report,
) -> Pseudonymised:
    """Put pseudonyms into an export; every other cell, quote and line end of a text that stays is as it came.

    The export is gone through twice, some thousands of rows at a time, so that it need not fit into memory. Where a
    column that stays looks as if it held identifiers, what was found is returned, and what was written is worthless.

    Parameters
    ----------
    opened : opens the export at its start, whenever it is called
    out : takes what is written
    keep : takes the new links, some thousands at a time

    Raises
    ------
    FileRefused
        If the file cannot be read with a header, has lines of another width, or no column of accession numbers.
    """
    report(f"Reading {file_name}", 0, 1)
    source = open_source(opened, file_name, asked.named)
    told = survey(source, asked)
    maker = Maker(key, keep)
    rewriting = Rewriting(source, told, maker, (asked.born, asked.studied))
    doubted = {one.column for one in told.findings}
    found = list(told.findings)
    out.write(source.mark)
    rows = 0
    for block in Walk(source).blocks():
        report(f"Writing {file_name}", min(rows, told.rows), max(1, told.rows))
        new = _repeated(block, source, told, doubted)
        doubted |= {one.column for one in new}
        found += new
        if not found:
            out.write("".join(rewriting.written(block)).encode(source.encoding))
        rows += len(block.rows)
    report(f"Writing {file_name}", 1, 1)
    made = maker.hand_on()
    if found:
        return Pseudonymised(told.chosen, told.rows, 0, tuple(found))
    return Pseudonymised(told.chosen, told.rows, made, (), _notes(source, told, rewriting, maker.already))


def _repeated(block: Block, source: Source, told: Survey, doubted: set[str]) -> list[Suspicion]:
    """Return the kept columns of a block in which a number stands that becomes a pseudonym, alone or in a text."""
    found = []
    for name in told.chosen.kept:
        if name not in doubted and not may_be_date(name):
            one = repeated(name, block, block.cells(source.layout.header.index(name)), told.known)
            found += [one] if one is not None else []
    return found


def _notes(source: Source, told: Survey, rewriting: Rewriting, already: int) -> tuple[str, ...]:
    notes = [*source.notes, *rewriting.notes]
    if already:
        notes.append(f"{already:,} cells were pseudonyms already and stay as they are.")
    if told.bands is not None and told.bands.without:
        without = f"{told.bands.without:,} rows have no age band"
        notes.append(f"{without}: a day is missing, or gives no age from 0 to 120.")
    if unnamed := sum(1 for name in source.layout.header if not name):
        notes.append(f"{unnamed} columns without a name were left out: nobody can tell what they hold.")
    return tuple(notes)
