"""What a person sees before a registration or a name of a version is taken back, and what may be."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TakingBack:
    """What taking something back will do; where it may not be, `refused` says why and what to do instead."""

    what: str
    sentences: tuple[str, ...]
    refused: str = ""


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A registration, or another name of a version, that stands: who made it and when.

    `alias_id` is None for a registration itself.
    """

    deployment_id: int
    alias_id: int | None
    what: str
    who: str
    at: datetime
