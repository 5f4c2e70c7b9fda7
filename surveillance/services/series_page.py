"""Turning kept points into the series and figures that pages draw; nothing is computed here."""

from datetime import date

from surveillance.domain.measures import MEASURES
from surveillance.domain.plan_parts import Kpi
from surveillance.domain.points import Point
from surveillance.domain.thresholds import too_few
from surveillance.domain.verdict import Verdict
from surveillance.domain.weeks import Week
from surveillance.domain.wording import plan_words, value_words, window_words
from surveillance.errors import NotEstimable
from surveillance.services.page_models import Figure, Series
from surveillance.services.stored_series import StoredSeries


def kpi_of(kept: StoredSeries, metric: str, window: int) -> Kpi | None:
    """Return the plan's KPI on a metric: the one on this window, else the first on any other."""
    found = [kpi for kpi in kept.plan.kpi if kpi.metric == metric]
    return next((kpi for kpi in found if kpi.window == window), found[0] if found else None)


def weekly(kept: StoredSeries, metric: str, window: int) -> Series:
    """Return one metric week by week on one window."""
    measure = MEASURES[metric]
    points = [kept.points.at(metric, window, week) for week in range(kept.points.weeks)]
    kpi = kpi_of(kept, metric, window)
    twin = MEASURES.get(f"{metric}_naive")
    naive = (
        tuple(kept.points.at(twin.name, window, week) for week in range(kept.points.weeks))
        if twin is not None and twin.available(kept.plan)
        else ()
    )
    return Series(
        metric=metric,
        title=measure.title,
        unit=measure.unit,
        window=window,
        week_end=tuple(point.week.sunday for point in points),
        week=tuple(point.week.label for point in points),
        value=tuple(None if isinstance(p.estimate, NotEstimable) else p.estimate for p in points),
        low=tuple(point.low for point in points),
        high=tuple(point.high for point in points),
        n=tuple(point.n for point in points),
        events=tuple(point.events for point in points),
        mature=tuple(point.mature for point in points),
        restated=tuple(point.restated for point in points),
        verdict=tuple("" if point.verdict is None else point.verdict.value for point in points),
        why=tuple(str(p.estimate) if isinstance(p.estimate, NotEstimable) else p.no_interval for p in points),
        threshold=None if kpi is None else kpi.threshold,
        better="higher" if kpi is None else kpi.better,
        method=measure.method(kept.plan),
        naive=tuple(None if isinstance(p.estimate, NotEstimable) else p.estimate for p in naive),
    )


def figure(kept: StoredSeries, metric: str, window: int) -> Figure:
    """Return one figure on its newest complete window, as text."""
    measure = MEASURES[metric]
    point = kept.points.latest_mature(metric, window)
    kpi = kpi_of(kept, metric, window)
    if not measure.available(kept.plan):
        return Figure(metric, measure.title, "–", "", measure.absence(), "", measure.absence(), "")
    if point is None:
        reason = f"No window of {window_words(window)} is complete yet."
        return Figure(metric, measure.title, "–", "", reason, "absent", reason, measure.method(kept.plan))
    value, ranged, counts = value_words(point)
    words = counts
    if kpi is not None:
        words += f" · {plan_words(kpi, measure.unit)}"
        words += "" if kpi.window == window else f" over {window_words(kpi.window)}"
    return Figure(
        metric=metric,
        title=measure.title,
        value=value,
        range=ranged,
        counts=words,
        verdict=verdict_now(point),
        why=point.no_interval,
        method=measure.method(kept.plan),
    )


def verdict_now(point: Point) -> str:
    """Return a point's verdict; "absent" where there is none for another reason than too few studies."""
    if point.verdict is Verdict.NOT_ESTIMABLE and not too_few(MEASURES[point.metric], point.n, point.events):
        return "absent"
    return "" if point.verdict is None else point.verdict.value


def complete_to(kept: StoredSeries) -> date | None:
    """Return the last day of the last complete week."""
    return Week(kept.points.first_week + kept.complete_to).sunday if kept.complete_to >= 0 else None


def kept_end(kept: StoredSeries) -> date:
    """Return the last day of the newest evaluated week."""
    return Week(kept.points.first_week + kept.points.weeks - 1).sunday


def point_now(kept: StoredSeries, metric: str, window: int) -> Point | None:
    """Return the newest complete point of a metric, where the product gives what it needs."""
    return kept.points.latest_mature(metric, window) if MEASURES[metric].available(kept.plan) else None
