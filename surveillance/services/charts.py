"""The charts tab: each designed chart, its limits, what they cost, and when it began to rise."""

from typing import Any

import numpy as np

from surveillance.domain.budget import chance_of_one
from surveillance.domain.roles import Action, Actor
from surveillance.domain.weeks import Week
from surveillance.services.guard import guarded
from surveillance.services.page_models import ChartLine, ChartsPage, Mark
from surveillance.services.series_page import complete_to, plan_events
from surveillance.services.stored_series import Line, StoredSeries, read_series
from surveillance.storage.store import Store


@guarded(Action.READ_SURVEILLANCE)
def charts(actor: Actor, store: Store, deployment_id: int) -> ChartsPage:
    """Return the charts of a deployment as they stand."""
    with store.read() as connection:
        kept = read_series(connection, deployment_id)
    if kept is None:
        return ChartsPage("", (), (), ())
    lines = tuple(chart_line(kept, chart) for chart in kept.summary["charts"])
    return ChartsPage(_sentence(kept), _cards(kept), lines, plan_events(kept))


def current(kept: StoredSeries, chart: dict[str, Any]) -> float:
    """Return a chart's value after its last complete week, in its own unit."""
    line = kept.lines.get(chart["key"])
    if line is None or chart["waiting"] or chart["complete_to"] < 0:
        return 0.0
    value = line.statistic[chart["complete_to"]]
    return 0.0 if np.isnan(value) else float(value)


def years_words(years: float) -> str:
    """Return an average time between false signals in words.

    >>> years_words(2.5), years_words(20.3), years_words(1.04)
    ('1 false in 2.5 years', '1 false in 20 years', '1 false in a year')
    """
    if round(years, 1) == 1:
        return "1 false in a year"
    return f"1 false in {years:.1f} years" if years < 10 and round(years, 1) % 1 else f"1 false in {years:.0f} years"


def chart_line(kept: StoredSeries, chart: dict[str, Any]) -> ChartLine:
    """Return one chart ready to draw."""
    design = chart["design"]
    line = kept.lines.get(chart["key"]) or Line(np.full(kept.points.weeks, np.nan), np.full(kept.points.weeks, np.nan))
    ends = tuple(Week(kept.points.first_week + week).sunday for week in range(kept.points.weeks))
    if design is None:
        return _waiting(chart, ends)
    unit = design["steps_per_unit"]
    alarm = design["alarm_steps"] / unit
    action = None if design["action_steps"] is None else design["action_steps"] / unit
    value = current(kept, chart)
    newest = _newest(chart["signals"])
    last = Week(kept.points.first_week + chart["complete_to"]) if chart["complete_to"] >= 0 else None
    limit = action if action is not None else alarm
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
        alarm_limit=alarm,
        action_limit=action,
        alarm_words=f"**alarm {alarm:.1f}**{_passed(newest, 'alarm')}\n{years_words(design['alarm_years'])}",
        action_words=""
        if action is None
        else f"**stop-use {action:.1f}**{_passed(newest, 'action')}\n{years_words(design['action_years'])}",
        current_words=f"**{value:.1f}**{f' in week {last.iso}' if last else ''}\n{value / limit:.0%} of "
        + ("stop-use" if action is not None else "alarm"),
        marks=tuple(_mark(signal) for signal in newest.values()),
        onset=_onset(newest),
        onset_words=_onset_words(newest),
        waiting="",
        design_words=_design_words(design),
    )


def _optional(values: Any) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else float(value) for value in values)


def _waiting(chart: dict[str, Any], ends: tuple[Any, ...]) -> ChartLine:
    nothing = (None,) * len(ends)
    return ChartLine(
        chart["key"], chart["title"], "", "", "watch", ends, nothing, nothing, None, None, None,
        "", "", "", (), None, "", chart["waiting"], "",
    )  # fmt: skip


def _newest(signals: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the first signal of each limit in the newest excursion: the ones with the newest onset."""
    if not signals:
        return {}
    onset = max(signal["onset"] for signal in signals)
    found: dict[str, dict[str, Any]] = {}
    for signal in signals:
        if signal["onset"] == onset:
            found.setdefault(signal["limit"], signal)
    return found


def _passed(newest: dict[str, dict[str, Any]], limit: str) -> str:
    return f", passed week {Week(newest[limit]['week']).iso}" if limit in newest else ""


def _mark(signal: dict[str, Any]) -> Mark:
    name = "stop-use" if signal["limit"] == "action" else "alarm"
    words = f"passed the {name} limit in week {Week(signal['week']).iso}"
    return Mark(Week(signal["week"]).sunday, float(signal["statistic"]), signal["limit"], words)


def _onset(newest: dict[str, dict[str, Any]]) -> Any:
    signal = newest.get("action") or newest.get("alarm")
    return None if signal is None else (Week(signal["onset_low"]).monday, Week(signal["onset_high"]).sunday)


def _onset_words(newest: dict[str, dict[str, Any]]) -> str:
    signal = newest.get("action") or newest.get("alarm")
    if signal is None:
        return ""
    low, high = Week(signal["onset_low"]).iso, Week(signal["onset_high"]).iso
    return f"likely onset\nweek {low}" if low == high else f"likely onset\nweeks {low}–{high}"


def _design_words(design: dict[str, Any]) -> str:
    text = (
        f"{design['events_per_week']:.1f} studies a week enter this chart. At the unacceptable level it passes its"
        f" alarm limit within {design['delay_median']:.1f} weeks in half of all cases, within"
        f" {design['delay_p95']:.1f} weeks in 95 %, counted from complete outcomes."
    )
    if design["in_control"] is not None:
        rates = f"{design['in_control']:.3f} against {design['out_of_control']:.3f}"
        text += f" Rates on the verified studies, which the chart counts: {rates}."
    return f"{text} {design['mix'].capitalize()}.".replace(" .", "") if design["mix"] else text


def _cards(kept: StoredSeries) -> tuple[tuple[str, str, str], ...]:
    budget = kept.plan.budget
    designs = [c["design"] for c in kept.summary["charts"] if c["design"] is not None]
    first = next((c for c in kept.summary["charts"] if c["design"] is not None), None)
    newest = _newest(first["signals"]) if first else {}
    chance = chance_of_one(budget.recommendations_per_year, 2)
    delay = ("To notice the change", "–", "")
    if designs:
        delay = (
            "To notice the change",
            f"{designs[0]['delay_median']:.0f} weeks",
            f"half of all cases; 95 % within {designs[0]['delay_p95']:.0f}",
        )
    onset = _onset_words(newest).replace("likely onset\n", "") or "none"
    return (
        ("Between false alarms", f"{1 / budget.alarms_per_year:.1f} years".replace("1.0 years", "1 year"),
         f"on average, all {len(designs)} charts"),
        ("Between false stop-use", f"{1 / budget.recommendations_per_year:.0f} years",
         f"{chance:.0%} chance of one in two years"),
        delay,
        ("Likely onset", onset, "of the first chart" if onset != "none" else "no chart has risen"),
    )  # fmt: skip


def _sentence(kept: StoredSeries) -> str:
    beyond = []
    charts = kept.summary["charts"]
    for chart in charts:
        design = chart["design"]
        if design is None:
            continue
        steps = current(kept, chart) * design["steps_per_unit"]
        past_action = design["action_steps"] is not None and steps >= design["action_steps"]
        if past_action or steps >= design["alarm_steps"]:
            limit = "stop-use" if past_action else "alarm"
            beyond.append(f"The chart “{chart['title']}” is **past its {limit} limit**.")
    if not beyond:
        return f"All {len(charts)} charts are below their limits."
    quiet = len(charts) - len(beyond)
    return " ".join(beyond) + (f" The other {quiet} are below their limits." if quiet else "")
