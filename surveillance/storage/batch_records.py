"""What is known of a file: before it is stored, once it is stored, and of the rows that were held."""

from dataclasses import dataclass
from typing import Any, Protocol


class Held(Protocol):
    """A row that was not taken, with the reason."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def fix(self) -> str: ...
    @property
    def raw(self) -> str: ...


@dataclass(frozen=True, slots=True)
class NewBatch:
    """A file to be stored; `received_at` in microseconds, `understood` says how its text was read."""

    file_name: str
    file_sha256: str
    kind: str
    profile_name: str
    profile_version: int
    rows_accepted: int
    rows_held: int
    received_at: int
    received_by: str
    synthetic: bool
    understood: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """A file as stored; `withdrawn_at` (microseconds) is set once its rows have stopped counting."""

    id: int
    file_name: str
    file_sha256: str
    generation: int
    kind: str
    profile_name: str
    profile_version: int
    rows_accepted: int
    rows_held: int
    received_at: int
    received_by: str
    digest: str
    synthetic: bool
    understood: dict[str, Any]
    withdrawn_at: int | None
    withdrawn_by: str | None
    withdrawal_reason: str | None

    def __post_init__(self) -> None:
        object.__setattr__(self, "synthetic", bool(self.synthetic))


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A row that was not taken, as kept for the person who puts it right."""

    line: int
    column: str
    rule: str
    value: str
    fix: str
    raw: str
