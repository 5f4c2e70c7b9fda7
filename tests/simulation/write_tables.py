"""Measures everything and writes the CSV files and the tables of docs/: python -m tests.simulation.write_tables.

`--runs 0.1` takes a tenth of the runs, `--only coverage` one part (repeatable); `--docs` only writes the tables of
docs/ from the files as they are.
"""

import argparse
import re
import sys

from surveillance.domain.budget import WEEKS_A_YEAR
from tests.simulation import coverage, partial_verification, run_lengths, sizes_of_tests
from tests.simulation.cells import measure
from tests.simulation.tables import (
    COVERAGE,
    DELAYS,
    ROOT,
    RUN_LENGTHS,
    TEST_SIZES,
    coverage_table,
    delay_table,
    other_coverage_table,
    run_length_table,
    shortfall_table,
    size_table,
    write,
)

TABLES = {
    "coverage": ("coverage.md", coverage_table),
    "coverage-without-positives": ("coverage.md", other_coverage_table),
    "shortfalls": ("coverage.md", shortfall_table),
    "sizes": ("coverage.md", size_table),
    "run-lengths": ("run-lengths.md", run_length_table),
    "ramp": ("partial-verification.md", delay_table("ramp")),
    "step": ("partial-verification.md", delay_table("step")),
}


def write_coverage(scale: float) -> None:
    """Measure every interval; say which cells lie outside what is accepted of them."""
    rows = []
    for cell in coverage.cells():
        found = measure(cell, max(20, round(coverage.RUNS * scale)))
        accepted = coverage.tolerance(cell)
        if not accepted.lowest <= found.share <= accepted.highest:
            sys.stderr.write(f"not as expected: {cell.name}: {found.share:.4f}\n")
        counted = cell.positives > 0
        rows.append(
            (cell.metric, cell.method, cell.setting, cell.positives if counted else "",
             f"{cell.prevalence:g}" if counted else "", "0.95", f"{found.share:.4f}", f"{found.standard_error:.4f}",
             found.runs, found.judgement)
        )  # fmt: skip
    write(COVERAGE, rows)


def write_run_lengths(scale: float) -> None:
    """Simulate every design."""
    rows = run_lengths.all_rows(max(20, round(run_lengths.RUNS * scale)))

    def number(value: float) -> str:
        return f"{value:.4f}" if abs(value) < 1.5 else f"{value:.2f}"

    write(
        RUN_LENGTHS,
        [
            (row.chart, row.design, row.quantity, number(row.computed), number(row.simulated),
             number(row.standard_error), f"{row.z:.2f}")
            for row in rows
        ],
    )  # fmt: skip


def write_sizes(scale: float) -> None:
    """Measure the size of every test."""
    rows = []
    for test in sizes_of_tests.every_size():
        found = sizes_of_tests.measure(test, max(20, round(sizes_of_tests.RUNS * scale)))
        low, high = sizes_of_tests.accepted(test)
        if not low <= found.measured <= high:
            sys.stderr.write(f"not as expected: {test.test}, {test.setting}, {test.n}: {found.measured:.4f}\n")
        rows.append(
            (
                test.test,
                test.setting,
                test.n,
                "0.05",
                f"{found.measured:.4f}",
                f"{found.standard_error:.4f}",
                found.runs,
            )
        )
    write(TEST_SIZES, rows)


def write_delays(scale: float) -> None:
    """Simulate the delays of every audit, beside the exact law."""
    rows = []
    for setting in partial_verification.settings():
        made = partial_verification.design(setting)
        found = partial_verification.simulated(setting, max(400, round(partial_verification.RUNS * scale / 20) * 20))
        exact, quiet = (partial_verification.exact(setting, quiet=after) for after in (False, True))
        given = partial_verification.REFERENCE.get((setting.kind, setting.years, setting.audit), ("", "", ""))
        years = made.run_length_weeks / WEEKS_A_YEAR
        figures = (found.mean, found.mean_error, found.late, found.late_error, found.found, found.found_error,
                   exact.mean, exact.late, exact.found, quiet.mean, quiet.late, quiet.found)  # fmt: skip
        rows.append(
            (setting.kind, setting.years, setting.audit, f"{made.verified_a_week:.2f}", f"{years:.2f}",
             *(f"{figure:.4f}" for figure in figures), *("" if value is None else value for value in given))
        )  # fmt: skip
    write(DELAYS, rows)


PARTS = {
    "coverage": write_coverage,
    "run-lengths": write_run_lengths,
    "sizes": write_sizes,
    "partial-verification": write_delays,
}


def with_table(page: str, name: str, table: str) -> str:
    """Return a page with one of its tables written anew, between its two marks."""
    block = re.compile(rf"(<!-- table: {name} -->\n).*?(<!-- end of table -->)", re.DOTALL)
    changed, count = block.subn(lambda match: f"{match[1]}\n{table}\n\n{match[2]}", page)
    if count != 1:
        raise ValueError(f"the page needs one table named {name}, got {count}")
    return changed


def write_docs() -> None:
    """Write every table of docs/ from the files."""
    for name, (page, table) in TABLES.items():
        path = ROOT / "docs" / page
        path.write_text(with_table(path.read_text(encoding="utf-8"), name, table()), encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Measure what was asked for, then write the documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=float, default=1.0)
    parser.add_argument("--only", choices=PARTS, action="append")
    parser.add_argument("--docs", action="store_true")
    asked = parser.parse_args(arguments)
    for part in () if asked.docs else asked.only or PARTS:
        PARTS[part](asked.runs)
        sys.stderr.write(f"{part} written\n")
    write_docs()


if __name__ == "__main__":
    main(sys.argv[1:])
