"""Where the names of events stand above a panel, so that no two ever meet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Literal

CHARACTER = 6.6  # pixels of a letter
LONGEST = 20  # letters of a name; the hover has the whole of it
ROWS, ROW = 2, 16  # rows of names under the panel's title, and the pixels of one
AIR, SHIFT = 10.0, 4
LEFT = -40.0  # names may run over the value axis

Anchor = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Placed:
    """An event's pixel on the axis and its words; `logged` by a person, so its name goes before the plan's own."""

    place: float
    words: str
    logged: bool = False


@dataclass(frozen=True, slots=True)
class EventName:
    """A name, the pixel it is anchored at and on which of its own sides, and its row from the panel up.

    `beside` its line stands one that shares its place with another.
    """

    text: str
    place: float
    anchor: Anchor
    beside: bool = False
    row: int = 0

    @property
    def letters(self) -> int:
        """Return how many letters are drawn, whatever they are written as."""
        return len(unescape(self.text))

    @property
    def span(self) -> tuple[float, float]:
        """Return the pixels that the name covers."""
        width = CHARACTER * self.letters
        if self.anchor == "center":
            return self.place - width / 2, self.place + width / 2
        if self.anchor == "right":
            return self.place - width - SHIFT, self.place
        return self.place, self.place + width + SHIFT


def event_names(events: Sequence[Placed], pixels: float) -> list[EventName]:
    """Return the names of events, ascending by place, on an axis of so many pixels.

    Each stands over its line in the first of two rows that has room for it. Where neither has, it goes to the row that
    ends first, and what would meet there is joined: two stand on either side of their lines, of more one stands over
    its own line and says how many others there are.
    """
    rows: list[list[list[Placed]]] = [[] for _ in range(ROWS)]
    for event in events:
        alone = _named([event], pixels)
        ends = [_end(row, pixels) for row in rows]
        room = [place for place, end in enumerate(ends) if end + AIR <= alone[0].span[0]]
        rows[room[0] if room else ends.index(min(ends))].append([event])
    return [replace(name, row=place) for place, row in enumerate(rows) for name in _settled(row, pixels)]


def _end(row: list[list[Placed]], pixels: float) -> float:
    return max((name.span[1] for name in _settled(row, pixels)), default=float("-inf"))


def _settled(groups: list[list[Placed]], pixels: float) -> list[EventName]:
    """Join groups that would meet until none does."""
    joined = list(groups)
    while True:
        named = [_named(group, pixels) for group in joined]
        meeting = next((place for place in range(len(named) - 1) if _meet(named[place], named[place + 1])), None)
        if meeting is None:
            return [name for group in named for name in group]
        joined[meeting : meeting + 2] = [joined[meeting] + joined[meeting + 1]]


def _meet(before: list[EventName], after: list[EventName]) -> bool:
    return max(one.span[1] for one in before) + AIR > min(one.span[0] for one in after)


def _named(group: list[Placed], pixels: float) -> list[EventName]:
    first, last = group[0], group[-1]
    if len(group) == 2:
        both = [
            EventName(_short(first.words), first.place, "right", beside=True),
            EventName(_short(last.words), last.place, "left", beside=True),
        ]
        if both[0].span[0] >= LEFT and both[1].span[1] <= pixels:
            return both
    shown = next((one for one in group if one.logged), first)
    more = f" + {len(group) - 1}" if len(group) > 1 else ""
    name = EventName(f"{_short(shown.words)}{more}", shown.place, "center")
    half = CHARACTER * name.letters / 2
    return [replace(name, place=min(max(name.place, LEFT + half), pixels - half))]


def _short(words: str) -> str:
    text = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
    return escape(text, quote=False)
