"""What the cells of one column look like: how many are filled, which words or numbers or dates stand there."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surveillance.storage.outcome_log.guessing.date_guess import DateReading

NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+) ?%?")
CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2}([.]\d+)?)?( ?[AaPp][Mm])?|\d{6}([.]\d+)?|\d{4}")
NOT_GIVEN = frozenset({"n/a", "na", "#n/a", "-", "--", "null", "(blank)", "(null)", "not available", "."})
FEW_WORDS = 40


@dataclass(frozen=True)
class ColumnFacts:
    """The cells of a column, trimmed, in order of the file; texts that mean "not given" are no words of it."""

    name: str
    cells: tuple[str, ...]

    @cached_property
    def words(self) -> Counter[str]:
        """Return each distinct text and how often it stands there."""
        return Counter(cell for cell in self.cells if cell and cell.lower() not in NOT_GIVEN)

    @cached_property
    def blanks(self) -> Counter[str]:
        """Return the texts that seem to mean "not given", and how often each stands there."""
        return Counter(cell for cell in self.cells if cell.lower() in NOT_GIVEN)

    @cached_property
    def filled(self) -> int:
        """Return how many cells say something."""
        return self.words.total()

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """Return the numbers in it, whichever decimal sign they are written with."""
        return tuple(
            value for text, count in self.words.items() for value in [number_of(text)] * count if value is not None
        )

    @cached_property
    def readings(self) -> "tuple[DateReading, ...]":
        """Return how it can be read as dates, worked out once."""
        from surveillance.storage.outcome_log.guessing.date_guess import date_readings

        return date_readings(self)

    @property
    def number_share(self) -> float:
        """Return the share of filled cells that are numbers."""
        return len(self.numbers) / self.filled if self.filled else 0.0

    @property
    def clock_share(self) -> float:
        """Return the share of filled cells that are a time of day without a date."""
        return self._share(CLOCK)

    @property
    def distinct_share(self) -> float:
        """Return distinct texts over filled cells."""
        return len(self.words) / self.filled if self.filled else 0.0

    @property
    def few_words(self) -> bool:
        """Return whether it holds few different texts, repeated: a code, not a number and not running text."""
        return 0 < len(self.words) <= min(FEW_WORDS, max(6, self.filled // 2))

    @property
    def examples(self) -> tuple[str, ...]:
        """Return the first different texts, to show."""
        return tuple(text[:60] for text in list(self.words)[:4])

    def _share(self, expression: re.Pattern[str]) -> float:
        fitting = sum(count for text, count in self.words.items() if expression.fullmatch(text))
        return fitting / self.filled if self.filled else 0.0


def number_of(text: str) -> float | None:
    """Return the number that a text writes with either decimal sign, or None.

    Examples
    --------
    >>> number_of("85,5"), number_of("12 %"), number_of("1,234.5"), number_of("Y")
    (85.5, 12.0, None, None)
    """
    return float(text.rstrip(" %").replace(",", ".")) if NUMBER.fullmatch(text) else None


def facts_of(columns: dict[str, Sequence[str]]) -> dict[str, ColumnFacts]:
    """Return the facts of every named column of a file."""
    return {name: ColumnFacts(name, tuple(cell.strip() for cell in cells)) for name, cells in columns.items()}
