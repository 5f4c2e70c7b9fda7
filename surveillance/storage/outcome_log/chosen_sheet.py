"""The one table of a file whose header fits the profile."""

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.column_forms import ColumnForms
from surveillance.storage.outcome_log.column_names import NUMBERS
from surveillance.storage.outcome_log.layout import Layout, find_layout
from surveillance.storage.outcome_log.profile import Profile
from surveillance.storage.outcome_log.sheet import Sheet, naming


def choose_sheet(sheets: tuple[Sheet, ...], profile: Profile) -> tuple[Sheet, Layout]:
    """Return the one sheet in which a header names the profile's columns, and its layout.

    Raises
    ------
    FileRefused
        If none does, or more than one: the sheets are named.
    """
    fitting: list[tuple[Sheet, Layout]] = []
    refusals: list[FileRefused] = []
    for sheet in sheets:
        try:
            with naming(sheet.name):
                layout = find_layout(
                    list(sheet.lines),
                    profile.needs,
                    sheet.delimiter or profile.delimiter,
                    profile.header_row,
                    profile.header_lines,
                )
        except FileRefused as refused:
            refusals.append(refused)
        else:
            fitting.append((sheet, layout))
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(f"'{sheet.name[:60]}'" for sheet, _ in fitting)
    if fitting:
        raise FileRefused(
            f"Sheets {names} all name the columns that the profile reads, so it is in doubt which one is meant. "
            "Save the right one as a workbook of its own, or as CSV, and load that."
        )
    if len(sheets) == 1:
        raise refusals[0]
    nearest = max(refusals, key=lambda refused: -str(refused).count("'"))
    every = ", ".join(f"'{sheet.name[:60]}'" for sheet in sheets[:40])
    raise FileRefused(f"None of the sheets {every} names the columns that the profile reads. {nearest}")


def column_forms(profile: Profile) -> ColumnForms:
    """Return which of the file's columns the profile reads as numbers, and which as what identifies a study."""
    columns = [item for part in profile.parts for item in part.columns.items()]
    numbers = frozenset(theirs for ours, theirs in columns if ours in NUMBERS or ours in profile.bands)
    named = [theirs for ours, theirs in columns if ours in ("case_id", "patient")]
    identifiers = frozenset(part for theirs in named for part in profile.joined.get(theirs, (theirs,)))
    return ColumnForms(numbers if profile.decimal == "," else frozenset(), numbers, identifiers)
