"""How methods did where the answer was known: the figures that the simulations measured."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

Row = Mapping[str, str]
MEASURED = files("surveillance.services.measured")


@dataclass(frozen=True, slots=True)
class MeasuredTable:
    """One table of a method's measured figures, ready to be read.

    Attributes
    ----------
    heading : str
    sentences : tuple of str
        What a reader must know before the table: where an interval holds the truth less often than it says.
    caption : str
        What is the same in every row.
    columns : tuple of str
    rows : tuple of tuple of str
    """

    heading: str
    sentences: tuple[str, ...]
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One file of measured figures: which column names the method, and how each column is headed and written."""

    file: str
    key: str
    heading: str
    columns: Mapping[str, tuple[str, Callable[[str], str]]]
    described: tuple[str, ...]
    sentences: Callable[[Sequence[Row]], tuple[str, ...]] | None = None


def measured_tables(name: str, folder: Traversable = MEASURED) -> tuple[MeasuredTable, ...]:
    """Return the tables in which a metric, chart or test is named; none where it was not measured yet."""
    found = ((kind, [row for row in _rows(folder, kind) if row[kind.key] == name]) for kind in KINDS)
    return tuple(_table(kind, rows) for kind, rows in found if rows)


def _rows(folder: Traversable, kind: Kind) -> list[Row]:
    """Read one file; a missing one has no rows, one with other columns is a fault of the installation."""
    path = folder / kind.file
    if not path.is_file():
        return []
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    if reader.fieldnames != [kind.key, *kind.columns]:
        raise ValueError(f"{kind.file} needs the columns {', '.join((kind.key, *kind.columns))}")
    return list(reader)


def _table(kind: Kind, rows: Sequence[Row]) -> MeasuredTable:
    """Write the rows out; a column that describes them and is the same in all of them goes into the caption."""
    same = {name for name in kind.described if len({row[name] for row in rows}) == 1}
    shown = {name: column for name, column in kind.columns.items() if name not in same}
    caption = " · ".join(
        f"{head}: {write(rows[0][name])}"
        for name, (head, write) in kind.columns.items()
        if name in same and rows[0][name]
    )
    written = tuple(tuple(write(row[name]) for name, (_, write) in shown.items()) for row in rows)
    sentences = kind.sentences(rows) if kind.sentences else ()
    return MeasuredTable(kind.heading, sentences, caption, tuple(head for head, _ in shown.values()), written)


def share(text: str) -> str:
    """Write a share as a percentage.

    >>> share("0.951"), share("")
    ('95.1 %', '–')
    """
    return f"{100.0 * float(text):.1f} %" if text else "–"


def two_decimals(text: str) -> str:
    """Write a number that is compared with 2 or 4.

    >>> two_decimals("-1"), two_decimals("")
    ('-1.00', '–')
    """
    return f"{float(text):.2f}" if text else "–"


def number(text: str) -> str:
    """Write a number with the digits that are worth reading; words stay as they are.

    >>> number("1043.61"), number("62.84"), number("0.1357"), number("median"), number("")
    ('1,044', '62.8', '0.136', 'median', '–')
    """
    try:
        value = float(text)
    except ValueError:
        return text or "–"
    if value == int(value):
        return f"{int(value):,}"
    size = abs(value)
    return f"{value:,.{0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3}f}"


def shortfalls(rows: Sequence[Row]) -> tuple[str, ...]:
    """Say for each number of positives where the interval holds the truth less often than it claims.

    >>> row = {"positives": "5", "nominal": "0.95", "coverage": "0.902", "judgement": "undercovers"}
    >>> shortfalls([row])
    ('With 5 positives this interval holds the truth in 90 of 100 cases, not 95.',)
    """
    short: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        if "under" in row["judgement"].casefold():
            short.setdefault((row["positives"], row["nominal"]), []).append(100.0 * float(row["coverage"]))
    fewest_first = sorted(short.items(), key=lambda cell: float(cell[0][0] or 0))
    return tuple(_shortfall(positives, 100.0 * float(nominal), held) for (positives, nominal), held in fewest_first)


def _shortfall(positives: str, nominal: float, held: Sequence[float]) -> str:
    digits = 0 if round(max(held)) < round(nominal, 1) else 1
    lowest, highest = f"{min(held):.{digits}f}", f"{max(held):.{digits}f}"
    span = lowest if lowest == highest else f"{lowest} to {highest}"
    opening = f"With {positives} positives this" if positives else "This"
    which = "" if span == lowest else ", depending on the cases simulated"
    return f"{opening} interval holds the truth in {span} of 100 cases, not {nominal:g}{which}."


KINDS = (
    Kind(
        "coverage.csv",
        "metric",
        "How often the interval holds the truth",
        {
            "method": ("Interval", number),
            "setting": ("Simulated cases", number),
            "positives": ("Positives", number),
            "prevalence": ("Prevalence", share),
            "nominal": ("Says", share),
            "coverage": ("Holds, measured", share),
            "standard_error": ("Error of the measurement", share),
            "runs": ("Runs", number),
            "judgement": ("Judgement", number),
        },
        ("method", "setting", "positives", "prevalence", "runs"),
        shortfalls,
    ),
    Kind(
        "run_lengths.csv",
        "chart",
        "How long the chart runs, computed and simulated",
        {
            "design": ("Design", number),
            "quantity": ("Quantity", number),
            "computed": ("Computed", number),
            "simulated": ("Simulated", number),
            "standard_error": ("Error of the simulation", number),
            "z": ("Difference in errors (z)", two_decimals),
        },
        ("design",),
    ),
    Kind(
        "test_sizes.csv",
        "test",
        "How often the test calls a difference where there is none",
        {
            "setting": ("Simulated cases", number),
            "n": ("n", number),
            "nominal": ("Says", share),
            "measured": ("Measured", share),
            "standard_error": ("Error of the measurement", share),
            "runs": ("Runs", number),
        },
        ("setting", "n", "runs"),
    ),
)
