"""A mapping profile: one vendor's export, said once, as TOML."""

import itertools
import tomllib
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from surveillance.errors import InvalidProfile
from surveillance.storage.outcome_log.column_names import ALLOWED, REQUIRED, Kind
from surveillance.storage.outcome_log.profile_checks import as_texts, check_names, check_truth, check_words
from surveillance.storage.outcome_log.profile_rules import (
    DateRule,
    HoldRule,
    IdentifierRule,
    OutcomeRule,
    Part,
    ProductRule,
    ScoreScale,
    ThresholdRule,
    check_zone,
)

Name = Annotated[str, Field(min_length=1, max_length=120)]


class Profile(Part):
    """How a department's file becomes the canonical case outcome log; ours = theirs throughout.

    `optional` lists mapped columns that a file may lack; `missing` lists texts that mean "not given".
    `prefix` puts a text before a value ("7" becomes "Surgeon 7"). `joined` makes one column of several ("Date +
    Time" = ["Date", "Time"]), read as their texts with a space between. `products` are laid over the rest, one each,
    where a file holds several. Everything else is one table a topic.
    """

    profile: Name
    version: Annotated[int, Field(ge=1)]
    file: Kind
    encoding: Literal["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252"] | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    decimal: Literal[".", ","] | None = None
    header_row: Annotated[int, Field(ge=1, le=30)] | None = None
    header_lines: Literal[1, 2] = 1
    skip_last_when: dict[Name, str] = Field(default_factory=dict)
    optional: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    zone: str | None = None
    constants: dict[str, Name] = Field(default_factory=dict)
    joined: dict[Name, Annotated[tuple[Name, ...], Field(min_length=2)]] = Field(default_factory=dict)
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
    products: tuple[ProductRule, ...] = ()
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
        if self.products:
            self._check_products()
            return self
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
        lag = self.outcome is not None
        check_truth(self.file, self.columns, self.constants, self.optional, lag=lag)
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

    def _check_products(self) -> None:
        """Refuse products of which one alone would be no usable profile."""
        for number, part in enumerate(self.parts, start=1):
            try:
                Profile.model_validate(part.model_dump(by_alias=True, exclude_unset=True))
            except ValidationError as error:
                raise ValueError(f"products, number {number}: {said_of(error)}") from error

    @property
    def parts(self) -> tuple["Profile", ...]:
        """Return the profile of each product in the file; itself where there is one."""
        return tuple(self._part(own) for own in self.products) or (self,)

    def _part(self, own: ProductRule) -> "Profile":
        """Return the profile of one product: its own entries laid over those of the whole file."""
        laid = {
            "constants": {**self.constants, **own.constants},
            "columns": {**self.columns, **own.columns},
            "values": {**self.values, **own.values},
            "score": own.score or self.score,
            "threshold": own.threshold or self.threshold,
        }
        return self.model_copy(update={**laid, "products": ()})

    @property
    def gives_truth(self) -> bool:
        """Return whether files of this profile carry outcomes."""
        return any("truth" in {*part.columns, *part.constants} for part in self.parts)

    @property
    def reads(self) -> tuple[str, ...]:
        """Return the file's columns that this profile reads, each once."""
        named = [theirs for part in self.parts for theirs in part.columns.values()]
        picked = [theirs for own in self.products for theirs in own.when]
        return self._in_file([*named, *picked, *self.groups.values(), *self.skip_last_when])

    @property
    def reads_alone(self) -> frozenset[str]:
        """Return the names that are read as they stand, not only as a part of a joined column."""
        named = {theirs for part in self.parts for theirs in part.columns.values()}
        return frozenset(named | set(self.groups.values()) | {theirs for own in self.products for theirs in own.when})

    @property
    def needs(self) -> frozenset[str]:
        """Return the file's columns that must be there."""
        columns = [item for part in self.parts for item in part.columns.items()]
        must = [theirs for ours, theirs in (*columns, *self.groups.items()) if ours not in self.optional]
        picked = [theirs for own in self.products for theirs in own.when]
        return frozenset(self._in_file([*must, *picked, *self.skip_last_when]))

    def _in_file(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return names of columns as the file has them, each once: of a joined one its parts."""
        return tuple(dict.fromkeys(part for name in names for part in self.joined.get(name, (name,))))


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
        raise InvalidProfile(f"The profile is not usable. {said_of(error)}.") from error


def said_of(error: ValidationError) -> str:
    """Return what is wrong with a profile, each key before its fault."""
    faults = [(".".join(map(str, one["loc"])), one["msg"].removeprefix("Value error, ")) for one in error.errors()]
    return "; ".join(": ".join(part for part in fault if part) for fault in faults)
