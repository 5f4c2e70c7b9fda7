"""XmR charts of NHS Making Data Count: mean, process limits, and every week with its word, a figure a panel."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.figures import events as dated
from dashboard.figures import panels
from dashboard.figures.labels import Label, right_labels
from dashboard.figures.palette import Palette, faded
from dashboard.figures.panels import Panel
from dashboard.figures.process_traces import SHAPES, WORDS, process_traces, word_colour
from dashboard.figures.scale import bounds, ranged, ticks, written
from surveillance.services.page_models import AxisEvent, ProcessChart

WIDE = 168
TALL = 150


def process_figure(
    charts: Sequence[ProcessChart], events: Sequence[AxisEvent], colours: Palette, *, narrow: bool = False
) -> go.Figure:
    """Draw aligned panels; the newest week, mean and limits are named at the right edge, or above when narrow."""
    stack, height = panels.stack([TALL] * len(charts), gap=86 if narrow else 46)
    weeks = charts[0].week_end
    shown = dated.inside(events, weeks[0], weeks[-1])
    body: dict[str, Any] = panels.layout(colours, height, narrow, WIDE)
    traces: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for panel, chart in zip(stack, charts, strict=True):
        number = "" if panel.number == 1 else str(panel.number)
        low, high = bounds(_held(chart), chart.unit)
        body[f"yaxis{number}"] = panels.value_axis(panel, colours, low, high, *ticks(low, high, chart.unit, 4))
        body[f"xaxis{number}"] = panels.week_axis(panel, colours, weeks, panel is stack[-1], 5 if narrow else 11)
        traces += process_traces(chart, panel, colours, narrow=narrow)
        traces += dated.pointed_at(panel, colours, shown, weeks, high)
        shapes += _lines(chart, panel, colours) + dated.lines(panel, colours, shown)
        words += _words(chart, panel, colours, low, high, narrow)
    words += dated.names(stack[0], colours, shown, (weeks[0], weeks[-1]), None, 300 if narrow else 790)
    return go.Figure({"data": traces, "layout": {**body, "shapes": shapes, "annotations": words}})


def process_alt(charts: Sequence[ProcessChart]) -> str:
    """Return what the picture says, for those who do not see it."""
    return f"XmR charts of {len(charts)} weekly figures. {' '.join(_said(chart) for chart in charts)}"


def _said(chart: ProcessChart) -> str:
    if chart.mean is None or chart.lower is None or chart.upper is None:
        return f"{chart.title}: {chart.absent}"
    counts = [f"{WORDS[kind]} in {count}" for kind in SHAPES if (count := chart.kind.count(kind)) and kind in WORDS]
    newest = _newest(chart)
    now = (
        ""
        if newest is None
        else f" Newest judged week: {written(newest[1], chart.unit)}, {WORDS[chart.kind[newest[0]]]}."
    )
    return (
        f"{chart.title}, {chart.better}: mean {written(chart.mean, chart.unit)}, process limits"
        f" {ranged(chart.lower, chart.upper, chart.unit)}; weeks: {', '.join(counts)}.{now}"
    )


def _newest(chart: ProcessChart) -> tuple[int, float] | None:
    """Return the newest judged week, else the newest with a value."""
    there = [(place, value) for place, value in enumerate(chart.value) if value is not None]
    judged = [one for one in there if chart.kind[one[0]] != "not judged"]
    return (judged or there)[-1] if there else None


def _held(chart: ProcessChart) -> list[float]:
    return [one for one in (*chart.value, chart.lower, chart.upper) if one is not None] or [0.0, 1.0]


def _lines(chart: ProcessChart, panel: Panel, colours: Palette) -> list[dict[str, Any]]:
    """Return mean, dashed limits, and under the weeks that fix them a bar at the panel's foot."""
    if chart.mean is None or chart.fixed_from is None or chart.fixed_to is None:
        return []
    across = {"type": "line", "xref": f"{panel.axis.replace('y', 'x')} domain", "yref": panel.axis, "x0": 0, "x1": 1}
    levels = ((chart.mean, "solid"), (chart.lower, "dash"), (chart.upper, "dash"))
    found: list[dict[str, Any]] = [
        {
            **across,
            "y0": at,
            "y1": at,
            "layer": "below",
            "line": {"color": colours.secondary, "width": 1.2, "dash": dash},
        }
        for at, dash in levels
    ]
    bar = {
        "type": "rect",
        "xref": panel.axis.replace("y", "x"),
        "yref": f"{panel.axis} domain",
        "x0": (chart.fixed_from + panels.HALF_WEEK).isoformat(),
        "x1": (chart.fixed_to + panels.HALF_WEEK).isoformat(),
        "y0": 0,
        "y1": 0.035,
        "fillcolor": faded(colours.secondary, 0.55),
        "line": {"width": 0},
        "layer": "below",
    }
    return [*found, bar]


def _words(
    chart: ProcessChart, panel: Panel, colours: Palette, low: float, high: float, narrow: bool
) -> list[dict[str, Any]]:
    newest, limits, labels = _newest(chart), "", []
    if newest is not None:
        kind = chart.kind[newest[0]]
        value = f"<b>{written(newest[1], chart.unit)}</b>"
        labels.append(Label(newest[1], (value, WORDS[kind]), word_colour(kind, colours)))
    if chart.mean is not None and chart.lower is not None and chart.upper is not None:
        mean = f"mean {written(chart.mean, chart.unit)}"
        limits = f"{mean} · limits {ranged(chart.lower, chart.upper, chart.unit)}"
        labels += [
            Label(chart.mean, (mean,), colours.secondary),
            Label(chart.upper, (f"upper limit {written(chart.upper, chart.unit)}",), colours.secondary),
            Label(chart.lower, (f"lower limit {written(chart.lower, chart.unit)}",), colours.secondary),
        ]
    else:
        limits = "too few weeks to say"
    if narrow:
        now = f"<br>{' · '.join(labels[0].lines)}" if newest is not None else ""
        return [panels.title(panel, colours, chart.title, f", each week<br>{limits}{now}")]
    said = f", each week · {chart.better}" if chart.mean is not None else f", each week · {limits}"
    return [
        panels.title(panel, colours, chart.title, said),
        *right_labels(labels, low, high, panel.foot, panel.head, panel.pixels),
    ]
