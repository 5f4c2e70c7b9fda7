"""A file as it was understood, shown before anything is stored."""

import re
from dataclasses import dataclass

import pandas as pd

from surveillance.services.held_places import Place
from surveillance.storage.outcome_log.date_examples import example_of
from surveillance.storage.outcome_log.held_row import HeldRow as HeldRow
from surveillance.storage.outcome_log.parsed_file import ParsedFile, Understood

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it was understood, before anything is stored.

    `held_batch` is the batch under which the same bytes were held whole before. `new`, `identical` and
    `conflicting` compare its rows with the store; `quarantined` counts studies of a version that is not
    registered. `already_stored` is a sentence where the same bytes are stored already. `places` says of held lines
    what can be read of them. `unmatched` are sentences on truths that name no study that is here yet.
    """

    parsed: ParsedFile
    understood: tuple[tuple[str, str], ...]
    new: int
    identical: int
    conflicting: int
    conflicting_lines: tuple[int, ...]
    quarantined: int
    already_stored: str
    held_batch: int | None
    places: tuple[Place, ...] = ()
    unmatched: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """Return the file's name as it was given."""
        return self.parsed.file_name

    @property
    def sha256(self) -> str:
        """Return the fingerprint of the file's bytes."""
        return self.parsed.sha256

    @property
    def kind(self) -> str:
        """Return what the file holds: results, outcomes or orders."""
        return self.parsed.kind

    @property
    def rows(self) -> int:
        """Return the data rows found."""
        return self.parsed.rows

    @property
    def accepted(self) -> int:
        """Return the rows that would count."""
        return self.parsed.rows_accepted

    @property
    def held(self) -> tuple[HeldRow, ...]:
        """Return what is wrong with the rows that would be held."""
        return self.parsed.held

    @property
    def first_rows(self) -> pd.DataFrame:
        """Return up to five accepted rows as they were understood."""
        return pd.DataFrame(self.parsed.understood.first_rows)

    @property
    def dropped(self) -> tuple[str, ...]:
        """Return the file's columns that the profile does not read; they are never stored."""
        return self.parsed.columns_dropped

    @property
    def notes(self) -> tuple[str, ...]:
        """Return further sentences to show."""
        return self.parsed.notes

    @property
    def default_choice(self) -> str:
        """Return what is proposed: "hold" where more rows are held than the profile accepts, else "keep"."""
        return "hold" if self.parsed.propose_holding_all else "keep"


def understood(parsed: ParsedFile) -> tuple[tuple[str, str], ...]:
    """Return what was declared or found of a file, as pairs to show."""
    found = parsed.understood
    return (
        ("Holds", parsed.kind),
        ("Profile", f"{parsed.profile}, version {parsed.profile_version}"),
        *_container(found),
        ("Decimal sign", found.decimal),
        ("Header in line", str(found.header_row)),
        *((f"Dates in {column}", _by_example(words)) for column, words in found.date_formats.items()),
    )


def _by_example(words: str) -> str:
    """Return how dates were read with each format as an example: nobody reads its signs.

    >>> _by_example('"%d.%m.%Y" (declared), Europe/London')
    '31.12.2025 (day.month.year); declared, Europe/London'
    """
    formats, _, rest = words.partition(" (")
    how, _, where = rest.partition(")")
    shown = " or ".join(example_of(one) for one in re.findall(r'"([^"]+)"', formats)) or formats
    return f"{shown}; {how}{where}"


def _container(found: Understood) -> tuple[tuple[str, str], ...]:
    """Return what kind of file it is: of a text file how it is written, of a workbook which sheet was read."""
    if found.container == "workbook":
        return (("Kind of file", "workbook"), ("Sheet", found.sheet))
    if found.container == "parquet":
        return (("Kind of file", "Parquet"),)
    return (("Encoding", found.encoding), ("Columns separated by", DELIMITERS.get(found.delimiter, found.delimiter)))
