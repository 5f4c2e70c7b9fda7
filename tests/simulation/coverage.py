"""Every cell of the coverage table, and what is expected of it."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.simulation.cells import LONG, NOMINAL, SHORT, Cell
from tests.simulation.coverage_audit import audit_cells, net_benefit_cells
from tests.simulation.coverage_auroc import auroc_cells, auroc_weighted_cells
from tests.simulation.coverage_calibration import calibration_cells, quantile_cells
from tests.simulation.coverage_patients import clustered_cells, difference_cells
from tests.simulation.coverage_rates import audited_rate_cells, rate_cells, share_cells

TOLERANCES = Path(__file__).with_name("coverage_tolerances.csv")
RUNS, FEW = 4_000, 400
ANY = "*"


@dataclass(frozen=True)
class Tolerance:
    """The least and the most coverage that is accepted, and why where it is not the nominal band."""

    lowest: float
    highest: float
    reason: str


BAND = Tolerance(NOMINAL - SHORT, NOMINAL + LONG, "")


@cache
def listed() -> tuple[dict[str, str], ...]:
    """Return the rows of the table of tolerances: the cells that are known not to hold."""
    with TOLERANCES.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def matches(row: dict[str, str], cell: Cell) -> bool:
    """Say whether a row of the table speaks of a cell."""
    own = {"metric": cell.metric, "method": cell.method, "setting": cell.setting, "positives": str(cell.positives)}
    own["prevalence"] = f"{cell.prevalence:g}"
    return all(row[column] in (ANY, value) for column, value in own.items())


def tolerance(cell: Cell) -> Tolerance:
    """Return what is accepted of a cell: its row of the table, or the band around the nominal value."""
    rows = [row for row in listed() if matches(row, cell)]
    if not rows:
        return BAND
    (row,) = rows
    return Tolerance(float(row["lowest"]), float(row["highest"]), row["reason"])


def cells() -> tuple[Cell, ...]:
    """Return every cell."""
    return (
        *auroc_cells(),
        *auroc_weighted_cells(),
        *rate_cells(),
        *share_cells(),
        *audited_rate_cells(),
        *calibration_cells(),
        *quantile_cells(),
        *audit_cells(),
        *net_benefit_cells(),
        *clustered_cells(),
        *difference_cells(),
    )
