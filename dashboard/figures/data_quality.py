"""Orders, results and truths by week: three panels over one axis, so that a hole in one is seen against the others."""

from collections.abc import Callable, Sequence
from typing import Any

import plotly.graph_objects as go

from dashboard.figures import events as dated
from dashboard.figures import panels
from dashboard.figures.labels import Label, right_labels
from dashboard.figures.palette import Palette, faded
from dashboard.figures.panels import Panel
from dashboard.figures.scale import ticks
from surveillance.services.page_models import AxisEvent
from surveillance.services.page_models.data_quality import QualityWeek

WIDE = 168
Count = Callable[[QualityWeek], int | None]
Layer = tuple[str, Count]
# What stands on what: name, and the count of a week; the first of a panel stands lowest.
READ: tuple[Layer, ...] = (("results", lambda week: week.results),)
UNREAD: tuple[Layer, ...] = (
    ("never arrived", lambda week: week.never_arrived if week.ordered is not None else None),
    ("failed or not sent", lambda week: week.failed + week.not_sent if week.ordered is not None else None),
    ("without an order", lambda week: week.without_order),
)
TRUTHS: tuple[Layer, ...] = (
    ("here in time", lambda week: week.arrived - week.late),
    ("here late", lambda week: week.late),
    ("overdue", lambda week: week.overdue),
    ("not due yet", lambda week: week.not_due),
)
PANELS = (
    ("Studies", "orders (line) and results (bars)", READ, 190),
    ("Orders and results that do not meet", "studies each week", UNREAD, 120),
    ("Truths expected", "studies each week", TRUTHS, 150),
)


def quality_figure(
    weeks: Sequence[QualityWeek], events: Sequence[AxisEvent], colours: Palette, *, narrow: bool = False
) -> go.Figure:
    """Draw the panels as stacked bars; layers are named at the right edge, or in the titles when narrow.

    Where no week has orders, nothing can fail to meet them and that panel is left out.
    """
    shown = [one for one in PANELS if one[2] is not UNREAD or any(week.ordered is not None for week in weeks)]
    stack, height = panels.stack([one[3] for one in shown], gap=108 if narrow else 46)
    ends = [week.week_end for week in weeks]
    body: dict[str, Any] = {**panels.layout(colours, height, narrow, WIDE), "barmode": "stack", "bargap": 0.25}
    traces: list[dict[str, Any]] = []
    shapes: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    logged = dated.inside(events, ends[0], ends[-1])
    for panel, (noun, said, layers, _) in zip(stack, shown, strict=True):
        number = "" if panel.number == 1 else str(panel.number)
        top = _top(weeks, layers)
        body[f"yaxis{number}"] = panels.value_axis(panel, colours, 0, top, *ticks(0, top, "count", 4))
        body[f"xaxis{number}"] = panels.week_axis(panel, colours, ends, panel is stack[-1], 5 if narrow else 11)
        shades = _shades(colours, layers)
        traces += [_bars(weeks, layer, panel, shade) for layer, shade in zip(layers, shades, strict=True)]
        traces += dated.pointed_at(panel, colours, logged, ends, top)
        shapes += dated.lines(panel, colours, logged)
        labels = _labels(weeks, layers, colours)
        if panel.number == 1:
            traces.append(_line(weeks, panel, colours))
        listed = _in_pairs([label.lines[0] for label in labels]) if narrow else ""
        words.append(panels.title(panel, colours, noun, f", {said}{listed}"))
        words += [] if narrow else right_labels(labels, 0, top, panel.foot, panel.head, panel.pixels)
    words += dated.names(stack[0], colours, logged, (ends[0], ends[-1]), None, 300 if narrow else 790)
    return go.Figure({"data": traces, "layout": {**body, "shapes": shapes, "annotations": words}})


def _in_pairs(names: Sequence[str]) -> str:
    """Return the layers' names for a narrow title, two a line: a phone has no room for three."""
    return "".join(f"<br>{' · '.join(names[place : place + 2])}" for place in range(0, len(names), 2))


def quality_alt(weeks: Sequence[QualityWeek]) -> str:
    """Return what the picture says, for those who do not see it."""
    newest = weeks[-1]
    parts = [] if newest.ordered is None else [f"orders {newest.ordered:,}"]
    parts += [f"{name} {count(newest) or 0:,}" for layers in (READ, UNREAD, TRUTHS) for name, count in layers]
    return f"Orders, results and truths of {len(weeks)} weeks as stacked bars. {newest.label}: {', '.join(parts)}."


def _top(weeks: Sequence[QualityWeek], layers: Sequence[Layer]) -> float:
    heights = [sum(count(week) or 0 for _, count in layers) for week in weeks]
    if layers is READ:
        heights += [week.ordered or 0 for week in weeks]
    return max(4.0, 1.12 * max(heights))


def _shades(colours: Palette, layers: Sequence[Layer]) -> list[str]:
    own = {"results": colours.line, "here in time": colours.line, "here late": colours.event}
    own |= {"never arrived": colours.alarm, "overdue": colours.alarm, "failed or not sent": colours.event}
    return [own.get(name, colours.baseline) for name, _ in layers]


def _bars(weeks: Sequence[QualityWeek], layer: Layer, panel: Panel, shade: str) -> dict[str, Any]:
    name, count = layer
    return {
        "type": "bar",
        "name": name,
        "x": [week.week_end.isoformat() for week in weeks],
        "y": [count(week) for week in weeks],
        "xaxis": panel.axis.replace("y", "x"),
        "yaxis": panel.axis,
        "marker": {"color": faded(shade, 0.62), "line": {"width": 0}},
        "hovertemplate": f"{name} %{{y:,}}<extra></extra>",
    }


def _line(weeks: Sequence[QualityWeek], panel: Panel, colours: Palette) -> dict[str, Any]:
    """Return what orders say was eligible: a line that breaks in weeks without any."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": "orders",
        "x": [week.week_end.isoformat() for week in weeks],
        "y": [week.ordered for week in weeks],
        "xaxis": panel.axis.replace("y", "x"),
        "yaxis": panel.axis,
        "line": {"color": colours.text, "width": 1.6},
        "marker": {"color": colours.text, "size": 6, "symbol": "diamond"},
        "connectgaps": False,
        "hovertemplate": "orders %{y:,}<extra></extra>",
    }


def _labels(weeks: Sequence[QualityWeek], layers: Sequence[Layer], colours: Palette) -> list[Label]:
    """Return the newest week's counts, each where its bar ends, with a square of its bar's colour."""
    newest, foot = weeks[-1], 0.0
    labels = []
    for (name, count), shade in zip(layers, _shades(colours, layers), strict=True):
        value = count(newest)
        key = f'<span style="color:{shade}">■</span>'
        if value is None:
            labels.append(Label(foot, (f"{key} {name}: no orders",), colours.secondary))
            continue
        foot += value
        labels.append(Label(foot - value / 2, (f"{key} <b>{value:,}</b> {name}",), colours.text))
    if layers is READ and newest.ordered is not None:
        labels.append(Label(newest.ordered, (f"◆ <b>{newest.ordered:,}</b> orders",), colours.text))
    return labels
