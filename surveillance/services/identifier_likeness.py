"""Whether a column that nobody named holds identifiers: long numbers or codes, another in nearly every row."""

import re
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from surveillance.services.pseudonym_numbers import Met
from surveillance.storage.outcome_log.identifier_patterns import plain_header
from surveillance.storage.outcome_log.identifiers import Suspicion
from surveillance.storage.outcome_log.masking import masked

NAMELESS = re.compile(r"^(?:study |exam |case |record |row )?(?:id|no|nr|num|number|ref|reference|key|uid|identifier)$")
MANY_DIGITS = r"^(?:[^0-9]{0,12}[0-9]){5,40}[^0-9]{0,12}$"
NO_CODE = (  # a fraction, a time of day, a running text, a pseudonym
    r"^[-+]?[0-9]*[.,][0-9]+(?:[eE][-+]?[0-9]+)?$|[0-9]:[0-9]|\s\S+\s\S+\s|^[SP][0-9A-Z]{3}(?:-[0-9A-Z]{4}){3}$"
)
ALIKE, DISTINCT = 0.9, 0.5  # a patient's number stands in a few rows, a scanner's in thousands
WHAT = "a number or code of one study or person, since nearly every row has another"


@dataclass
class Likeness:
    """What the blocks of one column say together."""

    name: str
    filled: int = 0
    alike: int = 0
    in_order: bool = True
    first: tuple[int, str] = (0, "")
    met: Met = field(default_factory=Met)

    def look(self, texts: pa.Array, lines: list[int]) -> None:
        """Look into one block of trimmed cells, empty ones missing."""
        rows = np.flatnonzero(texts.is_valid().to_numpy(zero_copy_only=False))
        told = texts.drop_null()
        if not len(told):
            return
        if not self.filled:
            self.first = (lines[int(rows[0])], told[0].as_py())
        if self.bare:
            alike = pc.match_substring_regex(told, "[0-9]")
            counted = [str(self.filled + step) for step in range(1, len(told) + 1)]
            self.in_order = self.in_order and told.to_pylist() == counted
        else:
            codes = pc.match_substring_regex(told, MANY_DIGITS)
            alike = pc.and_not(codes, pc.match_substring_regex(told, NO_CODE))
        self.filled += len(told)
        self.alike += pc.sum(alike.cast(pa.int64())).as_py()
        if self.alike >= ALIKE * self.filled:  # what is no code by now is not counted either
            self.met.add(told.to_pylist())

    @property
    def bare(self) -> bool:
        """Return whether the column says no more of itself than that it numbers something."""
        return bool(NAMELESS.match(plain_header(self.name)))

    def found(self) -> Suspicion | None:
        """Return what was found; a count of the rows from one on tells of nobody."""
        if not self.filled or (self.bare and self.in_order):
            return None
        if self.alike < ALIKE * self.filled or len(self.met) < DISTINCT * self.filled:
            return None
        line, text = self.first
        return Suspicion(self.name, WHAT, (line,), masked(text))
