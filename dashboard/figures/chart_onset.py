"""The likely onset of a change: a pale band over its weeks, and its words where no limit runs through them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.figures import panels
from dashboard.figures.labels import split
from dashboard.figures.palette import Palette, faded
from dashboard.figures.panels import Panel
from surveillance.services.page_models import AxisEvent, ChartLine

TWO_LINES = 40.0


def onset_band(line: ChartLine, panel: Panel, colours: Palette) -> list[dict[str, Any]]:
    """Return the pale band over the weeks about as likely for the onset."""
    if line.onset is None:
        return []
    return [
        {
            "type": "rect",
            "xref": panel.axis.replace("y", "x"),
            "yref": f"{panel.axis} domain",
            "x0": (line.onset[0] - panels.HALF_WEEK).isoformat(),
            "x1": (line.onset[1] + panels.HALF_WEEK).isoformat(),
            "y0": 0,
            "y1": 1,
            "fillcolor": faded(colours.alarm, 0.12),
            "line": {"width": 0},
            "layer": "below",
        }
    ]


def onset_words(
    line: ChartLine,
    panel: Panel,
    colours: Palette,
    weeks: Sequence[date],
    events: Sequence[AxisEvent],
    scale: tuple[float, float],
    narrow: bool,
) -> list[dict[str, Any]]:
    """Return the words for the band: inside it where it is wide, else at its left, else at its right."""
    if line.onset is None or not line.onset_words:
        return []
    days = (weeks[-1] - weeks[0]).days
    begin, end = line.onset[0] - panels.HALF_WEEK, line.onset[1] + panels.HALF_WEEK
    within = (end - begin).days > (0.35 if narrow else 0.12) * days
    inner = max([begin, *(one.on for one in events if begin < one.on < begin + (end - begin) / 3)])
    before = not within and (begin - weeks[0]).days > (0.45 if narrow else 0.18) * days
    return [
        {
            "xref": panel.axis.replace("y", "x"),
            "yref": f"{panel.axis} domain",
            "x": (inner if within else begin if before else end).isoformat(),
            "y": _free_height(line, panel, *scale),
            "xshift": -8 if before else 16 if narrow and not within else 8,  # clear of a line that rises at once
            "xanchor": "right" if before else "left",
            "yanchor": "top",
            "align": "right" if before else "left",
            "text": "<br>".join(split(line.onset_words)),
            "font": {"size": 12.5, "color": colours.alarm_text},
            "showarrow": False,
        }
    ]


def _free_height(line: ChartLine, panel: Panel, low: float, top: float) -> float:
    """Return the highest place for two lines of words that no limit runs through."""
    room = TWO_LINES / panel.pixels
    limits = [(limit - low) / (top - low) for limit in (line.alarm_limit, line.action_limit) if limit is not None]
    places = (0.97, *(limit - 0.03 for limit in sorted(limits, reverse=True)))
    return next((at for at in places if not any(at - room < limit < at for limit in limits) and at > room), 0.97)
