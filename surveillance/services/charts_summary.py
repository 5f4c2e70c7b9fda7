"""What the charts say together: the facts above them, the sentence, and what each one's newest signals are."""

from typing import Any

import numpy as np

from surveillance.domain.chart_cost import Tier
from surveillance.domain.fleet_budget import ChartCosts, fleet_tier
from surveillance.domain.numbers import percent
from surveillance.domain.weeks import Week, span_words
from surveillance.services.chart_working import years
from surveillance.services.signals import week_of_label
from surveillance.services.stored_designs import kept_charts, stored_design
from surveillance.services.stored_series import StoredSeries
from surveillance.storage.recommendations import RecommendationRecord


def current(kept: StoredSeries, chart: dict[str, Any]) -> float:
    """Return a chart's value after its last complete week, in its own unit."""
    line = kept.lines.get(chart["key"])
    if line is None or chart["waiting"] or chart["complete_to"] < 0:
        return 0.0
    value = line.statistic[chart["complete_to"]]
    return 0.0 if np.isnan(value) else float(value)


def newest_signals(signals: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the first signal of each limit in the newest excursion: the ones with the newest onset."""
    if not signals:
        return {}
    onset = max(signal["onset"] for signal in signals)
    found: dict[str, dict[str, Any]] = {}
    for signal in signals:
        if signal["onset"] == onset:
            found.setdefault(signal["limit"], signal)
    return found


def onset_words(newest: dict[str, dict[str, Any]], now: Week) -> str:
    """Return the weeks in which the rise began, on two lines."""
    signal = newest.get("action") or newest.get("alarm")
    if signal is None:
        return ""
    return f"likely onset\n{span_words(Week(signal['onset_low']), Week(signal['onset_high']), now)}"


def cards(kept: StoredSeries, ordered: list[dict[str, Any]]) -> tuple[tuple[str, str, str], ...]:
    """Return the four facts above the charts: title, value, note."""
    budget = kept.plan.budget
    designs = [stored_design(c["design"]) for c in ordered if c["design"] is not None]
    first = next((c for c in ordered if c["design"] is not None), None)
    newest = newest_signals(first["signals"]) if first else {}
    onset = onset_words(newest, Week(kept.summary["week"])).replace("likely onset\n", "") or "none"
    delay = ("To notice the change", "–", "")
    if designs:
        weeks = max(1.0, designs[0].alarm.delay_median)
        delay = (
            "To notice the change",
            f"{weeks:.0f} week{'' if round(weeks) == 1 else 's'}",
            f"half of all cases; 95 % within {designs[0].alarm.delay_p95:.0f}",
        )
    return (
        _between("Between false alarms", [one.alarm for one in designs], budget.alarms_per_year),
        _between(
            "Between false stop-use", [one.action for one in designs if one.action], budget.recommendations_per_year
        ),
        delay,
        ("Likely onset", onset, first["title"] if first and onset != "none" else "the first chart has not signalled"),
    )


def _between(title: str, tiers: list[Tier], per_year: float) -> tuple[str, str, str]:
    """Return what one tier of all charts achieves together, beside what the budget asks."""
    if not tiers:
        return title, "–", "no such limit yet"
    costs = ChartCosts(
        np.zeros(len(tiers), dtype=np.int64),
        np.array([one.stated_years for one in tiers]),
        np.array([one.stated_chance_two_years for one in tiers]),
    )
    found = fleet_tier(costs, 1)
    charts = f"{len(tiers)} chart{'' if len(tiers) == 1 else 's'}"
    note = f"{charts}; budget {years(1 / per_year)}; {percent(found.total_chance)} chance of one in two years"
    return title, years(1 / found.total_per_year), note


def sentence(kept: StoredSeries, waiting: list[RecommendationRecord]) -> str:
    """Return which charts are past a limit, in one sentence."""
    beyond = []
    running = [chart for chart in kept_charts(kept.summary) if chart["design"] is not None]
    idle = len(kept_charts(kept.summary)) - len(running)
    for chart in running:
        design = chart["design"]
        steps = round(current(kept, chart) * design["steps_per_unit"])
        past_action = design["action_steps"] is not None and steps >= design["action_steps"]
        if past_action or steps >= design["alarm_steps"]:
            limit = "stop-use" if past_action else "alarm"
            beyond.append(f"The chart “{chart['title']}” is **past its {limit} limit**.")
    now_below = [r for r in waiting if not beyond]
    if now_below:
        week = week_of_label(now_below[0].week).words(Week(kept.summary["week"]))
        return (
            f"The chart that recommended stop-use **in {week}** is below its limit again; the recommendation stays"
            " open until a radiologist answers it."
        )
    quiet = len(running) - len(beyond)
    if not running:
        return "No chart has started: each says below what it waits for."
    if not beyond:
        below = "The only chart is below its limits." if quiet == 1 else f"All {quiet} charts are below their limits."
        below = below if not idle else f"{counted(quiet)} below {'its' if quiet == 1 else 'their'} limits."
    else:
        below = " ".join(beyond) + (
            f" {counted(quiet, other=True)} below {'its' if quiet == 1 else 'their'} limits." if quiet else ""
        )
    return below + (f" {counted(idle)} waiting, with the reason below." if idle else "")


def counted(charts: int, *, other: bool = False) -> str:
    """Return so many charts as the subject of a sentence.

    >>> counted(1), counted(3), counted(2, other=True)
    ('One chart is', '3 charts are', 'The other 2 are')
    """
    if other:
        return "The other one is" if charts == 1 else f"The other {charts} are"
    return "One chart is" if charts == 1 else f"{charts} charts are"
