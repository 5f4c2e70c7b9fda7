"""The header of an export that becomes pseudonyms: the likeliest one that has every column that was named."""

from dataclasses import dataclass

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.containers import Kind, open_container
from surveillance.storage.outcome_log.guessing.field_names import named_like
from surveillance.storage.outcome_log.guessing.sample import NO_HEADER, open_file
from surveillance.storage.outcome_log.layout import Layout, find_layout
from surveillance.storage.outcome_log.sheet import Sheet


@dataclass(frozen=True, slots=True)
class FoundHeader:
    """A header, the line it begins on, its table, and an encoding that the file itself does not tell."""

    layout: Layout
    first_row: int
    sheet: Sheet
    kind: Kind
    declared: str | None


def find_header(data: bytes, file_name: str, named: tuple[str, ...]) -> FoundHeader:
    """Return the header of a file; of a text its first lines are enough.

    Raises
    ------
    FileRefused
        If it cannot be opened, no line looks like a header, or none has the columns that were named.
    """
    try:
        opened = open_file(data, file_name)
    except FileRefused as refused:
        if str(refused) != NO_HEADER or not named:
            raise
        container = open_container(data, file_name)
        return _by_names(container.sheets, container.kind, named, None)
    container = opened.container
    fitting = [guess for guess in opened.guesses if set(named) <= set(guess.header)]
    if not fitting:
        try:
            return _by_names(container.sheets, container.kind, named, opened.declared)
        except FileRefused as refused:
            header = opened.guesses[0].header
            absent = next((name for name in named if name not in header), named[0])
            raise FileRefused(
                f"There is no column '{absent[:60]}' in this file. It has: {', '.join(name[:60] for name in header)}."
            ) from refused
    # Rows whose texts run over lines look like lines of another width: a name of the study's number tells more.
    guess = max(fitting, key=lambda one: any(named_like(name, "case_id") for name in one.header))
    layout = Layout(guess.delimiter, guess.last_row, guess.header)
    return FoundHeader(layout, guess.first_row, opened.sheet(guess), container.kind, opened.declared)


def _by_names(sheets: tuple[Sheet, ...], kind: Kind, named: tuple[str, ...], declared: str | None) -> FoundHeader:
    """Return the header that has the columns that were named, of the first table that has one."""
    refusals = []
    for sheet in sheets:
        try:
            layout = find_layout(list(sheet.lines), frozenset(named), sheet.delimiter, None)
        except FileRefused as refused:
            refusals.append(refused)
        else:
            return FoundHeader(layout, layout.header_row, sheet, kind, declared)
    raise refusals[0]
