"""Which columns of an export become pseudonyms, which are left out, and which stay as they are."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from surveillance.domain.pseudonym import Subject
from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.guessing.field_names import named_like
from surveillance.storage.outcome_log.identifier_patterns import names_a_person, plain_header

PATIENT_NUMBER = re.compile(r"\b(mrn|(hospital|pas|unit|patient|pt|crn|chi) ?(no|number|num|id)?)\b$")
NHS_NUMBER = re.compile(r"\bnhs\b")
DIGITS = 0.5  # share of filled cells with a digit in it, from which on a column holds numbers of studies and not words


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person said of the columns: the names they gave, as they stand in the header.

    `dates` are columns of days that are nobody's birth; `born` becomes an age band at the day in `studied`; `keep` are
    columns of codes that identify nobody.
    """

    accession: tuple[str, ...] = ()
    patient: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    born: str = ""
    studied: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """Return every column that was named."""
        given = (*self.accession, *self.patient, *self.drop, *self.dates, *self.keep, self.born, self.studied)
        return tuple(name for name in given if name)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What becomes of each column: a pseudonym of a subject, left out (with the reason), or kept as it is."""

    pseudonyms: dict[str, Subject]
    dropped: dict[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()


def may_be_numbers(name: str, asked: Asked) -> bool:
    """Return whether a column may become pseudonyms, going by its name and by what was asked."""
    return name in (*asked.accession, *asked.patient) or numbers_patients(name) or named_like(name, "case_id") > 0


def stays(name: str, asked: Asked) -> bool:
    """Return whether a column may stay as it is though most of its cells hold a digit, going by its name."""
    if name in (*asked.accession, *asked.patient):
        return False
    number = not asked.patient and numbers_patients(name)
    return not number and not (not asked.accession and named_like(name, "case_id"))


def choose_columns(names: tuple[str, ...], digits: Mapping[str, float], asked: Asked) -> Chosen:
    """Return what becomes of each named column of a file.

    What the person names counts; where no accession column is named, every column that is named like a study's
    number and holds digits becomes a pseudonym of the study. A patient's number becomes a pseudonym of the patient;
    an NHS number is left out unless it is named as the patient's number. Names, births, addresses and contacts are
    left out.

    Parameters
    ----------
    digits : column -> share of its filled cells that hold a digit: "CT head" under "Study" is no number

    Raises
    ------
    FileRefused
        If a named column is not there, or no column holds the study's number.
    """
    absent = [name for name in asked.named if name not in names]
    if absent:
        raise FileRefused(
            f"There is no column '{absent[0][:60]}' in this file. It has: {', '.join(name[:60] for name in names)}."
        )
    pseudonyms = dict.fromkeys(asked.accession, Subject.STUDY) | dict.fromkeys(asked.patient, Subject.PATIENT)
    dropped = dict.fromkeys(asked.drop, "as you asked")
    for name in names:
        if name in pseudonyms or name in dropped or name == asked.born:
            continue
        if names_a_person(name):
            dropped[name] = "it is named like a patient identifier"
        elif NHS_NUMBER.search(plain_header(name)):
            dropped[name] = (
                "it is named like an NHS number; to keep a patient pseudonym from it, name it with --patient"
            )
        elif not asked.patient and numbers_patients(name):
            pseudonyms[name] = Subject.PATIENT
        elif not asked.accession and named_like(name, "case_id") and digits.get(name, 0.0) >= DIGITS:
            pseudonyms[name] = Subject.STUDY
    if Subject.STUDY not in pseudonyms.values():
        raise FileRefused(
            "No column is named like an accession number. Name it with --accession, as it stands in the header: "
            f"{', '.join(name[:60] for name in names)}."
        )
    kept = tuple(name for name in names if name not in pseudonyms and name not in dropped and name != asked.born)
    return Chosen(pseudonyms, dropped, kept)


def numbers_patients(name: str) -> bool:
    """Return whether a column is named like a patient's number, and not like a patient's age, class or place."""
    return named_like(name, "patient") > 0 or bool(PATIENT_NUMBER.search(plain_header(name)))
