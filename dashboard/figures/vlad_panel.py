"""The thin panel under a risk-adjusted chart: expected less observed, with zero and without any limit."""

from typing import Any

from dashboard.figures import panels
from dashboard.figures.palette import Palette
from dashboard.figures.panels import Panel
from dashboard.figures.scale import bounds, ticks
from surveillance.services.page_models import ChartLine

HEIGHT = 96


def vlad_axis(line: ChartLine, panel: Panel, colours: Palette) -> dict[str, Any]:
    """Return the value axis of the panel: it always holds zero."""
    low, high = bounds([0.0, *(value for value in line.vlad if value is not None)], "number")
    values, _ = ticks(low, high, "number", 3)
    return panels.value_axis(panel, colours, low, high, values, [f"{value:g}".replace("-", "−") for value in values])


def vlad_trace(line: ChartLine, panel: Panel, colours: Palette) -> dict[str, Any]:
    """Return the line of the display."""
    places = [place for place, value in enumerate(line.vlad) if value is not None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [line.week_end[place].isoformat() for place in places],
        "y": [line.vlad[place] for place in places],
        "line": {"color": colours.secondary, "width": 1.5, "shape": "hv"},
        "hovertemplate": "VLAD %{y:.1f}<extra></extra>",
        "xaxis": panel.axis.replace("y", "x"),
        "yaxis": panel.axis,
    }


def vlad_zero(panel: Panel, colours: Palette) -> dict[str, Any]:
    """Return the line of as many as expected."""
    return {
        "type": "line",
        "xref": f"{panel.axis.replace('y', 'x')} domain",
        "yref": panel.axis,
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 0,
        "line": {"color": colours.axis, "width": 1},
    }
