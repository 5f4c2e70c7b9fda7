"""What would still identify somebody in the columns that stay as they are."""

import re
from collections.abc import Callable, Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from surveillance.domain.pseudonym import Subject, normalised
from surveillance.services.pseudonym_columns import Asked, Chosen
from surveillance.storage.outcome_log.column_names import DATES
from surveillance.storage.outcome_log.guessing.field_names import WHEN, named_like
from surveillance.storage.outcome_log.identifier_patterns import plain_header
from surveillance.storage.outcome_log.identifiers import MOST_LINES, Screened, Suspicion, suspicion
from surveillance.storage.outcome_log.masking import masked
from surveillance.storage.outcome_log.screening import PLACES

UID = r"^[0-2](?:\.(?:0|[1-9][0-9]*)){5,}$"
SHORTENED = r"^[0-9](?:[.,][0-9]+)?[eE]\+[0-9]+$"
FORMULA = r"^\s*(?:[+@\-]|=(?:[^\"]|$))"
BIRTH = re.compile(r"birth|born|dob|patient|person|\bage\b")
WORD = re.compile(r"[0-9A-Za-z]+(?:[-/.][0-9A-Za-z]+)*")
MAY_TELL = "[0-9]"
SHORTEST = 6
Line = Callable[[int], int]


def findings(
    columns: dict[str, pa.Array], chosen: Chosen, asked: Asked, known: frozenset[str], line: Line
) -> tuple[Suspicion, ...]:
    """Return every column that may not be written as it stands, with the lines and the first cell masked.

    Kept columns are looked into as the store does before it takes a file, and for DICOM identifiers, and for the
    very numbers that become pseudonyms in another column. Columns of numbers are looked into for cells that a
    spreadsheet has shortened, which stand for no study any more, and for formulas.
    """
    found = []
    for name in chosen.kept:
        filled = _filled(columns[name])
        found.append(
            suspicion(
                Screened(
                    name,
                    filled,
                    line,
                    may_be_date=name in asked.dates or _may_be_date(name),
                    may_be_place=any(named_like(name, ours) for ours in PLACES),
                )
            )
            or _matching(name, filled, UID, "a DICOM identifier of one study", line)
        )
    for name in chosen.pseudonyms:
        shortened = _matching(
            name, _filled(columns[name]), SHORTENED, "a number that a spreadsheet has shortened", line
        )
        found.append(shortened or _matching(name, _filled(columns[name]), FORMULA, "a formula", line))
    told = [one for one in found if one is not None]
    doubted = {one.column for one in told}
    left = {name: columns[name] for name in chosen.kept if name not in doubted}
    return (*told, *_repeated(left, known, line))


def known_numbers(columns: dict[str, pa.Array], chosen: Chosen) -> frozenset[str]:
    """Return the numbers that become pseudonyms, normalised; short ones stand in many a cell by chance."""
    known: set[str] = set()
    for name, subject in chosen.pseudonyms.items():
        cells = pc.unique(_filled(columns[name]).drop_null()).to_pylist()
        plain = (normalised(subject, text) for text in cells)
        known.update(text for text in plain if len(text) >= SHORTEST and any(sign.isdigit() for sign in text))
    return frozenset(known)


def _repeated(kept: dict[str, pa.Array], known: frozenset[str], line: Line) -> Iterable[Suspicion]:
    """Give the kept columns in which a number stands that becomes a pseudonym elsewhere, alone or in running text."""
    for name, texts in kept.items():
        if _may_be_date(name):
            continue
        coded = _filled(texts).dictionary_encode()
        possible = pc.match_substring_regex(coded.dictionary, MAY_TELL).to_pylist()
        cells = zip(coded.dictionary.to_pylist(), possible, strict=True)
        suspect = np.array([may and tells(text, known) for text, may in cells], dtype=bool)
        if suspect.any():
            rows = np.flatnonzero(np.isin(coded.indices.fill_null(-1).to_numpy(), np.flatnonzero(suspect)))[:MOST_LINES]
            shown = masked(coded.dictionary[coded.indices[int(rows[0])].as_py()].as_py())
            lines = tuple(line(int(row)) for row in rows)
            yield Suspicion(name, "a number that becomes a pseudonym in another column", lines, shown)


def tells(text: str, known: frozenset[str]) -> bool:
    """Return whether a cell is, or holds as a word, one of the numbers."""
    if normalised(Subject.STUDY, text) in known or normalised(Subject.PATIENT, text) in known:
        return True
    if text.replace(".", "").isdecimal():
        return False
    words = WORD.findall(text.upper())
    return any(word in known or any(part in known for part in re.split(r"[-/.]", word)) for word in words)


def _may_be_date(name: str) -> bool:
    """Return whether a column is named like the day or time of something other than a birth."""
    plain = plain_header(name)
    dated = re.search(WHEN, plain) or any(named_like(name, ours) for ours in DATES)
    return bool(dated) and not BIRTH.search(plain)


def _matching(name: str, texts: pa.Array, expression: str, what: str, line: Line) -> Suspicion | None:
    """Return the cells that match a pattern."""
    rows = np.flatnonzero(pc.match_substring_regex(texts, expression).fill_null(False).to_numpy(zero_copy_only=False))
    if not len(rows):
        return None
    return Suspicion(
        name, what, tuple(line(int(row)) for row in rows[:MOST_LINES]), masked(texts[int(rows[0])].as_py())
    )


def _filled(texts: pa.Array) -> pa.Array:
    """Return the trimmed cells, empty ones as missing."""
    trimmed = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)
