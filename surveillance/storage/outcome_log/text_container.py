"""Open a delimited text file."""

from surveillance.errors import FileRefused
from surveillance.storage.outcome_log.column_forms import ColumnForms
from surveillance.storage.outcome_log.decoding import decode
from surveillance.storage.outcome_log.field_limits import MAXIMUM_LINE, refuse_unquoted_commas
from surveillance.storage.outcome_log.layout import SEARCHED_LINES, Layout
from surveillance.storage.outcome_log.sheet import Sheet
from surveillance.storage.outcome_log.strict_reader import read_table
from surveillance.storage.outcome_log.text_table import TextTable


def open_text(data: bytes, declared: str | None) -> tuple[Sheet, str]:
    """Return the one table of a text file, and the encoding it was read in."""
    text, encoding = decode(data, declared)
    head = text[: text_head(text)].decode("utf-8", errors="replace").removeprefix("\ufeff")
    lines = tuple(line.removesuffix("\r") for line in head.split("\n"))

    def table(layout: Layout, wanted: tuple[str, ...], forms: ColumnForms) -> TextTable:
        """Read the text as it stands."""
        found = read_table(text, layout, wanted)
        refuse_unquoted_commas(text, layout, "," if forms.commas else None)
        return found

    return Sheet("", lines, None, table), encoding


def text_head(text: bytes) -> int:
    """Return where the lines end in which a header is looked for, refusing one that no export has."""
    end = -1
    for line in range(1, SEARCHED_LINES + 1):
        found = text.find(b"\n", end + 1)
        stop = len(text) if found < 0 else found
        if stop - end > MAXIMUM_LINE:
            raise FileRefused(f"Line {line} is longer than {MAXIMUM_LINE:,} characters. Export the file again as CSV.")
        end = stop
        if found < 0:
            break
    return end
