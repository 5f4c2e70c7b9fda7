"""Dated events on the time axis: a dotted line through every panel, a name on top of the first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.figures.palette import Palette
from dashboard.figures.panels import Panel

CHARACTER = 6.6
HALF = 3.5  # the axis begins half a week before its first week


def lines(panel: Panel, colours: Palette, events: Sequence[tuple[date, str]]) -> list[dict[str, Any]]:
    """Return one dotted line an event through a panel."""
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": f"{panel.axis} domain",
            "x0": day.isoformat(),
            "x1": day.isoformat(),
            "y0": 0,
            "y1": 1,
            "line": {"color": colours.event, "width": 1.2, "dash": "dot"},
            "opacity": 0.75,
        }
        for day, _ in events
    ]


def inside(events: Sequence[tuple[date, str]], first: date, last: date) -> tuple[tuple[date, str], ...]:
    """Return the events that fall on the axis, in order of date."""
    return tuple(sorted((day, words) for day, words in events if first <= day <= last))


def names(
    panel: Panel,
    colours: Palette,
    events: Sequence[tuple[date, str]],
    span: tuple[date, date],
    complete_to: date | None,
    pixels: float,
) -> list[dict[str, Any]]:
    """Return the names above the first panel.

    Two that would meet stand on either side of their lines; of more, the first says how many.
    The words "outcomes incomplete" stand at the right when the axis goes on past `complete_to`.
    """
    first, last = span
    days = max((last - first).days, 1)
    found = []
    free = pixels
    if complete_to is not None and complete_to < last:
        found.append(_word("outcomes<br>incomplete", 1.0, "right", panel, colours.secondary))
        free = pixels - 84
    groups: list[tuple[float, list[str], float]] = []
    for day, words in events:
        place = ((day - first).days + HALF) / (days + 2 * HALF) * pixels
        if groups and place - groups[-1][0] < CHARACTER * (len(groups[-1][1][0]) + len(words)) / 2 + 10:
            groups[-1] = (groups[-1][0], [*groups[-1][1], words], place)
        else:
            groups.append((place, [words], place))
    for place, words_here, second in groups:
        if len(words_here) == 2 and place + 40 > CHARACTER * len(
            words_here[0]
        ):  # two neighbours: one name to the left of its line, one to the right
            found.append(_word(words_here[0], place / pixels, "right", panel, colours.event))
            found.append(_word(words_here[1], second / pixels, "left", panel, colours.event))
            continue
        text = words_here[0] if len(words_here) == 1 else f"{words_here[0]} + {len(words_here) - 1}"
        half = CHARACTER * len(text) / 2
        centre = min(max(place, half - 40), free - half)
        found.append(_word(text, centre / pixels, "center", panel, colours.event))
    return found


def _word(text: str, x: float, anchor: str, panel: Panel, colour: str) -> dict[str, Any]:
    return {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": panel.head,
        "yshift": 4,
        "text": text,
        "font": {"color": colour, "size": 12.5},
        "xanchor": anchor,
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
    }
