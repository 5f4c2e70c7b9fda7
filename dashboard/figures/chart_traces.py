"""The traces of one control chart: steps, a dotted hollow tail, and one mark where each limit was passed."""

from typing import Any

from dashboard.figures.chart_scale import chart_foot
from dashboard.figures.palette import Palette, faded
from dashboard.figures.panels import Panel
from surveillance.services.page_models import ChartLine

SMALL = 0.05
EDGE = 0.985  # of the panel's height: a line past the scale is drawn here, so that the panel is never blank
SYMBOL = {"alarm": "diamond", "action": "octagon"}


def chart_traces(line: ChartLine, panel: Panel, colours: Palette, top: float) -> list[dict[str, Any]]:
    """Return the traces of a chart, back to front; a line that runs past `top` goes on along the edge."""
    axes = {"xaxis": panel.axis.replace("y", "x"), "yaxis": panel.axis, "cliponaxis": False}
    edge, foot = EDGE * top, chart_foot(line)
    places = [place for place, value in enumerate(line.statistic) if value is not None]
    last = line.complete_to
    settled = [place for place in places if last is None or line.week_end[place] <= last]
    tail = [place for place in places if last is not None and line.week_end[place] > last]
    found = []
    if settled:
        stroke = {"color": colours.line, "width": 2.25, "shape": "hv"}
        found.append(
            _trace(line, settled, axes, foot, edge) | {"mode": "lines", "line": stroke, **_hover(line, settled)}
        )
    if tail:
        stroke = {"color": colours.line, "width": 1.25, "dash": "dot", "shape": "hv"}
        hollow = {
            "symbol": "circle",
            "size": 8,
            "color": colours.page,
            "line": {"color": colours.line, "width": 1.25},
        }
        joined = [*settled[-1:], *tail]
        found.append(_trace(line, joined, axes, foot, edge) | {"mode": "lines", "line": stroke, "hoverinfo": "skip"})
        found.append(_trace(line, tail, axes, foot, edge) | {"mode": "markers", "marker": hollow, **_hover(line, tail)})
    if spikes := _spikes(line, settled, foot, edge):
        found.append(spikes | {"line": {"color": faded(colours.line, 0.55), "width": 1.25}, **axes})
    if line.marks:
        found.append(_marks(line, axes, colours, edge))
    return found


def _spikes(line: ChartLine, places: list[int], foot: float, edge: float) -> dict[str, Any]:
    """Return thin lines up to the highest value within a week, where the week ended lower than that."""
    x: list[str | None] = []
    y: list[float | None] = []
    for place in places:
        value, peak = line.statistic[place], line.peak[place]
        if value is not None and peak is not None and peak > value + SMALL:
            x += [line.week_end[place].isoformat()] * 2 + [None]
            y += [max(foot, min(value, edge)), max(foot, min(peak, edge)), None]
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip"} if x else {}


def _marks(line: ChartLine, axes: dict[str, Any], colours: Palette, edge: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [mark.week_end.isoformat() for mark in line.marks],
        "y": [min(mark.statistic, edge) for mark in line.marks],
        "marker": {
            "symbol": [SYMBOL[mark.limit] for mark in line.marks],
            "size": [11 if mark.limit == "action" else 10 for mark in line.marks],
            "color": [colours.stop if mark.limit == "action" else colours.alarm for mark in line.marks],
            "line": {"width": 0},
            "opacity": 1,
        },
        "customdata": [mark.words.replace("**", "") for mark in line.marks],
        "hovertemplate": "%{customdata}<extra></extra>",
        **axes,
    }


def _trace(line: ChartLine, places: list[int], axes: dict[str, Any], foot: float, edge: float) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [line.week_end[place].isoformat() for place in places],
        "y": [max(foot, min(line.statistic[place] or 0.0, edge)) for place in places],
        **axes,
    }


def _hover(line: ChartLine, places: list[int]) -> dict[str, Any]:
    words = []
    for place in places:
        week, value, peak = (
            line.week_end[place].isocalendar().week,
            line.statistic[place] or 0.0,
            line.peak[place],
        )
        highest = f", highest {peak:.1f}" if peak is not None and peak > value + SMALL else ""
        late = " · outcomes incomplete" if line.complete_to and line.week_end[place] > line.complete_to else ""
        words.append(f"Week {week}: <b>{value:.1f}</b>{highest}{late}".replace("-", "−"))
    return {"customdata": words, "hovertemplate": "%{customdata}<extra></extra>"}
