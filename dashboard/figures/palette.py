"""The only colours of the figures: one set for the light theme, one for the dark."""

from dataclasses import dataclass
from typing import Literal

ThemeName = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they mean; text colours keep 4.5 : 1, marks and lines 3 : 1 on the page.

    Attributes
    ----------
    page, panel : the page and hover-box backgrounds
    text, secondary : words; facts, ticks and labels of the plan
    line : the data and their labels
    alarm, alarm_text : the alarm limit and concern marks; their words
    stop, stop_text : the stop-use limit and its mark, and nothing else; its words
    event : dated events and `watch`
    baseline : the accepted reference period, and common-cause marks
    grid, axis : horizontal grid; axis line and ticks
    band : opacity of an interval band
    """

    page: str
    panel: str
    text: str
    secondary: str
    line: str
    alarm: str
    alarm_text: str
    stop: str
    stop_text: str
    event: str
    baseline: str
    grid: str
    axis: str
    band: float


LIGHT = Palette(
    page="#FFFFFF",
    panel="#F0F4F5",
    text="#212B32",
    secondary="#4C6272",
    line="#005EB8",
    alarm="#C96500",
    alarm_text="#9A4500",
    stop="#A3180D",
    stop_text="#A3180D",
    event="#490092",
    baseline="#768692",
    grid="#E4E9EC",
    axis="#AEB7BD",
    band=0.13,
)
DARK = Palette(
    page="#12181C",
    panel="#1C252B",
    text="#E8EDEE",
    secondary="#A9B8C2",
    line="#8CC6FF",
    alarm="#FFB05C",
    alarm_text="#FFB05C",
    stop="#FF8A80",
    stop_text="#FFA79F",
    event="#B07CF5",
    baseline="#A9B8C2",
    grid="#26323A",
    axis="#4A5963",
    band=0.16,
)
BRAND = "#3D8BDB"  # the sign at the top left, on either page


def palette(theme: str | None) -> Palette:
    """Return the colours of a theme; anything but "dark" is light.

    >>> palette("dark").page, palette(None).page
    ('#12181C', '#FFFFFF')
    """
    return DARK if theme == "dark" else LIGHT


def faded(colour: str, opacity: float) -> str:
    """Return a colour let through by an opacity between 0 and 1, as figures write it.

    >>> faded("#005EB8", 0.13)
    'rgba(0,94,184,0.13)'
    """
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"
