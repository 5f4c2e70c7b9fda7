"""The traces of a reliability diagram: band, baseline, newest window with its intervals, and counts."""

from typing import Any

import numpy as np

from dashboard.figures.palette import Palette, faded
from dashboard.figures.scale import ranged, written
from surveillance.domain.reliability import Reliability

CHARACTER, GAP = 6.2, 3.0  # pixels: the width of a digit, and the room between two numbers


def curves(diagram: Reliability, colours: Palette) -> list[dict[str, Any]]:
    """Return the band of the newest window's ranges, the baseline in thin grey, and the newest window.

    Dots are bins; the line through the newest window is the smooth curve, or joins the dots where there is none.
    """
    found = _band(diagram, colours)
    if diagram.baseline is not None:
        base = diagram.baseline
        found.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": base.mean_predicted.tolist(),
                "y": base.observed.tolist(),
                "line": {"color": colours.baseline, "width": 2},
                "hoverinfo": "skip",
            }
        )
    if diagram.smooth is not None:
        found.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": list(diagram.smooth.said),
                "y": list(diagram.smooth.found),
                "line": {"color": colours.line, "width": 2.25},
                "hoverinfo": "skip",
            }
        )
    return [*found, _dots(diagram, colours)]


def _band(diagram: Reliability, colours: Palette) -> list[dict[str, Any]]:
    now = diagram.now
    edge = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    said = now.mean_predicted.tolist()
    return [
        {**edge, "x": said, "y": now.low.tolist()},
        {
            **edge,
            "x": said,
            "y": now.high.tolist(),
            "fill": "tonexty",
            "fillcolor": faded(colours.line, colours.band),
        },
    ]


def _dots(diagram: Reliability, colours: Palette) -> dict[str, Any]:
    now, joined = diagram.now, diagram.smooth is None
    return {
        "type": "scatter",
        "mode": "lines+markers" if joined else "markers",
        "name": "bins",
        "x": now.mean_predicted.tolist(),
        "y": now.observed.tolist(),
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": (now.high - now.observed).tolist(),
            "arrayminus": (now.observed - now.low).tolist(),
            "color": colours.line,
            "thickness": 1.4,
            "width": 0,
        },
        "line": {"color": colours.line, "width": 2.25},
        "marker": {"size": 8, "color": colours.line},
        "cliponaxis": False,
        "customdata": [
            f"Where the AI said {written(said, 'share')}, <b>{written(share, 'share')}</b> had it"
            f" ({ranged(low, high, 'share')}) · {k:,} of {n:,}"
            for said, share, low, high, k, n in zip(
                now.mean_predicted, now.observed, now.low, now.high, now.positives, now.n, strict=True
            )
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def counts(diagram: Reliability, colours: Palette, pixels: float) -> list[dict[str, Any]]:
    """Return bars on a log scale, with numbers where there is room; scores 0 to 1 span so many `pixels`."""
    now = diagram.now
    return [
        {
            "type": "bar",
            "x": now.mean_predicted.tolist(),
            "y": np.log10(np.maximum(now.n, 1)).tolist(),
            "width": 0.014,
            "marker": {"color": colours.baseline, "line": {"width": 0}},
            "hovertemplate": "%{customdata:,} studies<extra></extra>",
            "customdata": now.n.tolist(),
            "text": _numbers(diagram, pixels),
            "textposition": "outside",
            "constraintext": "none",
            "textangle": 0,
            "textfont": {"size": 12, "color": colours.secondary},
            "cliponaxis": False,
            "xaxis": "x2",
            "yaxis": "y2",
        }
    ]


def _numbers(diagram: Reliability, pixels: float) -> list[str]:
    """Return the count over each bar, left out where it would run into the one before."""
    words, free = [], -float("inf")
    for said, n in zip(diagram.now.mean_predicted, diagram.now.n, strict=True):
        number = f"{n:,}"
        half = CHARACTER * len(number) / 2
        fits = said * pixels - half >= free
        words.append(number if fits else "")
        free = said * pixels + half + GAP if fits else free
    return words
