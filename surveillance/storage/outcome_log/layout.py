"""Find the delimiter and the header row of a file, from what the profile expects to find there."""

import csv
from collections import Counter
from dataclasses import dataclass

from surveillance.errors import FileRefused

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
SEARCHED_LINES = 30
MAXIMUM_COLUMNS = 500


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header stands (the first line is 1) and what separates its fields."""

    delimiter: str
    header_row: int
    header: tuple[str, ...]


def find_layout(
    lines: list[str], needed: frozenset[str], delimiter: str | None, header_row: int | None, header_lines: int = 1
) -> Layout:
    """Return the one layout under which a line, or two lines together, name every needed column.

    Parameters
    ----------
    lines : the first lines of the file
    needed : column names of the file that the profile reads and that must be there
    delimiter, header_row : what the profile declares, or None to look
    header_lines : 2 where a column's name stands on two lines, one under the other; such a file is also read
        where the names stand on one line already, as in the held rows that went back to be corrected

    Raises
    ------
    FileRefused
        If no line, or more than one reading, fits; if a name stands twice; if there are too many columns.

    Examples
    --------
    >>> find_layout(["Report of May", "Study;Flag"], frozenset({"Study", "Flag"}), None, None)
    Layout(delimiter=';', header_row=2, header=('Study', 'Flag'))
    """
    rows = range(1, min(len(lines), SEARCHED_LINES) + 1) if header_row is None else (header_row,)
    if header_row is not None and header_row > len(lines):
        raise FileRefused(f"The profile says the header is on line {header_row}, but the file has {len(lines)} lines.")
    readings = [
        Layout(mark, row + height - 1, fields)
        for height in sorted({header_lines, 1}, reverse=True)
        for row in rows
        if row + height - 1 <= len(lines)
        for mark in (DELIMITERS if delimiter is None else (delimiter,))
        for fields in (header_fields(lines[row - 1 : row + height - 1], mark, row),)
    ]
    fitting = [reading for reading in readings if needed <= set(reading.header)]
    if not fitting:
        best = max(readings, key=lambda reading: len(needed & set(reading.header)))
        missing = ", ".join(f"'{name}'" for name in sorted(needed - set(best.header)))
        found = ", ".join(f"'{name[:60]}'" for name in best.header[:40])
        raise FileRefused(
            f"Line {best.header_row}, the header, does not name the column(s) {missing} that the profile "
            f"reads. Found: {found}. Correct the profile, or export the file again."
        )
    if len({reading.delimiter for reading in fitting}) > 1:
        raise FileRefused("More than one delimiter fits the header. Declare the delimiter in the profile.")
    chosen = fitting[0]
    if doubled := doubled_name(chosen.header):
        raise FileRefused(f"Line {chosen.header_row}, the header, {doubled}")
    return chosen


def doubled_name(header: tuple[str, ...]) -> str:
    """Return which name stands more than once in a header, where, and what to do; "" where none does.

    Examples
    --------
    >>> doubled_name(("Study", "Score", "Flag", "Score")).split(", so")[0]
    "names column 'Score' twice, as columns 2 and 4 from the left"
    """
    name = next((name for name, count in Counter(one for one in header if one).items() if count > 1), "")
    if not name:
        return ""
    *first, last = (str(place) for place, one in enumerate(header, 1) if one == name)
    often = "twice" if len(first) == 1 else f"{len(first) + 1} times"
    return (
        f"names column '{name[:60]}' {often}, as columns {', '.join(first)} and {last} from the left, so it is in doubt"
        " which one is meant. Rename or remove one of them and load the file again."
    )


def header_fields(lines: list[str], delimiter: str, row: int) -> tuple[str, ...]:
    """Return the column names of a possible header that starts on line `row`: one line, or two joined.

    A name of the first line reaches over the blanks to its right, as a merged cell of a spreadsheet does.

    Examples
    --------
    >>> header_fields(["Study,,AI,", "No,Date,Score,Flag"], ",", 1)
    ('Study / No', 'Study / Date', 'AI / Score', 'AI / Flag')
    """
    above, *below = [_fields(line, delimiter, row) for line in lines]
    if not below:
        return above
    names, group = [], ""
    for place in range(max(len(above), len(below[0]))):
        group = (above[place] if place < len(above) else "") or group
        name = below[0][place] if place < len(below[0]) else ""
        names.append(" / ".join(part for part in (group, name) if part))
    return tuple(names)


def _fields(line: str, delimiter: str, row: int) -> tuple[str, ...]:
    """Return the trimmed fields of a possible header line."""
    if line.count(delimiter) >= MAXIMUM_COLUMNS:
        raise FileRefused(
            f"Line {row} has more than {MAXIMUM_COLUMNS} columns. Export only the columns that the profile reads."
        )
    try:
        return tuple(name.strip() for name in next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return ()
