"""Control charts: the evidence week by week in steps, both limits, where they were passed, and since when."""

from collections.abc import Sequence
from datetime import date, timedelta
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from dashboard.figures import events as dated
from dashboard.figures import panels
from dashboard.figures.chart_onset import onset_band, onset_words
from dashboard.figures.chart_scale import chart_foot, chart_top, settled
from dashboard.figures.chart_traces import chart_traces
from dashboard.figures.labels import Label, right_labels, split
from dashboard.figures.palette import Palette
from dashboard.figures.panels import Panel
from dashboard.figures.scale import ticks
from dashboard.figures.vlad_panel import HEIGHT, vlad_axis, vlad_trace, vlad_zero
from surveillance.services.page_models import AxisEvent, ChartLine

WIDE = 190
CHARACTERS = 50  # of a title on a phone
BEFORE = timedelta(weeks=4)


def charts_figure(
    lines: Sequence[ChartLine], events: Sequence[AxisEvent], colours: Palette, *, narrow: bool = False
) -> go.Figure:
    """Draw one panel a chart, the first the largest, on one time axis that holds every week of every chart."""
    heights = [250, *(180 if line.marks else 112 for line in lines[1:])]
    shown_lines = [(line, False, tall) for line, tall in zip(lines, heights, strict=True)]
    for line in lines[::-1]:
        if any(value is not None for value in line.vlad):
            shown_lines.insert(lines.index(line) + 1, (line, True, HEIGHT))
    stack, height = panels.stack([tall for *_, tall in shown_lines], gap=104 if narrow else 48)
    weeks = _weeks(lines)
    shown = dated.inside(events, weeks[0], weeks[-1])
    body: dict[str, Any] = panels.layout(colours, height, narrow, WIDE)
    traces: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for panel, (line, beside, _) in zip(stack, shown_lines, strict=True):
        number = "" if panel.number == 1 else str(panel.number)
        body[f"xaxis{number}"] = panels.week_axis(panel, colours, weeks, panel is stack[-1], 5 if narrow else 11)
        shapes += dated.lines(panel, colours, shown)
        if beside:
            body[f"yaxis{number}"] = vlad_axis(line, panel, colours)
            traces += dated.pointed_at(panel, colours, shown, weeks, body[f"yaxis{number}"]["range"][1])
            traces.append(vlad_trace(line, panel, colours))
            shapes.append(vlad_zero(panel, colours))
            said = "".join(f"<br>{part}" for part in wrap(line.vlad_words, CHARACTERS))
            words.append(panels.title(panel, colours, "VLAD", said if narrow else f": {line.vlad_words}"))
            continue
        low, top = chart_foot(line), chart_top(line)
        values, _ = ticks(low, top, "number", 4 if panel.number == 1 else 3)
        names = [f"{value:g}".replace("-", "−") for value in values]
        body[f"yaxis{number}"] = panels.value_axis(panel, colours, low, top, values, names)
        shapes += [vlad_zero(panel, colours)] if low < 0 else []
        traces += chart_traces(line, panel, colours, top)
        traces += dated.pointed_at(panel, colours, shown, weeks, top)
        shapes += panels.incomplete(panel, colours, line.complete_to, weeks[-1])
        shapes += _limits(line, panel, colours) + onset_band(line, panel, colours)
        words += _words(line, panel, colours, (low, top), narrow)
        words += onset_words(line, panel, colours, weeks, shown, (low, top), narrow)
    newest = lines[0].complete_to
    words += dated.names(stack[0], colours, shown, (weeks[0], weeks[-1]), newest, 300 if narrow else 768)
    return go.Figure({"data": traces, "layout": {**body, "shapes": shapes, "annotations": words}})


def charts_alt(lines: Sequence[ChartLine]) -> str:
    """Return what the picture says, for those who do not see it."""
    said = []
    for line in lines:
        marks = "; ".join(mark.words for mark in line.marks) or line.waiting or "no limit passed"
        onset = f"; {line.onset_words}" if line.onset else ""
        last = next((value for value in reversed(line.vlad) if value is not None), None)
        beside = "" if last is None else f"; VLAD beside it, {line.vlad_words}, stands at {last:.1f}".replace("-", "−")
        said.append(f"{line.title}, {line.change}: {line.current_words}; {marks}{onset}{beside}")
    return f"{len(lines)} control charts by week. " + ". ".join(said).replace("**", "").replace("\n", ", ") + "."


def _weeks(lines: Sequence[ChartLine]) -> list[date]:
    """Return the weeks of the axis: from a little before the first charted week to the last."""
    every = sorted({day for line in lines for day in line.week_end})
    begun = [
        day for line in lines for day, value in zip(line.week_end, line.statistic, strict=True) if value is not None
    ]
    first = min(begun, default=every[0]) - BEFORE
    return [day for day in every if day >= first]


def _limits(line: ChartLine, panel: Panel, colours: Palette) -> list[dict[str, Any]]:
    both = (
        (line.alarm_limit, {"color": colours.alarm, "width": 1.4, "dash": "dash"}),
        (line.action_limit, {"color": colours.stop, "width": 1.6}),
    )
    return [
        {
            "type": "line",
            "xref": f"{panel.axis.replace('y', 'x')} domain",
            "yref": panel.axis,
            "x0": 0,
            "x1": 1,
            "y0": limit,
            "y1": limit,
            "line": stroke,
        }
        for limit, stroke in both
        if limit is not None
    ]


def _words(
    line: ChartLine, panel: Panel, colours: Palette, scale: tuple[float, float], narrow: bool
) -> list[dict[str, Any]]:
    change = f": {line.change}" if line.change else ""
    labels = []
    newest = [value for value, day in zip(line.statistic, line.week_end, strict=True) if settled(line, day, value)]
    if newest and line.current_words:
        value = float(newest[-1] or 0.0)
        above = ("beyond this scale ↑",) if value > scale[1] else ()
        labels.append(Label(value, (*split(line.current_words), *above), colours.line))
    if line.action_limit is not None and line.action_words:
        labels.append(Label(line.action_limit, split(line.action_words), colours.stop_text))
    if line.alarm_limit is not None and line.alarm_words:
        labels.append(Label(line.alarm_limit, split(line.alarm_words), colours.alarm_text))
    if narrow:
        said = "<br>".join(" · ".join(label.lines[:2]) for label in labels[:1])
        second = "".join(f"<br>{part}" for part in wrap(line.change, CHARACTERS))
        third = f"<br>{said}" if said else f"<br>{line.waiting}" if line.waiting else ""
        return [panels.title(panel, colours, line.title, f"{second}{third}")]
    found = [panels.title(panel, colours, line.title, change)]
    if line.waiting and not newest:
        return [*found, _waiting(line, panel, colours)]
    return found + right_labels(labels, *scale, panel.foot, panel.head, panel.pixels)


def _waiting(line: ChartLine, panel: Panel, colours: Palette) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": (panel.foot + panel.head) / 2,
        "xshift": 12,
        "xanchor": "left",
        "text": line.waiting,
        "font": {"size": 13, "color": colours.secondary},
        "showarrow": False,
    }
