"""A dated event on the time axis of a figure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AxisEvent:
    """A day with its name on the axis, and what the pointer shows of it: kind, scope, who logged it when.

    `logged` by a person, where it is not of the plan: where names share a place, a logged one is the one shown.
    """

    on: date
    words: str
    told: str = ""
    logged: bool = False
