"""An export gone through once before it is written: what becomes of each column, and what tells of somebody."""

from collections import Counter
from dataclasses import dataclass

import pyarrow.compute as pc

from surveillance.domain.pseudonym import Subject
from surveillance.services.birth_days import AgeBands, DayColumn
from surveillance.services.pseudonym_blocks import Walk
from surveillance.services.pseudonym_columns import Asked, Chosen, choose_columns, may_be_numbers, numbers_patients
from surveillance.services.pseudonym_findings import Findings, normalised_numbers, outside_findings
from surveillance.services.pseudonym_numbers import Met
from surveillance.services.pseudonym_source import Source
from surveillance.storage.outcome_log.identifiers import Suspicion


@dataclass(frozen=True, slots=True)
class Survey:
    """What a whole export says.

    Attributes
    ----------
    chosen : what becomes of each column
    known : the numbers that become pseudonyms, as they are compared
    rows, last : rows of the file, and its last line that says anything
    bands : gives the age bands, None where none are asked for
    findings : what may not be written as it stands
    """

    chosen: Chosen
    known: Met
    rows: int
    last: int
    bands: AgeBands | None
    findings: tuple[Suspicion, ...]


def survey(source: Source, asked: Asked) -> Survey:
    """Go through an export.

    Raises
    ------
    FileRefused
        If it has lines of another width, a named column is not there, none holds the study's number, or the days
        asked for cannot be read.
    """
    places = {name: place for place, name in enumerate(source.layout.header) if name}
    numbers = {name: Met() for name in places if may_be_numbers(name, asked)}
    filled, digits = Counter[str](), Counter[str]()
    findings, walk = Findings(asked), Walk(source)
    days = [DayColumn(name) for name in (asked.born, asked.studied) if name in places]
    for block in walk.blocks():
        for name, place in places.items():
            texts = block.texts(place)
            if name in numbers:
                numbers[name].add(normalised_numbers(texts, _subject(name, asked)))
                filled[name] += len(texts) - texts.null_count
                digits[name] += pc.sum(pc.match_substring_regex(texts, "[0-9]")).as_py() or 0
            findings.look(name, texts, block)
        for column in days:
            column.look(block.cells(places[column.name]))
    shares = {name: digits[name] / filled[name] for name in filled if filled[name]}
    chosen = choose_columns(tuple(places), shares, asked)
    known = Met()
    for name in chosen.pseudonyms:
        known = known.united(numbers.pop(name))
    numbers.clear()
    found = (*outside_findings(walk, chosen.pseudonyms, known), *findings.of(chosen))
    bands = AgeBands(days[0], days[1]) if len(days) > 1 else None
    if bands is not None and not found:
        _ = bands.born.form, bands.studied.form
    return Survey(chosen, known, walk.rows, walk.last, bands, found)


def _subject(name: str, asked: Asked) -> Subject:
    """Return whose number a column holds, should it hold one."""
    if name in asked.accession:
        return Subject.STUDY
    return Subject.PATIENT if name in asked.patient or numbers_patients(name) else Subject.STUDY
