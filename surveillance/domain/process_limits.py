"""Process limits for a weekly figure: which weeks fix them, and what NHS Making Data Count calls every week."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from surveillance.detectors import Word
from surveillance.detectors.xmr_limits import process_limits
from surveillance.detectors.xmr_reading import word_for
from surveillance.detectors.xmr_rules import Rule, first_rule, patterns
from surveillance.errors import NotEstimable

FEWEST = 12  # weeks that limits rest on: fewer move with every new week
BETTER = {"turnaround_median": -1, "eligible": 0, "flag_rate": 0}  # lower is better, or neither side is
RULES = tuple(Rule)


class Basis(Enum):
    """Which weeks fix the limits."""

    PLAN = "the plan's baseline"
    FIRST_WEEKS = "the first weeks with a value"


@dataclass(frozen=True, slots=True)
class WeekRead:
    """What a week is called: its word, the rule that marks it, and 1 for high or rising, -1 for low or falling."""

    word: Word
    rule: Rule | None
    way: int


@dataclass(frozen=True, slots=True)
class ProcessReading:
    """A weekly figure read against its process limits.

    Attributes
    ----------
    mean, lower, upper : float
        In the unit of the values; limits end where values must (a share at 0 and 1, a count or a time at 0).
    basis : Basis
    fixed_by : tuple of int
        The weeks, from 0, that fix the limits.
    weeks : tuple of WeekRead or None
        None for a week that is not judged.
    """

    mean: float
    lower: float
    upper: float
    basis: Basis
    fixed_by: tuple[int, ...]
    weeks: tuple[WeekRead | None, ...]


def read_weeks(
    values: NDArray[np.float64],
    judged: NDArray[np.bool_],
    baseline: tuple[int, int],
    *,
    improvement_direction: int,
    least: float = 0.0,
    most: float = np.inf,
    usable: NDArray[np.bool_] | None = None,
) -> ProcessReading:
    """Fix process limits by the baseline weeks and say for every week whether it is more than common-cause variation.

    The plan's baseline fixes the limits where it holds 12 weeks with a value; else the first 12 weeks with a value do,
    so that limits never move as weeks arrive. Weeks before a plan's baseline are not judged. A week without a value
    is passed over: it neither makes nor breaks a pattern, and no moving range is taken to it.

    Parameters
    ----------
    values : float array of shape (weeks,)
        One value a week, in order of time; nan where there is none.
    judged : bool array of shape (weeks,)
        Whether the week is complete.
    baseline : (int, int)
        First week of the plan's baseline and the first after it, from 0; may reach beyond the weeks.
    improvement_direction : int
        1 where higher is better, -1 where lower is, 0 where neither.
    least, most : float
        The values' own bounds, at which drawn limits end.
    usable : bool array of shape (weeks,), optional
        Whether a week may fix limits; weeks without any study may not, though a volume of 0 is judged.

    Raises
    ------
    NotEstimable
        If there are fewer than 12 complete weeks with a value.

    Examples
    --------
    >>> weekly = np.array([50.0, 52, 49, 51, 50, 53, 48, 51, 50, 52, 49, 51, 60])
    >>> read = read_weeks(weekly, np.ones(13, bool), (0, 12), improvement_direction=-1)
    >>> read.basis.name, round(read.lower, 1), round(read.upper, 1), read.weeks[12].word.value
    ('PLAN', 44.0, 57.0, 'concern')

    Notes
    -----
    Assumes: one value a week, independent while nothing is wrong; a baseline without a change in it.
    Not for: an alarm or a stop-use trigger; figures from a handful of studies a week; overlapping windows.
    Departs from the published rule: limits are taken anew only where a plan sets a new baseline, because Making Data
    Count asks for a known change of the process that lasted, and a plan version by itself changes no process.

    References
    ----------
    NHS England (2018) Making data count: strengthening your decisions.
    """
    known = np.asarray(judged & ~np.isnan(values))
    may_fix = known if usable is None else known & usable
    place = np.arange(len(values))
    inside = np.flatnonzero(may_fix & (place >= baseline[0]) & (place < baseline[1]))
    basis = Basis.PLAN if len(inside) >= FEWEST else Basis.FIRST_WEEKS
    fixed_by = inside if basis is Basis.PLAN else np.flatnonzero(may_fix)[:FEWEST]
    if len(fixed_by) < FEWEST:
        raise NotEstimable(f"Process limits need {FEWEST} complete weeks with a value, got {len(fixed_by)}")
    limits = process_limits(values[fixed_by])
    start = baseline[0] if basis is Basis.PLAN else 0
    read = np.flatnonzero(known & (place >= start))
    series = values[read]
    found = patterns(series, np.full(len(series), limits.mean), np.full(len(series), limits.spread))
    rule, way = first_rule(found, 0)
    weeks: list[WeekRead | None] = [None] * len(values)
    for week, number, side in zip(read.tolist(), rule.tolist(), way.tolist(), strict=True):
        weeks[week] = WeekRead(word_for(side, improvement_direction), None if number < 0 else RULES[number], side)
    return ProcessReading(
        mean=limits.mean,
        lower=max(limits.mean - limits.spread, least),
        upper=min(limits.mean + limits.spread, most),
        basis=basis,
        fixed_by=tuple(fixed_by.tolist()),
        weeks=tuple(weeks),
    )
