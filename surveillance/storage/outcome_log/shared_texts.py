"""The texts that the cells of a workbook share."""

import re

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.workbook_xml import walk
from surveillance.storage.outcome_log.worksheet_count import refuse_many
from surveillance.storage.outcome_log.zip_parts import ZipParts

MOST_CHARACTERS = 100_000_000


def shared_texts(parts: ZipParts, name: str) -> list[str]:
    """Return the texts that cells share; phonetic hints beside them are no part of them."""
    texts: list[str] = []
    pieces: list[str] = []
    inside = [False, False]  # in a text, in a phonetic hint
    size = [0]

    def start(tag: str, _: dict[str, str]) -> None:
        """Note where a text begins."""
        if tag == "t":
            inside[0] = True
        elif tag == "rPh":
            inside[1] = True
        elif tag == "si":
            pieces.clear()

    def end(tag: str) -> None:
        """Note where a text ends."""
        if tag == "t":
            inside[0] = False
        elif tag == "rPh":
            inside[1] = False
        elif tag == "si":
            texts.append(unescaped("".join(pieces)))

    def text(said: str) -> None:
        """Collect a text."""
        size[0] += len(said)
        if size[0] > MOST_CHARACTERS:
            raise FileRefused(
                f"The workbook shares more than {MOST_CHARACTERS // 1_000_000} MB of text. Save the sheet as CSV."
            )
        if inside[0] and not inside[1]:
            pieces.append(said)

    refuse_many(parts.pieces(name))
    walk(parts.pieces(name), start, end, text)
    return texts


def unescaped(text: str) -> str:
    """Return a text in which characters that XML cannot hold are themselves again.

    Examples
    --------
    >>> unescaped("a_x0009_b"), unescaped("_x005F_x0009_")
    ('a\\tb', '_x0009_')
    """
    if "_x" not in text:
        return text
    return re.sub(
        r"_x([0-9A-Fa-f]{4})_", lambda m: c if (c := chr(int(m[1], 16))).isprintable() or c.isspace() else m[0], text
    )
