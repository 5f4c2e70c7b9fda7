"""What a workbook says of itself: its sheets, its shared texts, how its number cells are shown."""

import posixpath
from dataclasses import dataclass

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.number_formats import NumberForm
from surveillance.storage.outcome_log.shared_texts import shared_texts
from surveillance.storage.outcome_log.workbook_styles import Shown, cell_styles
from surveillance.storage.outcome_log.workbook_xml import walk_small
from surveillance.storage.outcome_log.zip_parts import DAMAGED, ZipParts


@dataclass(frozen=True, slots=True)
class WorkbookIndex:
    """Sheets as (name, part) in order, texts by number, styles by number, and where day numbers begin."""

    sheets: tuple[tuple[str, str], ...]
    texts: list[str]
    shown: tuple[Shown | NumberForm, ...]
    since_1904: bool


def read_index(parts: ZipParts) -> WorkbookIndex:
    """Read what every sheet of a workbook needs.

    Raises
    ------
    FileRefused
        If the archive holds no workbook, or its parts contradict each other.
    """
    targets: dict[str, tuple[str, str]] = {}
    named: list[tuple[str, str]] = []
    epoch = [False]

    def relation(tag: str, marks: dict[str, str]) -> None:
        """Note where a part stands, and what it is."""
        if tag == "Relationship" and marks.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/xl", marks.get("Target", ""))).lstrip("/")
            targets[marks.get("Id", "")] = (marks.get("Type", "").rpartition("/")[2], path)

    def about(tag: str, marks: dict[str, str]) -> None:
        """Note a sheet, or the first day."""
        if tag == "workbookPr":
            epoch[0] = marks.get("date1904", "0").lower() in ("1", "true")
        if tag == "sheet":
            place = next((value for key, value in marks.items() if key.endswith(":id")), "")
            named.append((marks.get("name", ""), place))

    walk_small(parts, "xl/_rels/workbook.xml.rels", relation)
    walk_small(parts, "xl/workbook.xml", about)
    known = dict(targets.values())
    sheets = tuple((name, targets[place][1]) for name, place in named if targets.get(place, ("",))[0] == "worksheet")
    if not sheets:
        raise FileRefused(DAMAGED.format("it has no worksheet"))
    texts = shared_texts(parts, known["sharedStrings"]) if "sharedStrings" in known else []
    shown = cell_styles(parts, known["styles"]) if "styles" in known else ()
    return WorkbookIndex(sheets, texts, shown, epoch[0])
