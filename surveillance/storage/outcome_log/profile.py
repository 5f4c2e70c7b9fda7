"""A mapping profile: one vendor's export, said once, as TOML."""

import itertools
import tomllib
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from surveillance.errors import InvalidProfile
from surveillance.storage.outcome_log.column_names import ALLOWED, REQUIRED, Kind
from surveillance.storage.outcome_log.profile_checks import as_texts, check_names, check_words
from surveillance.storage.outcome_log.profile_rules import (
    DateRule,
    HoldRule,
    IdentifierRule,
    OutcomeRule,
    Part,
    ScoreScale,
    ThresholdRule,
    check_zone,
)

Name = Annotated[str, Field(min_length=1, max_length=120)]


class Profile(Part):
    """How a department's file becomes the canonical case outcome log; ours = theirs throughout.

    `optional` lists mapped columns that a file may lack; `missing` lists texts that mean "not given".
    `prefix` puts a text before a value ("7" becomes "Surgeon 7"). Everything else is one table a topic.
    """

    profile: Name
    version: Annotated[int, Field(ge=1)]
    file: Kind
    encoding: Literal["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"] | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    decimal: Literal[".", ","] | None = None
    header_row: Annotated[int, Field(ge=1, le=30)] | None = None
    skip_last_when: dict[Name, str] = Field(default_factory=dict)
    optional: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    zone: str | None = None
    constants: dict[str, Name] = Field(default_factory=dict)
    columns: dict[str, Name]
    groups: dict[Name, Name] = Field(default_factory=dict)
    dates: dict[str, DateRule] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    prefix: dict[str, str] = Field(default_factory=dict)
    score: ScoreScale = ScoreScale()
    bands: dict[str, tuple[float, ...]] = Field(default_factory=dict)
    aliases: dict[Literal["version"], dict[str, Name]] = Field(default_factory=dict)
    threshold: ThresholdRule | None = None
    outcome: OutcomeRule | None = None
    hold: HoldRule = HoldRule()
    identifiers: IdentifierRule = IdentifierRule()

    @field_validator("values", "constants", "skip_last_when", mode="before")
    @classmethod
    def _texts(cls, value: object) -> object:
        return as_texts(value)

    @field_validator("zone")
    @classmethod
    def _zone(cls, value: str | None) -> str | None:
        return check_zone(value)

    @model_validator(mode="after")
    def _consistent(self) -> "Profile":
        check_names(
            self.file,
            {"columns": self.columns, "constants": self.constants, "prefix": self.prefix, "dates": self.dates,
             "values": self.values, "bands": self.bands},
        )  # fmt: skip
        check_words(self.values, self.constants)
        self._check_given()
        for column, edges in self.bands.items():
            if len(edges) < 2 or any(a >= b for a, b in itertools.pairwise(edges)):
                raise ValueError(f"bands.{column} needs at least two ascending numbers")
            if column in self.values:
                raise ValueError(f"{column} has both bands and values; a number has bands, a word has values")
        if self.threshold and "called" in {*self.columns, *self.constants}:
            raise ValueError("called is mapped, so threshold has nothing to derive; remove one of the two")
        if self.threshold and "score" not in self.columns:
            raise ValueError("threshold needs columns.score")
        dated = "truth_recorded_at" in self.columns
        if self.gives_truth and not dated and not (self.outcome and self.file == "results"):
            raise ValueError("truth needs columns.truth_recorded_at, or in a results file outcome.lag_days")
        if dated and self.outcome:
            raise ValueError("outcome.lag_days and columns.truth_recorded_at exclude each other")
        return self

    def _check_given(self) -> None:
        """Refuse a required column that nothing gives, or one that is given twice."""
        given = {*self.columns, *self.constants}
        for key in REQUIRED[self.file]:
            if key not in given:
                raise ValueError(f"columns.{key} is missing: every {self.file} file needs {key}")
        for key in self.optional:
            if key not in {*self.columns, *self.groups} or key in REQUIRED[self.file]:
                raise ValueError(f"optional names {key}, which is not mapped or may not be left out")
        if both := set(self.columns) & set(self.constants):
            raise ValueError(f"{min(both)} has both a column and a constant")
        if clash := set(self.groups) & ALLOWED[self.file]:
            raise ValueError(f"groups.{min(clash)} is already a column of the log; map it in columns")

    @property
    def gives_truth(self) -> bool:
        """Return whether files of this profile carry outcomes."""
        return "truth" in {*self.columns, *self.constants}

    @property
    def reads(self) -> tuple[str, ...]:
        """Return the file's columns that this profile reads, each once."""
        return tuple(dict.fromkeys([*self.columns.values(), *self.groups.values(), *self.skip_last_when]))

    @property
    def needs(self) -> frozenset[str]:
        """Return the file's columns that must be there."""
        must = {theirs for ours, theirs in self.columns.items() if ours not in self.optional}
        must |= {theirs for ours, theirs in self.groups.items() if ours not in self.optional}
        return frozenset(must | set(self.skip_last_when))


def load_profile(toml_text: str) -> Profile:
    """Return the mapping profile written in a TOML text.

    Raises
    ------
    InvalidProfile
        If the text is no TOML, or a key is unknown, missing or contradicts another; the message names it.
    """
    try:
        return Profile.model_validate(tomllib.loads(toml_text))
    except tomllib.TOMLDecodeError as error:
        raise InvalidProfile(f"The profile is not valid TOML: {error}.") from error
    except ValidationError as error:
        said = [
            ": ".join(
                part for part in (".".join(map(str, one["loc"])), one["msg"].removeprefix("Value error, ")) if part
            )
            for one in error.errors()
        ]
        raise InvalidProfile(f"The profile is not usable. {'; '.join(said)}.") from error
