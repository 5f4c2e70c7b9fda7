"""The accepted reference period of a deployment, and what stands in for it until it is met."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from surveillance.domain.case_log import NEGATIVE, POSITIVE
from surveillance.domain.plan import Plan
from surveillance.domain.site_differences import SiteCounts, site_differences
from surveillance.domain.study_frame import StudyFrame
from surveillance.domain.weeks import Week, micros
from surveillance.errors import NotEstimable

BATCH = 10
MIX_STUDIES = 100


@dataclass(frozen=True, slots=True)
class BaselineState:
    """Whether the baseline is met, how far it has come, and the figures the deployment is judged against.

    `sensitivity` and `specificity` are the baseline's own once it is met, else the acceptance values; None
    where the plan gives none. `source` says which, in words. `site_effects` says whether pooled sites differ;
    empty where nothing is pooled, or while the baseline's dates are not over.
    """

    met: bool
    positives: int
    needed: int
    week: int
    about_weeks: int
    ended: bool
    sensitivity: float | None
    specificity: float | None
    source: str
    site_effects: str = ""

    @property
    def words(self) -> str:
        """Return the baseline's state as the screen says it."""
        pooled = f"; {self.site_effects}" if self.site_effects else ""
        return self._progress + pooled

    @property
    def _progress(self) -> str:
        if self.met:
            return f"baseline met: {self.positives:,} positives"
        if self.ended:
            return f"provisional: the baseline has {self.positives:,} positives, {self.needed:,} are needed"
        return f"provisional, week {self.week} of about {self.about_weeks}"


def inside(plan: Plan, frame: StudyFrame) -> slice:
    """Return the rows acquired on the baseline's days, its first and last among them, by the local date."""
    start, stop = np.searchsorted(frame.log.acquired_at, _edges(plan.baseline.start, plan.baseline.end, plan.zone))
    return slice(int(start), int(stop))


def over_at(plan: Plan) -> int:
    """Return the moment (microseconds) at which the last day of a plan's baseline is over."""
    return _edges(plan.baseline.start, plan.baseline.end, plan.zone)[1]


@lru_cache(maxsize=256)
def _edges(start: date, end: date, zone: str) -> tuple[int, int]:
    """Return the moments at which the first day begins and the last is over."""
    midnights = (datetime.combine(day, time(), ZoneInfo(zone)) for day in (start, end + timedelta(days=1)))
    first, over = (micros(midnight.astimezone(UTC)) for midnight in midnights)
    return first, over


def baseline_state(
    plan: Plan, frames: tuple[StudyFrame, ...], known: tuple[NDArray[np.int8], ...], week: Week
) -> BaselineState:
    """Judge the baseline as it was known: the dates win, and short of the minimum it is provisional."""
    positives = weighted_missed = flagged_positive = flagged_negative = weighted_negative = 0.0
    ended, sites = week.sunday >= plan.baseline.end, []
    for one, truth in zip(frames, known, strict=True):
        rows = inside(plan, one)
        use = one.expected[rows]
        flagged, weight, value = one.flagged[rows][use], one.weight[rows][use], truth[rows][use]
        positives += float((value == POSITIVE).sum())
        flagged_positive += float((flagged & (value == POSITIVE)).sum())
        flagged_negative += float((flagged & (value == NEGATIVE)).sum())
        weighted_missed += float(weight[~flagged & (value == POSITIVE)].sum())
        weighted_negative += float(weight[~flagged & (value == NEGATIVE)].sum())
        if ended and len(frames) > 1:  # tested once its dates are over, not again and again while it grows
            sites.append(SiteCounts.of(flagged, value == POSITIVE, value == NEGATIVE, one.log.score[rows][use]))
    needed = max(plan.baseline.minimum_positives, plan.baseline.minimum_batches * BATCH)
    met = ended and positives >= needed
    start = Week.of(plan.baseline.start)
    all_positive, all_negative = flagged_positive + weighted_missed, flagged_negative + weighted_negative
    accepted = plan.acceptance
    if met and plan.gives_flag and all_positive and all_negative:
        sensitivity: float | None = flagged_positive / all_positive
        specificity: float | None = weighted_negative / all_negative
        source = f"baseline of {positives:,.0f} positives"
    else:
        sensitivity = accepted["sensitivity"].value if "sensitivity" in accepted else None
        specificity = accepted["specificity"].value if "specificity" in accepted else None
        source = "; ".join(f"{name}: {value.source}" for name, value in accepted.items()) or "none stated"
    return BaselineState(
        met=met,
        positives=int(positives),
        needed=needed,
        week=max(0, week.number - start.number + 1),
        about_weeks=Week.of(plan.baseline.end).number - start.number + 1,
        ended=ended,
        sensitivity=sensitivity,
        specificity=specificity,
        source=source,
        site_effects=site_differences(sites, plan) if sites else "",
    )


def risk_mix(frame: StudyFrame, plan: Plan, met: bool, index: int) -> tuple[NDArray[np.float64], str]:
    """Return the scores a risk-adjusted chart is designed for, and where they come from, in words.

    The site's own in the met baseline, else its first hundred studies: a design must not move while it runs. A
    site that joined a pooled baseline late has too few of its own in it.

    Raises
    ------
    NotEstimable
        If there are not yet that many, with the reason.
    """
    usable = frame.expected & ~np.isnan(frame.log.score)
    if met:
        rows = inside(plan, frame)
        own = frame.log.score[rows][usable[rows]]
        if len(own) >= MIX_STUDIES:
            return own, "risk mix of the baseline"
    scores = frame.log.score[usable & (frame.week <= index)]
    if len(scores) < MIX_STUDIES:
        raise NotEstimable(
            f"The chart waits for {MIX_STUDIES} studies to learn this site's mix of risks; {len(scores)} so far."
        )
    return scores[:MIX_STUDIES], f"risk mix of the first {MIX_STUDIES} studies (provisional)"
