"""Dated events on the time axis: a dotted line through every panel, a name above the first, the rest in the hover."""

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from textwrap import wrap
from typing import Any

from dashboard.figures.event_names import ROW, SHIFT, EventName, Placed, event_names
from dashboard.figures.palette import Palette
from dashboard.figures.panels import Panel
from surveillance.services.page_models import AxisEvent

HALF = 3.5  # the axis begins half a week before its first week
INCOMPLETE = 84  # pixels of the words that stand at the right of an axis whose outcomes are not complete
HOVER = 64  # letters in a line of the hover


def lines(panel: Panel, colours: Palette, events: Sequence[AxisEvent]) -> list[dict[str, Any]]:
    """Return one dotted line an event through a panel."""
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": f"{panel.axis} domain",
            "x0": event.on.isoformat(),
            "x1": event.on.isoformat(),
            "y0": 0,
            "y1": 1,
            "line": {"color": colours.event, "width": 1.2, "dash": "dot"},
            "opacity": 0.75,
        }
        for event in events
    ]


def inside(events: Sequence[AxisEvent], first: date, last: date) -> tuple[AxisEvent, ...]:
    """Return the events of the weeks that end on or between two Sundays, in order of day."""
    begin = first - timedelta(days=6)
    return tuple(sorted((one for one in events if begin <= one.on <= last), key=lambda one: (one.on, one.words)))


def pointed_at(
    panel: Panel, colours: Palette, events: Sequence[AxisEvent], weeks: Sequence[date], top: float
) -> list[dict[str, Any]]:
    """Return an unseen point at each week that has events, so that the hover of the week tells them."""
    told: dict[date, list[str]] = {}
    for event in events:
        sunday = event.on + timedelta(days=6 - event.on.weekday())
        if event.told and weeks[0] <= sunday <= weeks[-1]:
            told.setdefault(sunday, []).append(
                "<br>".join(escape(line, quote=False) for line in wrap(event.told, HOVER))
            )
    if not told:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [day.isoformat() for day in told],
            "y": [top] * len(told),
            "marker": {"size": 6, "color": colours.event, "opacity": 0},
            "customdata": ["<br>".join(texts) for texts in told.values()],
            "hovertemplate": "%{customdata}<extra></extra>",
            "xaxis": panel.axis.replace("y", "x"),
            "yaxis": panel.axis,
        }
    ]


def names(
    panel: Panel,
    colours: Palette,
    events: Sequence[AxisEvent],
    span: tuple[date, date],
    complete_to: date | None,
    pixels: float,
) -> list[dict[str, Any]]:
    """Return the names above the first panel, none on another; see `event_names` for those that would meet.

    The words "outcomes incomplete" stand at the right when the axis goes on past `complete_to`.
    """
    first, last = span
    days = max((last - first).days, 1) + 2 * HALF
    late = complete_to is not None and complete_to < last
    placed = [Placed(((one.on - first).days + HALF) / days * pixels, one.words, one.logged) for one in events]
    found = [
        _word(one, one.place / pixels, panel, colours.event)
        for one in event_names(placed, pixels - INCOMPLETE if late else pixels)
    ]
    if late:
        found.append(_word(EventName("outcomes<br>incomplete", pixels, "right"), 1.0, panel, colours.secondary))
    return found


def _word(name: EventName, x: float, panel: Panel, colour: str) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": panel.head,
        "yshift": 4 + ROW * name.row,
        "xshift": {"right": -SHIFT, "left": SHIFT}.get(name.anchor, 0) if name.beside else 0,
        "text": name.text,
        "font": {"color": colour, "size": 12.5},
        "xanchor": name.anchor,
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
    }
