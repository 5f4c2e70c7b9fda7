"""How the number cells of a workbook are shown: as numbers, or as days, moments, times of day."""

import re
from typing import Literal

from surveillance.storage.outcome_log.number_formats import NumberForm, number_form
from surveillance.storage.outcome_log.workbook_xml import walk_small
from surveillance.storage.outcome_log.zip_parts import ZipParts

Shown = Literal["number", "day", "moment", "clock", "span"]
BUILT_IN: dict[int, Shown] = {
    **dict.fromkeys((14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "day"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), "clock"),
    22: "moment",
    46: "span",
}
NUMBERS_BUILT_IN = {2: "0.00", 9: "0 %", 10: "0.00 %"}  # the others show nothing but the digits, grouped
QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def cell_styles(parts: ZipParts, name: str) -> tuple[Shown | NumberForm, ...]:
    """Return how a number cell of each style is shown."""
    custom: dict[int, Shown | NumberForm] = {
        number: number_form(code) or "number" for number, code in NUMBERS_BUILT_IN.items()
    }
    styles: list[Shown | NumberForm] = []
    inside = [False]

    def start(tag: str, marks: dict[str, str]) -> None:
        """Note a number format, or a style that uses one."""
        if tag == "numFmt":
            code = marks.get("formatCode", "")
            shown = shown_as(code)
            custom[_whole(marks.get("numFmtId", ""))] = (number_form(code) if shown == "number" else None) or shown
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            number = _whole(marks.get("numFmtId", "0"))
            styles.append(custom.get(number, BUILT_IN.get(number, "number")))

    def end(tag: str) -> None:
        """Note where the styles of cells end."""
        if tag == "cellXfs":
            inside[0] = False

    walk_small(parts, name, start, end)
    return tuple(styles)


def shown_as(code: str) -> Shown:
    """Return what a number format shows.

    Examples
    --------
    >>> [shown_as(c) for c in ("0.00", "dd/mm/yyyy", "yyyy-mm-dd hh:mm", "h:mm AM/PM", "[h]:mm", '0 "days"', "[Red]0")]
    ['number', 'day', 'moment', 'clock', 'span', 'number', 'number']
    """
    plain = QUIET.sub("", code.split(";")[0]).lower()
    if plain.strip() == "general":
        return "number"
    if "[" in plain:
        return "span"
    plain = plain.replace("am/pm", "h").replace("a/p", "h")
    day, clock = bool(re.search(r"[dy]", plain)), bool(re.search(r"[hs]", plain))
    if day or (not clock and "m" in plain):
        return "moment" if clock else "day"
    return "clock" if clock else "number"


def _whole(text: str) -> int:
    """Return a whole number, -1 where there is none."""
    return int(text) if text.isascii() and text.isdigit() else -1
