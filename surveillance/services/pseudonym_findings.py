"""What would still identify somebody in the columns that stay as they are."""

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from surveillance.domain.pseudonym import Subject, normalised
from surveillance.services.identifier_likeness import Likeness
from surveillance.services.pseudonym_blocks import Block, Walk
from surveillance.services.pseudonym_columns import Asked, Chosen, may_be_numbers, stays
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
NO_ROW = "(above or below the rows)"
SHORTEST = 6
Line = Callable[[int], int]


@dataclass
class Findings:
    """What the blocks of an export say together: of every column the first thing found in it.

    A column that may stay is looked into as the store does before it takes a file, and for DICOM identifiers, and
    for codes that are another in nearly every row. One that may become pseudonyms is looked into for cells that a
    spreadsheet has shortened, which stand for no study any more, and for formulas. Shares are those of a block.
    """

    asked: Asked
    kept: dict[str, Suspicion] = field(default_factory=dict)
    numbers: dict[str, Suspicion] = field(default_factory=dict)
    codes: dict[str, Likeness] = field(default_factory=dict)

    def look(self, name: str, texts: pa.Array, block: Block) -> None:
        """Look into one block of a column."""
        dated = name in self.asked.dates or may_be_date(name)
        if may_be_numbers(name, self.asked) and name not in self.numbers:
            what = "a number that a spreadsheet has shortened"
            found = _matching(name, texts, SHORTENED, what, block.line)
            found = found or _matching(name, texts, FORMULA, "a formula", block.line)
            self.numbers |= {name: found} if found else {}
        if name not in self.kept:
            place = any(named_like(name, ours) for ours in PLACES)
            found = suspicion(Screened(name, texts, block.line, may_be_date=dated, may_be_place=place))
            found = found or _matching(name, texts, UID, "a DICOM identifier of one study", block.line)
            self.kept |= {name: found} if found else {}
        if not dated and name not in self.asked.keep and stays(name, self.asked):
            self.codes.setdefault(name, Likeness(name)).look(texts, [record.line for record in block.rows])

    def of(self, chosen: Chosen) -> tuple[Suspicion, ...]:
        """Return what may not be written as it stands, now that it is known what becomes of each column."""
        kept = [
            self.kept.get(name) or (self.codes[name].found() if name in self.codes else None) for name in chosen.kept
        ]
        numbers = [self.numbers.get(name) for name in chosen.pseudonyms]
        return tuple(one for one in (*kept, *numbers) if one is not None)


def outside_findings(walk: Walk, numbered: Iterable[str], known: Container[str]) -> tuple[Suspicion, ...]:
    """Return what would tell of somebody in the lines that are no rows, which stay as they are.

    `numbered` are the columns that become pseudonyms: a line with a number in one of them may be a row above a header
    that was taken for a later one; `known` are the numbers themselves.
    """
    texts = pa.array([text.strip() or None for _, text in walk.outside], pa.string())
    screened = Screened(NO_ROW, texts, lambda row: walk.outside[row][0], may_be_date=True, may_be_place=True)
    found = suspicion(screened)
    layout = walk.source.layout
    places = [layout.header.index(name) for name in numbered]
    rows = [
        (line, text)
        for line, text in walk.outside
        if tells(text, known)
        or (
            len(cells := text.split(layout.delimiter)) == len(layout.header)
            and any(sign.isdigit() for place in places for sign in cells[place])
        )
    ]
    told = Suspicion(NO_ROW, "a row of studies", tuple(line for line, _ in rows), masked(rows[0][1])) if rows else None
    return tuple(one for one in (found, told) if one is not None)


def normalised_numbers(texts: pa.Array, subject: Subject) -> list[str]:
    """Return the numbers of a column as they are compared; short ones stand in many a cell by chance."""
    plain = (normalised(subject, text) for text in pc.unique(texts.drop_null()).to_pylist())
    return [text for text in plain if len(text) >= SHORTEST and any(sign.isdigit() for sign in text)]


def repeated(name: str, block: Block, cells: list[str], known: Container[str]) -> Suspicion | None:
    """Return the cells of a kept column in which a number stands that becomes a pseudonym elsewhere."""
    telling = {text for text in set(cells) if any(sign.isdigit() for sign in text) and tells(text, known)}
    if not telling:
        return None
    rows = [row for row, text in enumerate(cells) if text in telling][:MOST_LINES]
    what = "a number that becomes a pseudonym in another column"
    return Suspicion(name, what, tuple(block.line(row) for row in rows), masked(cells[rows[0]].strip()))


def tells(text: str, known: Container[str]) -> bool:
    """Return whether a cell is, or holds as a word, one of the numbers."""
    if normalised(Subject.STUDY, text) in known or normalised(Subject.PATIENT, text) in known:
        return True
    if text.replace(".", "").strip().isdecimal():
        return False
    words = WORD.findall(text.upper())
    return any(word in known or any(part in known for part in re.split(r"[-/.]", word)) for word in words)


def may_be_date(name: str) -> bool:
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
