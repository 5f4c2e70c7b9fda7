"""Rolling performance: a metric a panel with its interval, the plan, and what is not complete yet."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import plotly.graph_objects as go

from dashboard.figures import events as dated
from dashboard.figures import panels
from dashboard.figures.labels import Label, right_labels
from dashboard.figures.palette import Palette
from dashboard.figures.panels import Panel
from dashboard.figures.scale import bounds, planned, ranged, ticks, written
from dashboard.figures.series_traces import series_traces, values_of
from surveillance.services.page_models import AxisEvent, Series

WIDE = 168


def performance_figure(
    series: Sequence[Series],
    complete_to: date | None,
    events: Sequence[AxisEvent],
    colours: Palette,
    *,
    narrow: bool = False,
) -> go.Figure:
    """Draw aligned panels, the first the largest; labels stand at the right edge, or above when narrow."""
    heights = [224] + [124] * (len(series) - 1)
    stack, height = panels.stack(heights, gap=84 if narrow else 46)
    weeks = series[0].week_end
    shown = dated.inside(events, weeks[0], weeks[-1])
    body: dict[str, Any] = panels.layout(colours, height, narrow, WIDE)
    traces: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for panel, one in zip(stack, series, strict=True):
        number = "" if panel.number == 1 else str(panel.number)
        low, high = bounds(values_of(one), one.unit)
        values, names = ticks(low, high, one.unit, 5 if panel.number == 1 else 4)
        body[f"yaxis{number}"] = panels.value_axis(panel, colours, low, high, values, names)
        body[f"xaxis{number}"] = panels.week_axis(panel, colours, weeks, panel is stack[-1], 5 if narrow else 11)
        traces += series_traces(one, panel, colours)
        shapes += panels.incomplete(panel, colours, complete_to, weeks[-1]) + _plan(one, panel, colours)
        shapes += dated.lines(panel, colours, shown)
        traces += dated.pointed_at(panel, colours, shown, weeks, high)
        words += _words(one, panel, colours, low, high, narrow)
    words += dated.names(stack[0], colours, shown, (weeks[0], weeks[-1]), complete_to, 300 if narrow else 790)
    return go.Figure({"data": traces, "layout": {**body, "shapes": shapes, "annotations": words}})


def performance_alt(series: Sequence[Series], complete_to: date | None) -> str:
    """Return what the picture says, for those who do not see it."""
    parts = [f"{one.title}: {_newest(one) or 'no value'}, {_plan_words(one) or 'no threshold'}" for one in series]
    until = f" Outcomes complete to {complete_to.day} {complete_to:%B %Y}." if complete_to else ""
    return f"Weekly charts of {len(series)} figures. {'; '.join(parts)}.{until}"


def _plan(one: Series, panel: Panel, colours: Palette) -> list[dict[str, Any]]:
    if one.threshold is None:
        return []
    return [
        {
            "type": "line",
            "xref": f"{panel.axis.replace('y', 'x')} domain",
            "yref": panel.axis,
            "x0": 0,
            "x1": 1,
            "y0": one.threshold,
            "y1": one.threshold,
            "line": {"color": colours.secondary, "width": 1.2, "dash": "dash"},
        }
    ]


def _plan_words(one: Series) -> str:
    if one.threshold is None:
        return ""
    return f"plan: at {'least' if one.better == 'higher' else 'most'} {planned(one.threshold, one.unit)}"


def _place(one: Series) -> int | None:
    """Return the newest point whose outcomes are complete, else the newest with a value."""
    there = [place for place, value in enumerate(one.value) if value is not None]
    complete = [place for place in there if one.mature[place]]
    chosen = complete or there
    return chosen[-1] if chosen else None


def _counts(one: Series, place: int) -> str:
    if one.unit == "count":
        return ""
    if one.unit in ("share", "area") and one.events[place] >= 0:
        return (
            f"{one.events[place]:,} of {one.n[place]:,}" if one.unit == "share" else f"{one.events[place]:,} positives"
        )
    return f"{one.n[place]:,} studies"


def _newest(one: Series) -> str:
    place = _place(one)
    if place is None or (value := one.value[place]) is None:
        return ""
    low, high = one.low[place], one.high[place]
    interval = f" ({ranged(low, high, one.unit)})" if low is not None and high is not None else ""
    return f"{written(value, one.unit)}{interval}, {_counts(one, place)}"


def _lines(value: str, counts: str) -> tuple[str, ...]:
    return (value, counts) if counts else (value,)


def _words(one: Series, panel: Panel, colours: Palette, low: float, high: float, narrow: bool) -> list[dict[str, Any]]:
    trailing = {1: "each week"}.get(one.window, f"trailing {one.window} weeks")
    place, labels = _place(one), []
    if place is not None and (value := one.value[place]) is not None:
        lower, upper = one.low[place], one.high[place]
        interval = f"  {ranged(lower, upper, one.unit)}" if lower is not None and upper is not None else ""
        colour = colours.alarm_text if one.verdict[place] == "breach" else colours.line
        labels.append(Label(value, _lines(f"<b>{written(value, one.unit)}</b>{interval}", _counts(one, place)), colour))
    if narrow:
        said = f"<br>{' · '.join(labels[0].lines)}" if labels else ""
        plan = f" · {_plan_words(one)}" if one.threshold is not None else ""
        return [panels.title(panel, colours, one.title, f", {trailing}{plan}{said}")]
    if one.threshold is not None:
        labels.append(Label(one.threshold, (_plan_words(one),), colours.secondary))
    return [
        panels.title(panel, colours, one.title, f", {trailing}"),
        *right_labels(labels, low, high, panel.foot, panel.head, panel.pixels),
    ]
