"""Stacked panels over one time axis: the frame that the performance, control and throughput figures share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dashboard.figures.palette import Palette, faded

FONT = "Source Sans"
HEAD, FOOT, LEFT = 58, 46, 46
MORE, NARROW = 56, 14
HALF_WEEK = timedelta(days=3, hours=12)


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel's place: its number from the top, its foot and head in the figure (0 to 1), its height in pixels."""

    number: int
    foot: float
    head: float
    pixels: float

    @property
    def axis(self) -> str:
        """Return the name traces and shapes use for its value axis."""
        return "y" if self.number == 1 else f"y{self.number}"


def stack(heights: Sequence[int], gap: int = 46) -> tuple[tuple[Panel, ...], int]:
    """Return panels of the given heights in pixels, top first, and the height of the whole figure."""
    inner = sum(heights) + gap * (len(heights) - 1)
    panels, top = [], float(inner)
    for number, height in enumerate(heights, start=1):
        panels.append(Panel(number, (top - height) / inner, top / inner, float(height)))
        top -= height + gap
    return tuple(panels), inner + HEAD + FOOT


def layout(colours: Palette, height: int, narrow: bool, right: int) -> dict[str, Any]:
    """Return the frame: no legend, title, zoom or background; the theme's font and secondary colour.

    On a phone the labels stand in the titles, which take two lines more, and nothing stands at the right.
    """
    more = MORE if narrow else 0
    return {
        "template": {"layout": {}},
        "height": height + more,
        "margin": {"l": LEFT, "r": NARROW if narrow else right, "t": HEAD + more, "b": FOOT, "pad": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": colours.secondary},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "x unified",
        "hoverlabel": {
            "bgcolor": colours.panel,
            "bordercolor": colours.axis,
            "font": {"family": FONT, "size": 13, "color": colours.text},
        },
    }


def value_axis(
    panel: Panel, colours: Palette, low: float, high: float, ticks: Sequence[float], words: Sequence[str]
) -> dict[str, Any]:
    """Return a panel's value axis: horizontal grid, units on the ticks, no title."""
    return {
        "domain": [panel.foot, panel.head],
        "range": [low, high],
        "tickmode": "array",
        "tickvals": list(ticks),
        "ticktext": list(words),
        "tickfont": {"size": 12, "color": colours.secondary},
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": "rgba(0,0,0,0)",
        "showgrid": True,
        "gridcolor": colours.grid,
        "gridwidth": 1,
        "zeroline": False,
        "fixedrange": True,
        "anchor": "x" if panel.number == 1 else f"x{panel.number}",
    }


def week_axis(panel: Panel, colours: Palette, weeks: Sequence[date], last: bool, most: int) -> dict[str, Any]:
    """Return a panel's time axis: about `most` weeks named under the last panel, ticks under each."""
    step = max(1, -(-len(weeks) // most))
    shown = list(weeks[::-1][::step][::-1])
    return {
        "type": "date",
        "anchor": panel.axis,
        "range": [(weeks[0] - HALF_WEEK).isoformat(), (weeks[-1] + HALF_WEEK).isoformat()],
        "matches": None if panel.number == 1 else "x",
        "tickmode": "array",
        "tickvals": [day.isoformat() for day in shown],
        "ticktext": [_week_words(day, shown[place - 1] if place else None) for place, day in enumerate(shown)],
        "showticklabels": last,
        "tickfont": {"size": 12, "color": colours.secondary},
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": colours.axis,
        "showline": True,
        "linecolor": colours.axis,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "hoverformat": "week to %-d %b %Y",
    }


def _week_words(day: date, before: date | None) -> str:
    year, week, _ = day.isocalendar()
    if before is None:
        return f"week {week}<br>{year}"
    return f"{week}<br>{year}" if before.isocalendar().year != year else str(week)


def title(panel: Panel, colours: Palette, noun: str, words: str) -> dict[str, Any]:
    """Return a panel's title above its left edge: the noun in bold, then what is drawn, in words."""
    return {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": panel.head,
        "xshift": -LEFT,
        "yshift": 36 if panel.number == 1 else 8,
        "text": f"<b>{noun}</b>{words}",
        "font": {"size": 13.5, "color": colours.text},
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
    }


def incomplete(panel: Panel, colours: Palette, complete_to: date | None, last: date) -> list[dict[str, Any]]:
    """Return the pale zone after *outcomes complete to*."""
    if complete_to is None or complete_to >= last:
        return []
    return [
        {
            "type": "rect",
            "xref": "x",
            "yref": f"{panel.axis} domain",
            "x0": (complete_to + HALF_WEEK).isoformat(),
            "x1": (last + HALF_WEEK).isoformat(),
            "y0": 0,
            "y1": 1,
            "fillcolor": faded(colours.secondary, 0.06),
            "line": {"width": 0},
            "layer": "below",
        }
    ]
