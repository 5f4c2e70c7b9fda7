"""The measured figures as CSV files, and the tables of docs/ that are written from those files."""

import csv
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEASURED = ROOT / "surveillance" / "services" / "measured"
COVERAGE = MEASURED / "coverage.csv"
RUN_LENGTHS = MEASURED / "run_lengths.csv"
TEST_SIZES = MEASURED / "test_sizes.csv"
DELAYS = Path(__file__).with_name("partial_verification.csv")
COLUMNS = {
    COVERAGE: (
        "metric", "method", "setting", "positives", "prevalence", "nominal", "coverage", "standard_error", "runs",
        "judgement",
    ),
    RUN_LENGTHS: ("chart", "design", "quantity", "computed", "simulated", "standard_error", "z"),
    TEST_SIZES: ("test", "setting", "n", "nominal", "measured", "standard_error", "runs"),
    DELAYS: (
        "kind", "years", "audit", "verified_a_week", "run_length_years", "mean", "mean_error", "late", "late_error",
        "found", "found_error", "exact_mean", "exact_late", "exact_found", "quiet_mean", "quiet_late", "quiet_found",
        "reference_mean", "reference_late", "reference_found",
    ),
}  # fmt: skip
Row = dict[str, str]


def write(path: Path, rows: Iterable[Sequence[object]]) -> None:
    """Write one file of measured figures."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS[path])
        writer.writerows(rows)


def read(path: Path) -> list[Row]:
    """Read one file of measured figures."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def markdown(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def percent(text: str) -> str:
    """Write a share as a percentage with one digit."""
    return f"{100 * float(text):.1f}"


def coverage_table() -> str:
    """Return a line for each interval, setting and prevalence, with a column for each number of positives."""
    rows = [row for row in read(COVERAGE) if row["positives"]]
    most = {key: max(int(row["runs"]) for row in group) for key, group in _by(rows, "metric", "method")}
    wanted = sorted({int(row["positives"]) for row in rows})
    lines = []
    for key, group in _by(rows, "metric", "method", "setting", "prevalence"):
        cells = {int(row["positives"]): _cell(row, most[key[:2]]) for row in group}
        metric, method, setting, prevalence = key
        lines.append([metric, method, setting, f"{float(prevalence):.2f}", *(cells.get(m, "") for m in wanted)])
    return markdown(("figure", "interval", "simulated cases", "prevalence", *map(str, wanted)), lines)


def _cell(row: Row, most: int) -> str:
    """Return a coverage, bold where it falls short, with the share of runs that had no interval."""
    text = percent(row["coverage"])
    marked = {"undercovers": f"**{text}**", "over": f"{text}+", "holds": text}[row["judgement"]]
    none = 100 * (1 - int(row["runs"]) / most)
    return f"{marked} ({none:.0f})" if none >= 1 else marked


def other_coverage_table() -> str:
    """Return the figures that do not count positives."""
    rows = [row for row in read(COVERAGE) if not row["positives"]]
    lines = [[row["metric"], row["method"], row["setting"], _cell(row, int(row["runs"]))] for row in rows]
    return markdown(("figure", "interval", "simulated cases", "coverage, %"), lines)


def shortfall_table() -> str:
    """Return, for each figure that has one, its lowest coverage for each number of positives."""
    rows = [row for row in read(COVERAGE) if row["judgement"] == "undercovers" and row["positives"]]
    wanted = sorted({int(row["positives"]) for row in rows})
    lines = []
    for (metric,), group in _by(rows, "metric"):
        lowest = [[float(row["coverage"]) for row in group if int(row["positives"]) == m] for m in wanted]
        lines.append([metric, *(f"{100 * min(found):.0f}" if found else "–" for found in lowest)])
    return markdown(("figure", *(f"{m} positives" for m in wanted)), lines)


def run_length_table() -> str:
    """Return every design with what is computed and simulated."""
    lines = [
        [
            row["chart"],
            row["design"],
            row["quantity"],
            row["computed"],
            row["simulated"],
            row["standard_error"],
            row["z"],
        ]
        for row in read(RUN_LENGTHS)
    ]
    return markdown(("chart", "design", "quantity", "computed", "simulated", "error", "z"), lines)


def size_table() -> str:
    """Return the sizes of the tests."""
    lines = [
        [row["test"], row["setting"], row["n"], percent(row["measured"]), percent(row["standard_error"]), row["runs"]]
        for row in read(TEST_SIZES)
    ]
    return markdown(("test", "simulated cases", "n", "called, % (5 is right)", "error", "runs"), lines)


def delay_table(kind: str) -> Callable[[], str]:
    """Return a writer of the delays of a ramp or of a step, beside the reference figures."""
    late = "90th" if kind == "ramp" else "95th"

    def both(row: Row, figure: str, digits: int) -> str:
        return f"{float(row[figure]):.{digits}f} ± {float(row[f'{figure}_error']):.{digits}f}"

    def lines() -> Iterable[list[str]]:
        for row in read(DELAYS):
            if row["kind"] == kind:
                given = [row[f"reference_{name}"] for name in ("mean", "late", "found")]
                exact = (
                    f"{float(row['exact_mean']):.1f} / {float(row['exact_late']):.1f}, {float(row['exact_found']):.2f}"
                )
                quiet = (
                    f"{float(row['quiet_mean']):.1f} / {float(row['quiet_late']):.1f}, {float(row['quiet_found']):.2f}"
                )
                yield [
                    f"{row['years']} ({float(row['run_length_years']):.1f})", f"{100 * float(row['audit']):.0f} %",
                    row["verified_a_week"], both(row, "mean", 2), both(row, "late", 2), both(row, "found", 3), exact,
                    quiet, f"{given[0]} / {given[1]}{', ' if given[2] else ''}{given[2]}" if given[0] else "–",
                ]  # fmt: skip

    header = ("years asked (achieved)", "audit", "verified a week", "mean, weeks", f"{late} percentile, weeks",
              "found in 26 weeks", "exact law", "exact law after long quiet", "reference")  # fmt: skip
    return lambda: markdown(header, lines())


def _by(rows: list[Row], *columns: str):
    """Group rows that follow each other; equal keys elsewhere in the file are joined."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for key, group in groupby(rows, lambda row: tuple(row[column] for column in columns)):
        found.setdefault(key, []).extend(group)
    return found.items()
