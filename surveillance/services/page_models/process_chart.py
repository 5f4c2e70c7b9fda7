"""A weekly figure as an XmR chart of NHS Making Data Count: points, limits and the word for every week."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["common cause", "concern", "improvement", "high", "low", "not judged"]


@dataclass(frozen=True, slots=True)
class ProcessChart:
    """One figure week by week with its process limits; None where there is no value, with the reason in `why`.

    `kind` is the type of each week, `rule` what marks it; `mean`, `lower` and `upper` are None where `absent` says
    that the weeks are too few. `fixed_from` and `fixed_to` are the first and last day of the weeks that fix the
    limits, `fixed_by` their number.
    """

    metric: str
    title: str
    unit: str
    better: str
    week_end: tuple[date, ...]
    value: tuple[float | None, ...]
    n: tuple[int, ...]
    kind: tuple[Kind, ...]
    rule: tuple[str, ...]
    why: tuple[str, ...]
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    fixed_from: date | None = None
    fixed_to: date | None = None
    fixed_by: int = 0
    limits_words: str = ""
    absent: str = ""
