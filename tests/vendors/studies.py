"""The true studies behind the exports of the vendors, and how an expectation is written down; no product code here."""

import csv
import io
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST_DAY = datetime(2026, 9, 28, tzinfo=LONDON)  # a Monday
EXPECTED = (
    "line", "case_id", "model", "version", "site", "acquired_at", "status", "score", "called", "result_at", "scanner",
    "kernel", "setting", "age_band", "sex", "subtype", "patient", "pathway", "truth", "truth_recorded_at",
    "truth_source",
)  # fmt: skip


@dataclass
class Study:
    """One study as it truly is; times aware, the score in thousandths, truth "1", "0" or "indeterminate"."""

    case_id: str
    acquired: datetime
    score: int
    truth: str
    recorded: datetime
    scanner: str
    age: int
    sex: str
    flagged: bool = False
    more: dict[str, str] = field(default_factory=dict)


def studies(seed: int, count: int, *, threshold: int = 500, weeks: int = 5, prefix: str = "S") -> list[Study]:
    """Return studies in order of time; flagged where the score reaches the threshold; a third have the finding."""
    chance = random.Random(seed)
    moments = sorted(
        FIRST_DAY
        + timedelta(days=chance.randrange(7 * weeks), hours=chance.randrange(6, 22), minutes=chance.randrange(60))
        for _ in range(count)
    )
    made = []
    for number, moment in enumerate(moments):
        diseased = chance.random() < 0.35
        score = min(999, max(1, round(chance.gauss(680 if diseased else 250, 130))))
        truth = "indeterminate" if chance.random() < 0.05 else str(int(diseased))
        recorded = moment + timedelta(days=chance.randrange(1, 6), hours=chance.randrange(1, 9))
        study = Study(
            f"{prefix}{7001 + 13 * number}x", moment, score, truth, recorded, chance.choice(["CT1", "CT2", "ED-CT"]),
            chance.randrange(19, 95), chance.choice("MF"),
        )  # fmt: skip
        study.flagged = score >= threshold
        made.append(study)
    return made


def utc(moment: datetime) -> str:
    """Return a moment as an expectation writes it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def end_of(moment: datetime) -> datetime:
    """Return the last microsecond of a London day."""
    return moment.astimezone(LONDON).replace(hour=23, minute=59, second=59, microsecond=999_999)


def start_of(moment: datetime) -> datetime:
    """Return the first moment of a London day."""
    return moment.astimezone(LONDON).replace(hour=0, minute=0, second=0, microsecond=0)


def band(age: int) -> str:
    """Return an age's band in the usual four."""
    return "0-39" if age < 40 else "40-64" if age < 65 else "65-74" if age < 75 else "75+"


def table(rows: list[dict[str, str]] | list[list[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    """Return rows as delimited text; of dicts the keys of the first are the header."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    if rows and isinstance(rows[0], dict):
        writer.writerow(rows[0])
        writer.writerows(row.values() for row in rows)
    else:
        writer.writerows(rows)
    return out.getvalue()


def files(export: tuple[str, bytes, list[dict[str, str]], list[tuple[int, str]]]) -> dict[str, bytes]:
    """Return the files of a vendor's folder: its export, what each line must become, which lines must be held."""
    name, data, expected, held = export
    out = io.StringIO()
    writer = csv.DictWriter(out, EXPECTED, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(expected)
    lines = table([["line", "column"], *([str(line), column] for line, column in held)], end="\n")
    return {name: data, "expected.csv": out.getvalue().encode(), "held.csv": lines.encode()}
