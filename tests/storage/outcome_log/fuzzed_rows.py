"""Rows of a made-up export with what each cell means, and the dialect in which they are to be written.

The expectation is made here, before anything is written: it never comes from the reader under test.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
LONDON = ZoneInfo("Europe/London")
CONTAINERS = ("csv", "csv", "csv", "csv.gz", "xlsx", "parquet", "xlsx.gz", "parquet.gz")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
DELIMITERS = (",", ";", "\t", "|")
SLASHED = ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%d.%m.%Y %H:%M:%S")
DATE_FORMS = ("iso", "iso offset", "excel", *SLASHED)
SCANNERS = (
    "CT1",
    "Salle é",
    "Raum „2“",
    'the "old" one',
    "a;b",
    "a,b",
    "a|b",
    "007",
    "1E5",
    "x" * 40,
    "",
    "Zürich à 3",
)
FAULTS = ("bad date", "no date", "score above", "score word", "score endless", "flag", "no id", "no version",
          "extra cell", "invisible", "error", "undated truth")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written, and which of it the profile declares."""

    container: str
    encoding: str
    delimiter: str
    decimal: str
    dates: str
    quoted: bool
    line_end: str
    per_cent: bool
    titles: int
    declared: frozenset[str]

    @property
    def is_text(self) -> bool:
        """Return whether the table is written as text."""
        return self.container.startswith("csv")


@dataclass(slots=True)
class Row:
    """One row: its cells as Python values, what an accepted row must hold, and the fault put into it, if any.

    `line` is set by the writer. `touched` says that bytes of it were changed afterwards: nobody knows what it says.
    """

    cells: dict[str, object]
    meant: dict[str, object]
    fault: str = ""
    line: int = 0
    touched: bool = False


@dataclass(slots=True)
class Sheet:
    """A table to write: its columns in order, its rows, blank lines after some rows, a total at the end."""

    columns: list[str]
    rows: list[Row]
    blank_after: set[int] = field(default_factory=set)
    total: bool = False


def make_dialect(rng: random.Random) -> Dialect:
    """Draw a dialect in which the cells can be told apart."""
    delimiter = rng.choice(DELIMITERS)
    decimal = rng.choice((".", ","))
    return Dialect(
        container=rng.choice(CONTAINERS),
        encoding=rng.choice(ENCODINGS),
        delimiter=delimiter,
        decimal=decimal,
        dates=rng.choice(DATE_FORMS),
        quoted=rng.random() < 0.3,
        line_end=rng.choice(("\n", "\r\n", "\r\n", "\r")),
        per_cent=rng.random() < 0.4,
        titles=rng.choice((0, 0, 1, 2)),
        declared=frozenset(part for part in ("encoding", "delimiter", "decimal", "dates") if rng.random() < 0.6),
    )


def make_rows(rng: random.Random, dialect: Dialect, faults: int) -> Sheet:
    """Make rows that are right, then put faults into some."""
    rows = [_row(rng, dialect, number) for number in range(rng.randint(1, 40))]
    for _ in range(faults):
        put_fault(rng, rng.choice(rows), dialect)
    for row in rng.sample(rows, min(len(rows), rng.choice((0, 0, 0, 1, 3)))):
        rows.append(Row(dict(row.cells), dict(row.meant), row.fault))  # word for word: it counts once
    columns = ["Study", "SW", "Time", "Score", "Flag", "Scanner", "Dx", "DxTime", "Remark"]
    rng.shuffle(columns)
    sheet = Sheet(columns, rows)
    sheet.blank_after = {n for n in range(len(rows)) if rng.random() < 0.05}
    sheet.total = rng.random() < 0.15
    return sheet


def _row(rng: random.Random, dialect: Dialect, number: int) -> Row:
    """Make one row and what it means."""
    seconds = dialect.dates not in SLASHED[:2]
    moment = datetime.fromisoformat("2024-01-01T00:01:00") + timedelta(
        minutes=rng.randrange(1_000_000), seconds=rng.randrange(60) if seconds else 0
    )
    later = moment + timedelta(days=rng.randint(1, 60), minutes=1)
    if dialect.dates == "iso offset" and None in (_utc(moment), _utc(later)):
        return _row(rng, dialect, number)  # an offset would tell which of the two hours is meant
    score = rng.choice((None, rng.randint(0, 1000) / 1000, rng.randint(0, 10_000) / 10_000, 0.0, 1.0))
    scanner = rng.choice(SCANNERS)
    flag, truth = rng.choice(("Y", "N", "")), rng.choice(("pos", "neg", "unsure", ""))
    version = rng.choice(("3.2.1", "v4", "003"))
    study = f"{rng.choice(('S', '0', 'AB-'))}{number:05d}{rng.choice(('', 'x', 'E1'))}"
    written = None if score is None else round(score * 100, 6) if dialect.per_cent else score
    cells: dict[str, object] = {
        "Study": study, "SW": version, "Time": moment, "Score": written, "Flag": flag, "Scanner": scanner,
        "Dx": truth, "DxTime": later if truth else None, "Remark": rng.choice(("", "ok", "see\nnote", "é", "1,5")),
    }  # fmt: skip
    meant: dict[str, object] = {
        "case_id": study, "version": version, "acquired_at": _utc(moment), "score": score,
        "called": {"Y": 1, "N": 0, "": None}[flag], "scanner": scanner or None,
        "truth": {"pos": 1, "neg": 0, "unsure": 2, "": None}[truth], "recorded_at": _utc(later) if truth else None,
    }  # fmt: skip
    return Row(cells, meant)


def _utc(moment: datetime) -> int | None:
    """Return a London clock's moment in microseconds of UTC; None where that clock shows it twice or never."""
    first, second = (moment.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        return None
    return round((first.astimezone(UTC) - EPOCH) / timedelta(microseconds=1))


def put_fault(rng: random.Random, row: Row, dialect: Dialect) -> None:
    """Put a fault into a row, so that it must not be accepted."""
    fault = rng.choice(FAULTS)
    top = 100 if dialect.per_cent else 1
    changes: dict[str, dict[str, object]] = {
        "bad date": {"Time": rng.choice(("31/02/2026 10:00", "soon", "2026-13-01T10:00", "99999999", "0000-00-00"))},
        "no date": {"Time": None},
        "score above": {"Score": rng.choice((top * 1.5, -0.1 * top, top * 1000.5))},
        "score word": {"Score": rng.choice(("high", "0.5.5", "1 2", "0x1", "½"))},
        "score endless": {"Score": rng.choice(("NaN", "inf", "1e999", "-Infinity"))},
        "flag": {"Flag": rng.choice(("yes", "y", "2", "Y/N"))},
        "no id": {"Study": rng.choice(("", "  "))},
        "no version": {"SW": ""},
        "extra cell": {"": "stray"},
        "invisible": {
            "Scanner": rng.choice(("\ufeffCT1", "CT\u200b1") if dialect.encoding != "cp1252" else ("CT\x7f",))
        },
        "error": {rng.choice(("Score", "Scanner", "Study", "Time")): rng.choice(("#N/A", "#DIV/0!", "#REF!"))},
        "undated truth": {"Dx": "pos", "DxTime": None},
    }
    row.cells |= changes[fault]
    row.fault = fault
