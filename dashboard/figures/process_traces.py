"""The traces of an XmR chart: the line, and a mark for every week, coloured and shaped by what it is called."""

from typing import Any

from dashboard.figures.palette import Palette
from dashboard.figures.panels import Panel
from dashboard.figures.scale import written
from surveillance.services.page_models import Kind, ProcessChart

SHAPES: dict[Kind, tuple[str, float]] = {
    "not judged": ("circle-open", 7),
    "common cause": ("circle", 6),
    "improvement": ("square", 9),
    "concern": ("diamond", 11),
    "high": ("triangle-up", 11),
    "low": ("triangle-down", 11),
}
SMALL = 0.65  # on a phone, so that the marks of two years stay apart
WORDS: dict[Kind, str] = {
    "not judged": "not judged",
    "common cause": "common cause",
    "improvement": "special cause, improvement",
    "concern": "special cause, concern",
    "high": "special cause, high",
    "low": "special cause, low",
}


def kind_colour(kind: Kind, colours: Palette) -> str:
    """Return the colour of a mark: orange for concern, blue for improvement, violet where neither side is better."""
    return {
        "not judged": colours.baseline,
        "common cause": colours.baseline,
        "improvement": colours.line,
        "concern": colours.alarm,
        "high": colours.event,
        "low": colours.event,
    }[kind]


def word_colour(kind: Kind, colours: Palette) -> str:
    """Return the colour of a word that says what a week is called."""
    plain = kind in ("not judged", "common cause")
    return colours.secondary if plain else colours.alarm_text if kind == "concern" else kind_colour(kind, colours)


def process_traces(
    chart: ProcessChart, panel: Panel, colours: Palette, *, narrow: bool = False
) -> list[dict[str, Any]]:
    """Return the traces of one figure, back to front; the line carries the words of every week."""
    every = list(range(len(chart.value)))
    line = _trace(chart, every, panel) | {
        "mode": "lines",
        "line": {"color": colours.baseline, "width": 0.75 if narrow else 1},
        "customdata": [hover_words(chart, place) for place in every],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    part = SMALL if narrow else 1.0
    marks = [
        _trace(chart, places, panel)
        | {
            "name": WORDS[kind],
            "mode": "markers",
            "marker": {
                "symbol": symbol,
                "size": size * part,
                "color": kind_colour(kind, colours),
                "line": {"width": 1.5},
            }
            if kind == "not judged"
            else {"symbol": symbol, "size": size * part, "color": kind_colour(kind, colours)},
            "hoverinfo": "skip",
        }
        for kind, (symbol, size) in SHAPES.items()
        if (places := [place for place in every if chart.kind[place] == kind and chart.value[place] is not None])
    ]
    gaps = [place for place in every if chart.value[place] is None]
    return [line, *marks, *([_gaps(chart, gaps, panel)] if gaps else [])]


def hover_words(chart: ProcessChart, place: int) -> str:
    """Return the line of the hover box: week, value, what it is called and by which rule, or why there is none."""
    week = chart.week_end[place].isocalendar().week
    value, why = chart.value[place], chart.why[place]
    if value is None:
        return f"Week {week}: {why or 'no value'}"
    parts = [f"Week {week}: <b>{written(value, chart.unit)}</b>", WORDS[chart.kind[place]]]
    parts += [text for text in (chart.rule[place], why) if text]
    if chart.unit != "count":
        parts.append(f"{chart.n[place]:,} studies")
    return " · ".join(parts)


def _gaps(chart: ProcessChart, places: list[int], panel: Panel) -> dict[str, Any]:
    """Return what a week without a value says under the pointer; it has no mark, and is no zero."""
    level = chart.mean if chart.mean is not None else next((one for one in chart.value if one is not None), 0.0)
    return _trace(chart, places, panel) | {
        "y": [level] * len(places),
        "mode": "markers",
        "marker": {"opacity": 0},
        "customdata": [hover_words(chart, place) for place in places],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _trace(chart: ProcessChart, places: list[int], panel: Panel) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [chart.week_end[place].isoformat() for place in places],
        "y": [chart.value[place] for place in places],
        "cliponaxis": False,
        "xaxis": panel.axis.replace("y", "x"),
        "yaxis": panel.axis,
    }
