"""Turnaround, volume and flag rate of a deployment as XmR charts, read once for each newest evaluation."""

from datetime import timedelta
from functools import lru_cache
from math import inf
from zoneinfo import ZoneInfo

import numpy as np

from surveillance.detectors.xmr_rules import Rule
from surveillance.domain.measures import MEASURES
from surveillance.domain.points import ROW
from surveillance.domain.process_limits import BETTER, FEWEST, Basis, ProcessReading, WeekRead, read_weeks
from surveillance.domain.weeks import Week
from surveillance.errors import NotEstimable
from surveillance.services.page_models import Kind, ProcessChart
from surveillance.services.stored_series import StoredSeries, series_now
from surveillance.storage.store import Store
from surveillance.storage.times import from_micros

FRIDAY = timedelta(days=4)
BETTER_WORDS = {-1: "lower is better", 0: "neither side is better", 1: "higher is better"}
KINDS: dict[str, Kind] = {
    "common cause": "common cause",
    "concern": "concern",
    "improvement": "improvement",
    "special cause, high": "high",
    "special cause, low": "low",
}


def process_charts(store: Store, kept: StoredSeries) -> tuple[ProcessChart, ...]:
    """Return the XmR charts of a deployment; whoever asks has passed the guard."""
    return _charts(store, kept.deployment.id, kept.newest.id)


@lru_cache(maxsize=64)
def _charts(store: Store, deployment_id: int, _newest: int) -> tuple[ProcessChart, ...]:
    kept = series_now(store, deployment_id)
    if kept is None or kept.points.windows[0] != 1:
        return ()  # a plan without weekly windows has overlapping ones, which these rules do not hold for
    return tuple(process_chart(kept, metric) for metric in BETTER if MEASURES[metric].available(kept.plan))


def process_chart(kept: StoredSeries, metric: str) -> ProcessChart:
    """Read one figure against its process limits."""
    measure, points = MEASURES[metric], kept.points
    weeks = [Week(points.first_week + place) for place in range(points.weeks)]
    value = points.value[ROW[metric], 0]
    studies = points.value[ROW["eligible"], 0]
    judged = np.ones(points.weeks, dtype=np.bool_)
    judged[-1] = data_reach(kept, weeks[-1])
    bounds = [place for place, week in enumerate(weeks) if _in_baseline(kept, week)]
    baseline = (bounds[0], bounds[-1] + 1) if bounds else (0, 0)
    reading: ProcessReading | None = None
    absent = ""
    try:
        reading = read_weeks(
            value,
            judged,
            baseline,
            improvement_direction=BETTER[metric],
            most=1.0 if measure.unit == "share" else inf,
            usable=studies > 0,
        )
    except NotEstimable as few:
        absent = f"Too few weeks to say what is usual. {few}."
    read = reading.weeks if reading is not None else (None,) * points.weeks
    fixed = () if reading is None else (weeks[reading.fixed_by[0]], weeks[reading.fixed_by[-1]])
    return ProcessChart(
        metric=metric,
        title=measure.title,
        unit=measure.unit,
        better=BETTER_WORDS[BETTER[metric]],
        week_end=tuple(week.sunday for week in weeks),
        value=tuple(None if np.isnan(one) else float(one) for one in value),
        n=tuple(int(one) for one in points.n[ROW[metric], 0]),
        kind=tuple("not judged" if one is None else KINDS[one.word.value] for one in read),
        rule=tuple("" if one is None or one.rule is None else _rule(one) for one in read),
        why=tuple(
            _why(place, read[place], np.isnan(value[place]), studies[place], bool(judged[place]), absent)
            for place in range(points.weeks)
        ),
        mean=None if reading is None else reading.mean,
        lower=None if reading is None else reading.lower,
        upper=None if reading is None else reading.upper,
        fixed_from=fixed[0].monday if fixed else None,
        fixed_to=fixed[1].sunday if fixed else None,
        fixed_by=0 if reading is None else len(reading.fixed_by),
        limits_words="" if reading is None else _limits_words(kept, reading, measure.title),
        absent=absent,
    )


def data_reach(kept: StoredSeries, week: Week) -> bool:
    """Say whether the log reaches the Friday of a week: a file cut short before it is not a quiet week."""
    newest = kept.summary["coverage"]["data_to"]
    if newest is None:
        return False
    day = from_micros(newest).astimezone(ZoneInfo(kept.plan.zone)).date()
    return day >= week.monday + FRIDAY


def _in_baseline(kept: StoredSeries, week: Week) -> bool:
    return kept.plan.baseline.start <= week.monday and week.sunday <= kept.plan.baseline.end


def _rule(one: WeekRead) -> str:
    """Return the rule with its side.

    >>> from surveillance.detectors import Word
    >>> _rule(WeekRead(Word.CONCERN, Rule.BEYOND_LIMIT, 1)), _rule(WeekRead(Word.LOW, Rule.SHIFT, -1))
    ('above the upper process limit', 'one of seven or more weeks in a row below the mean')
    """
    assert one.rule is not None
    high = one.way > 0
    return {
        Rule.BEYOND_LIMIT: "above the upper process limit" if high else "below the lower process limit",
        Rule.TREND: f"one of seven or more weeks in a row {'rising' if high else 'falling'}",
        Rule.TWO_IN_THREE: f"two of three weeks close to the {'upper' if high else 'lower'} process limit",
        Rule.SHIFT: f"one of seven or more weeks in a row {'above' if high else 'below'} the mean",
    }[one.rule]


def _why(place: int, read: WeekRead | None, missing: bool, studies: float, complete: bool, absent: str) -> str:
    if read is not None:
        return "no study in the log: none was done, or the log is missing" if studies == 0 else ""
    if studies == 0:
        return "no studies this week"
    if missing:
        return "no value this week"
    return absent or ("before the plan's baseline" if complete else "the log does not reach the end of this week")


def _limits_words(kept: StoredSeries, reading: ProcessReading, title: str) -> str:
    """Say which weeks fix the limits, and what is doubtful about them."""
    first, last = (Week(kept.points.first_week + reading.fixed_by[place]) for place in (0, -1))
    now = Week(kept.points.first_week + kept.points.weeks - 1)
    spell = f"{first.words(now)} to {last.words(now)}"
    if reading.basis is Basis.PLAN:
        words = f"{title}: limits fixed by the plan's baseline, {len(reading.fixed_by)} weeks, {spell}"
        if kept.plan.baseline.end > now.sunday:
            words += "; they move until that baseline ends"
    else:
        words = f"{title}: limits fixed by the first {FEWEST} weeks, {spell}, as the plan's baseline has fewer"
    marked = sum(1 for place in reading.fixed_by if (one := reading.weeks[place]) is not None and one.way)
    if marked:
        several = f"{marked} of these weeks are themselves" if marked > 1 else "one of these weeks is itself"
        words += f"; {several} special cause, to be looked into before the limits are relied on"
    return f"{words}."
