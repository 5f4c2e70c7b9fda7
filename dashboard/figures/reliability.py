"""Reliability diagram: what a score promised against what was found, with how many studies had it."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from dashboard.figures import panels
from dashboard.figures.palette import Palette
from dashboard.figures.panels import Panel
from dashboard.figures.reliability_traces import counts, curves
from dashboard.figures.scale import written
from surveillance.domain.reliability import Reliability

PERCENT = [0.0, 0.25, 0.5, 0.75, 1.0]
PERCENT_WORDS = [written(value, "share") for value in PERCENT]
AIR = 0.03
EDGE = 0.2  # share of the scale at either end where a name has no room
WIDE, NARROW = 560.0, 280.0  # about how many pixels the scores from 0 to 1 have


def reliability_figure(diagram: Reliability, colours: Palette, *, narrow: bool = False) -> go.Figure:
    """Draw the newest complete window beside the baseline and the diagonal, with counts beneath."""
    (top, foot), height = panels.stack([320 if narrow else 372, 84], gap=30)
    body: dict[str, Any] = panels.layout(colours, height, False, 24) | {"hovermode": "closest"}
    body["margin"] = {**body["margin"], "t": 40, "b": 56}
    body["height"] = height - panels.HEAD - panels.FOOT + 96
    body["yaxis"] = panels.value_axis(top, colours, -AIR, 1 + AIR, PERCENT, PERCENT_WORDS)
    most = float(np.log10(max(int(diagram.now.n.max()), 10)))
    body["yaxis2"] = panels.value_axis(foot, colours, 0, most * 1.28, [], []) | {"showgrid": False}
    said = "Score, calibrated on the baseline," if diagram.calibrated else "Score the AI gave,"
    body["xaxis"] = _score_axis(top, colours, "")
    body["xaxis2"] = _score_axis(foot, colours, f"{said} and how many studies had it (log scale)")
    return go.Figure(
        {
            "data": curves(diagram, colours) + counts(diagram, colours, (NARROW if narrow else WIDE) / (1 + 2 * AIR)),
            "layout": {**body, "shapes": _lines(diagram, colours), "annotations": _words(diagram, top, colours)},
        }
    )


def reliability_alt(diagram: Reliability) -> str:
    """Return what the picture says, for those who do not see it."""
    pairs = ", ".join(
        f"{written(said, 'share')} said, {written(found, 'share')} found"
        for said, found in zip(diagram.now.mean_predicted, diagram.now.observed, strict=True)
    )
    return (
        f"Reliability diagram of weeks {diagram.first.iso} to {diagram.last.iso}: {diagram.positives:,} positives "
        f"in {diagram.studies:,} studies; {pairs}."
    )


def _score_axis(panel: Panel, colours: Palette, words: str) -> dict[str, Any]:
    last = bool(words)
    axis: dict[str, Any] = {
        "anchor": panel.axis,
        "range": [-AIR, 1 + AIR],
        "tickvals": PERCENT,
        "ticktext": PERCENT_WORDS,
        "tickfont": {"size": 12, "color": colours.secondary},
        "showticklabels": last,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "showline": last,
        "linecolor": colours.axis,
        "ticks": "outside" if last else "",
        "ticklen": 4,
        "tickcolor": colours.axis,
    }
    if last:
        axis["title"] = {
            "text": words,
            "font": {"size": 12.5, "color": colours.secondary},
        }
    return axis


def _lines(diagram: Reliability, colours: Palette) -> list[dict[str, Any]]:
    shapes: list[dict[str, Any]] = [
        {
            "type": "line",
            "x0": 0,
            "y0": 0,
            "x1": 1,
            "y1": 1,
            "line": {"color": colours.axis, "width": 1.1, "dash": "dash"},
        }
    ]
    if diagram.threshold is not None:
        shapes.append(
            {
                "type": "line",
                "x0": diagram.threshold,
                "x1": diagram.threshold,
                "y0": 0,
                "y1": 1,
                "line": {"color": colours.secondary, "width": 1.2, "dash": "dot"},
            }
        )
    return shapes


def _words(diagram: Reliability, top: Panel, colours: Palette) -> list[dict[str, Any]]:
    font = {"size": 12.5, "color": colours.secondary}
    weeks = diagram.last.number - diagram.first.number + 1
    found: list[dict[str, Any]] = [
        {
            "x": 1 + AIR,
            "y": 1 + AIR,
            "text": "perfect",
            "xanchor": "right",
            "yanchor": "bottom",
            "font": font,
            "showarrow": False,
        },
        panels.title(top, colours, f"Last {weeks} complete weeks", "") | {"yshift": 16},
    ]
    found += _baseline_words(diagram, colours)
    if diagram.threshold is not None:
        right = diagram.threshold < 0.7
        found.append(
            {
                "x": diagram.threshold,
                "y": 0.05 if diagram.threshold > 0.4 else 0.93,
                "text": "flagged from here →",
                "xanchor": "left" if right else "right",
                "xshift": 8 if right else -8,
                "yanchor": "middle",
                "font": font,
                "showarrow": False,
            }
        )
    return found


def _baseline_words(diagram: Reliability, colours: Palette) -> list[dict[str, Any]]:
    """Return the name of the grey line, where it is farthest from the blue one and on the side away from it.

    Not near an end of the scale if that can be helped: the name would run into the axis or the threshold.
    """
    base = diagram.baseline
    if base is None:
        return []
    now = np.interp(base.mean_predicted, diagram.now.mean_predicted, diagram.now.observed)
    inside = (base.mean_predicted > EDGE) & (base.mean_predicted < 1 - EDGE)
    gap = np.where(inside | ~inside.any(), np.abs(base.observed - now), -1.0)
    place = int(np.argmax(gap))
    above = bool(base.observed[place] >= now[place])
    words = {
        "x": float(base.mean_predicted[place]),
        "y": float(base.observed[place]),
        "text": "baseline",
        "xanchor": "right" if above else "left",
        "xshift": -8 if above else 8,
        "yanchor": "bottom" if above else "top",
        "font": {"size": 12.5, "color": colours.secondary},
        "showarrow": False,
    }
    return [words]
