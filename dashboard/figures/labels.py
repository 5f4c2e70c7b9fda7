"""Direct labels: words at the right edge of a panel, kept apart where they would meet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

LINE_HEIGHT = 16.0
FOOT_ROOM = 10.0  # how far a label may hang below its panel
NO_BREAK = "\u202f"
SPACED = re.compile(r"[ \xa0\u202f]?%")


@dataclass(frozen=True, slots=True)
class Label:
    """Words that name a line where it ends; `at` is its value, `lines` are one or two short lines."""

    at: float
    lines: tuple[str, ...]
    colour: str

    @property
    def height(self) -> float:
        """Return the room the words need, in pixels."""
        return LINE_HEIGHT * len(self.lines) + 2


def split(words: str) -> tuple[str, ...]:
    """Return the lines of a label, with Markdown's bold as the figures write it.

    >>> split("**stop-use 6.6**, passed week 42|1 false in 30 years".replace("|", chr(10)))
    ('<b>stop-use 6.6</b>, passed week 42', '1 false in 30 years')
    """
    parts = []
    for line in SPACED.sub(f"{NO_BREAK}%", words).splitlines():
        pieces = line.replace("<", "&lt;").split("**")
        parts.append("".join(f"<b>{piece}</b>" if place % 2 else piece for place, piece in enumerate(pieces)))
    return tuple(parts)


def apart(heights: Sequence[float], wanted: Sequence[float], top: float) -> list[float]:
    """Return centres in pixels from the panel's foot, near the wanted ones, so that no two labels touch.

    Each label is moved as little as a pass up and a pass down allow; the order of the wanted places is kept.

    >>> apart([16, 16], [50, 52], 100)
    [43.0, 59.0]
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    centres = [float(value) for value in wanted]
    for _ in range(40):
        moved = False
        for below, above in pairwise(order):
            short = (heights[below] + heights[above]) / 2 - (centres[above] - centres[below])
            if short > 0.01:
                centres[below] -= short / 2
                centres[above] += short / 2
                moved = True
        for place in order:
            kept = min(max(centres[place], heights[place] / 2 - FOOT_ROOM), max(top, heights[place] / 2))
            moved = moved or abs(kept - centres[place]) > 0.01
            centres[place] = kept
        if not moved:
            break
    return [round(centre, 1) for centre in centres]


def right_labels(
    labels: Sequence[Label], low: float, high: float, foot: float, head: float, pixels: float
) -> list[dict[str, Any]]:
    """Return annotations at the right edge of a panel whose axis runs from `low` to `high`.

    `foot` and `head` are the panel's place in the figure (0 to 1), `pixels` the panel's height.
    """
    span = (high - low) or 1.0
    wanted = [min(max((label.at - low) / span, 0.0), 1.0) * pixels for label in labels]
    centres = apart([label.height for label in labels], wanted, pixels)
    return [
        {
            "xref": "paper",
            "yref": "paper",
            "x": 1.012,
            "y": foot + (head - foot) * centre / pixels,
            "text": "<br>".join(label.lines),
            "font": {"color": label.colour, "size": 12.5},
            "xanchor": "left",
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
        }
        for label, centre in zip(labels, centres, strict=True)
    ]
