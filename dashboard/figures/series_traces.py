"""The traces of one weekly series: interval band, line, hollow points not complete yet, diamonds for a breach."""

from typing import Any

from dashboard.figures.palette import Palette, faded
from dashboard.figures.panels import Panel
from dashboard.figures.scale import ranged, written
from surveillance.services.page_models import Series

WIDEST = 10  # one interval in ten may run out of its panel


def series_traces(one: Series, panel: Panel, colours: Palette) -> list[dict[str, Any]]:
    """Return the traces of a series, back to front."""
    axes = {"xaxis": panel.axis.replace("y", "x"), "yaxis": panel.axis}
    complete = [place for place, mature in enumerate(one.mature) if mature]
    tail = [place for place, mature in enumerate(one.mature) if not mature]
    joined = ([complete[-1]] if complete and tail and tail[0] > complete[-1] else []) + tail
    breach = [place for place in complete if one.verdict[place] == "breach"]
    band = [place for place in range(len(one.value)) if one.low[place] is not None and one.high[place] is not None]
    found = _band(one, band, axes, colours)
    found.append(
        _trace(one, [*range(len(one.value))], axes)
        | {
            "mode": "lines",
            "line": {"color": colours.line, "width": 2.25},
            "y": _only(one, complete),
            **_hover(one),
        }
    )
    if joined:
        found.append(
            _trace(one, joined, axes)
            | {
                "mode": "lines",
                "line": {"color": colours.line, "width": 1.25, "dash": "dot"},
                "hoverinfo": "skip",
            }
        )
        found.append(_trace(one, tail, axes) | {"mode": "markers", "marker": _hollow(colours), **_hover(one, tail)})
    if breach:
        mark = {"symbol": "diamond", "size": 9, "color": colours.alarm}
        found.append(_trace(one, breach, axes) | {"mode": "markers", "marker": mark, "hoverinfo": "skip"})
    return found


def values_of(one: Series) -> list[float]:
    """Return every value a panel must hold: points, the threshold, and all but the widest intervals.

    A few early weeks with hardly any positives have intervals so wide that a panel which held them would
    press the rest flat; they run out of the panel instead.
    """
    points = [value for value in (*one.value, one.threshold) if value is not None]
    low = sorted(value for value in one.low if value is not None)
    high = sorted(value for value in one.high if value is not None)
    few = len(low) // WIDEST
    return [*points, *low[few : few + 1], *high[-few - 1 :][:1]] or [0.0, 1.0]


def hover_words(one: Series, place: int) -> str:
    """Return the line of the hover box: week, value, range and counts; why, where there is no value."""
    week = one.week_end[place].isocalendar().week
    value, low, high = one.value[place], one.low[place], one.high[place]
    if value is None:
        return f"Week {week}: {one.why[place] or 'not estimable'}"
    interval = f" ({ranged(low, high, one.unit)})" if low is not None and high is not None else ""
    counts = (
        f" · {one.events[place]:,} of {one.n[place]:,}" if one.events[place] >= 0 else f" · {one.n[place]:,} studies"
    )
    late = "" if one.mature[place] else " · outcomes incomplete"
    again = " · restated" if one.restated[place] else ""
    naive = one.naive[place] if one.naive else None
    beside = "" if naive is None else f" · {written(naive, one.unit)} as verified, not corrected"
    return f"Week {week}: <b>{written(value, one.unit)}</b>{interval}{counts}{beside}{late}{again}"


def _hollow(colours: Palette) -> dict[str, Any]:
    return {
        "symbol": "circle",
        "size": 8,
        "color": colours.page,
        "line": {"color": colours.line, "width": 1.5},
    }


def _only(one: Series, places: list[int]) -> list[float | None]:
    kept = set(places)
    return [value if place in kept else None for place, value in enumerate(one.value)]


def _trace(one: Series, places: list[int], axes: dict[str, str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [one.week_end[place].isoformat() for place in places],
        "y": [one.value[place] for place in places],
        "cliponaxis": False,
        **axes,
    }


def _hover(one: Series, places: list[int] | None = None) -> dict[str, Any]:
    kept = range(len(one.value)) if places is None else places
    return {
        "customdata": [hover_words(one, place) for place in kept],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _band(one: Series, places: list[int], axes: dict[str, str], colours: Palette) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for run in _runs(places):
        x = [one.week_end[place].isoformat() for place in run]
        found.append(
            {
                "type": "scatter",
                "x": x + x[::-1],
                "y": [one.high[place] for place in run] + [one.low[place] for place in reversed(run)],
                "mode": "lines",
                "fill": "toself",
                "fillcolor": faded(colours.line, colours.band),
                "line": {"width": 0},
                "hoverinfo": "skip",
                "cliponaxis": True,
                **axes,
            }
        )
    return found


def _runs(places: list[int]) -> list[list[int]]:
    """Return runs of neighbouring places, so that a gap in the data stays a gap in the band."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [run for run in runs if len(run) > 1]
