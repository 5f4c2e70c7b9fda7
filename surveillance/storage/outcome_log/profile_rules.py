"""The parts of a mapping profile: how dates, scores, thresholds and lags of one vendor are written."""

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from surveillance.storage.outcome_log.date_signs import check_format, has_time
from surveillance.storage.outcome_log.profile_checks import as_texts


class Part(BaseModel):
    """A table of a profile: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class DateRule(Part):
    """How one date column is written.

    `format` is one format or several, in strptime signs, or "iso" or "excel" (a serial day number);
    `zone` says where its clock hangs when a date carries no offset; `at` says which moment of the
    day is meant where only a day is written; `repeated_hour` says that rows stand in order of time, so that the
    step back tells summer time from winter time in the hour that a clock repeats.
    """

    format: tuple[str, ...] | None = None
    zone: str | None = None
    at: Literal["start of day", "noon", "end of day"] | None = None
    repeated_hour: Literal["hold", "in file order"] = "hold"

    @field_validator("format", mode="before")
    @classmethod
    def _as_list(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @field_validator("format")
    @classmethod
    def _known_signs(cls, value: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for one in value or ():
            check_format(one)
        return value

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        return check_zone(value)

    @model_validator(mode="after")
    def _says_when(self) -> "DateRule":
        if self.at is None and any(not has_time(one) for one in self.format or ()):
            raise ValueError('a date without a time of day needs at = "start of day", "noon" or "end of day"')
        return self


class ScoreScale(Part):
    """The scale of the file's score, and which end of it means disease."""

    low: float = Field(default=0.0, alias="from")
    high: float = Field(default=1.0, alias="to")
    higher_means: Literal["disease", "health"] = "disease"

    @model_validator(mode="after")
    def _ascending(self) -> "ScoreScale":
        if not self.low < self.high:
            raise ValueError("'from' must be below 'to'")
        return self


class ThresholdRule(Part):
    """The operating threshold on the canonical 0-1 score: derives `called` where the file has none."""

    value: Annotated[float, Field(ge=0, le=1)]
    rule: Literal[">=", ">"] = ">="


class OutcomeRule(Part):
    """When a truth counts as recorded where the file gives no date: `lag_days` after the study."""

    lag_days: Annotated[float, Field(ge=0, le=3650)]


class ProductRule(Part):
    """One of several products in one file: what is its own, laid over what the whole file says.

    `when` picks its rows by words of a column (theirs -> word). Where every column in `columns` is empty the row
    holds no study of this product, if `absent_when_blank`.
    """

    constants: dict[str, str] = Field(default_factory=dict)
    columns: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    score: ScoreScale | None = None
    threshold: ThresholdRule | None = None
    when: dict[str, str] = Field(default_factory=dict)
    absent_when_blank: bool = False

    @field_validator("values", "constants", "when", mode="before")
    @classmethod
    def _texts(cls, value: object) -> object:
        return as_texts(value)


class HoldRule(Part):
    """The share of held rows above which the whole file is proposed to be held."""

    whole_file_above: Annotated[float, Field(ge=0, le=1)] = 0.02


class IdentifierRule(Part):
    """Columns in which ten digits that look like NHS numbers are known to be something else."""

    accession_columns: tuple[str, ...] = ()


def check_zone(value: str | None) -> str | None:
    """Return a time zone's name, refusing one that does not exist."""
    if value is not None and value not in available_timezones():
        raise ValueError(f"'{value}' is not a time zone; write for example Europe/London")
    return None if value is None else ZoneInfo(value).key
