"""The charts tab: each designed chart, its limits, what they cost, and when it began to rise."""

from typing import Any

import numpy as np

from surveillance.domain import rarity
from surveillance.domain.chart_cost import Tier
from surveillance.domain.roles import Action, Actor
from surveillance.domain.signal_wording import plural
from surveillance.domain.weeks import Week
from surveillance.services.axis_events import axis_events
from surveillance.services.chart_kinds import drawn_limit, limit_mark, standing_words
from surveillance.services.chart_working import PAGE_NOTES, cost_rows, design_notes
from surveillance.services.charts_summary import cards, current, newest_signals, onset_words, sentence
from surveillance.services.guard import guarded
from surveillance.services.page_models import ChartLine, ChartsPage, Mark
from surveillance.services.series_page import complete_to
from surveillance.services.stored_designs import kept_charts, stored_design
from surveillance.services.stored_series import Line, StoredSeries, series_now
from surveillance.storage.recommendations import recommendations
from surveillance.storage.store import Store


@guarded(Action.READ_SURVEILLANCE)
def charts(actor: Actor, store: Store, deployment_id: int) -> ChartsPage:
    """Return the charts of a deployment as they stand."""
    kept = series_now(store, deployment_id)
    with store.read() as connection:
        proposed = recommendations(connection, deployment_id)
    if kept is None:
        return ChartsPage("", (), (), ())
    ordered = sorted(kept_charts(kept.summary), key=lambda chart: _need(kept, chart), reverse=True)
    lines = tuple(chart_line(kept, chart) for chart in ordered)
    waiting = [r for r in proposed if r.decided_at is None]
    return ChartsPage(sentence(kept, waiting), cards(kept, ordered), lines, axis_events(store, kept), PAGE_NOTES)


def _need(kept: StoredSeries, chart: dict[str, Any]) -> tuple[int, float]:
    """Return how much a chart needs a reader: past a limit first, then ever signalled, then by height."""
    design = chart["design"]
    if design is None:
        return (-1, 0.0)
    steps = round(current(kept, chart) * design["steps_per_unit"])
    if design["action_steps"] is not None and steps >= design["action_steps"]:
        return (3, steps / design["action_steps"])
    share = steps / design["alarm_steps"]
    return (2, share) if share >= 1 else (1, share) if chart["signals"] and design["level"] == "alarm" else (0, share)


def years_words(years: float) -> str:
    """Return an average time between false signals in words.

    >>> years_words(2.5), years_words(20.3), years_words(1.04), years_words(0.04)
    ('1 false in 2.5 years', '1 false in 20 years', '1 false in a year', '1 false in 2 weeks')
    """
    if years < 0.095:
        return f"1 false in {rarity.years(years)}"
    if round(years, 1) == 1:
        return "1 false in a year"
    return f"1 false in {years:.1f} years" if years < 10 and round(years, 1) % 1 else f"1 false in {years:.0f} years"


def rare_words(tier: Tier) -> str:
    """Return how rare a false signal is beside a limit; on an estimated baseline what nine of ten such ones keep."""
    return years_words(tier.stated_years) if tier.low_years is None else f"{years_words(tier.low_years)}, or rarer"


def chart_line(kept: StoredSeries, chart: dict[str, Any]) -> ChartLine:
    """Return one chart ready to draw."""
    design = chart["design"]
    line = kept.lines.get(chart["key"]) or Line(np.full(kept.points.weeks, np.nan), np.full(kept.points.weeks, np.nan))
    ends = tuple(Week(kept.points.first_week + week).sunday for week in range(kept.points.weeks))
    if design is None:
        return _waiting(chart, ends)
    unit, kept_design = design["steps_per_unit"], stored_design(design)
    alarm = design["alarm_steps"] / unit
    action = None if design["action_steps"] is None else design["action_steps"] / unit
    value = current(kept, chart)
    newest = newest_signals(chart["signals"])
    last = Week(kept.points.first_week + chart["complete_to"]) if chart["complete_to"] >= 0 else None
    limit = action if action is not None else alarm
    now = Week(kept.summary["week"])
    risen = newest if value >= alarm else {}
    return ChartLine(
        key=chart["key"],
        title=chart["title"],
        change=design["change"],
        unit=design["unit"],
        level=design["level"],
        week_end=ends,
        statistic=_optional(line.statistic),
        peak=_optional(line.peak),
        complete_to=last.sunday if last else complete_to(kept),
        alarm_limit=drawn_limit(design, design["alarm_steps"]),
        action_limit=None if action is None else drawn_limit(design, design["action_steps"]),
        alarm_words=f"**{limit_mark(design, 'alarm', design['alarm_steps'])}**{_passed(newest, 'alarm', now)}"
        f"\n{rare_words(kept_design.alarm)}",
        action_words=""
        if action is None or kept_design.action is None
        else f"**{limit_mark(design, 'stop-use', design['action_steps'])}**{_passed(newest, 'action', now)}"
        f"\n{rare_words(kept_design.action)}",
        current_words=_current_words(design, value, limit, "stop-use" if action is not None else "alarm", last, now),
        marks=tuple(_mark(signal, now) for signal in newest.values()),
        onset=_onset(risen),
        onset_words=onset_words(risen, now),
        waiting="",
        design_words=" ".join(design_notes(design)),
        costs=cost_rows(design),
        vlad=tuple(chart.get("vlad") or ()),
        vlad_words=f"expected less observed {plural(kept.plan.finding)} · for the eye only, it has no limit",
    )


def _current_words(design: dict[str, Any], value: float, limit: float, name: str, last: Week | None, now: Week) -> str:
    when = "" if last is None else f" in {last.words(now)}"
    height = f"{value:.1f}".replace("-0.0", "0.0").replace("-", "−")
    return f"**{height}**{when}\n{standing_words(design, value, limit, name)}"


def _optional(values: Any) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else float(value) for value in values)


def _waiting(chart: dict[str, Any], ends: tuple[Any, ...]) -> ChartLine:
    nothing = (None,) * len(ends)
    return ChartLine(
        chart["key"], chart["title"], "", "", "watch", ends, nothing, nothing, None, None, None,
        "", "", "", (), None, "", chart["waiting"], "",
    )  # fmt: skip


def _passed(newest: dict[str, dict[str, Any]], limit: str, now: Week) -> str:
    return f", passed {Week(newest[limit]['week']).words(now)}" if limit in newest else ""


def _mark(signal: dict[str, Any], now: Week) -> Mark:
    name = "stop-use" if signal["limit"] == "action" else "alarm"
    words = f"passed the {name} limit in {Week(signal['week']).words(now)}"
    return Mark(Week(signal["week"]).sunday, float(signal["statistic"]), signal["limit"], words)


def _onset(newest: dict[str, dict[str, Any]]) -> Any:
    signal = newest.get("action") or newest.get("alarm")
    return None if signal is None else (Week(signal["onset_low"]).monday, Week(signal["onset_high"]).sunday)
