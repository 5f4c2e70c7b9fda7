"""Intervals cover as the committed table of tolerances says: a few cells, or all of them in `make validate`."""

from itertools import groupby
from math import sqrt

import numpy as np
import pytest

from tests.simulation.cells import Cell, answer, measure
from tests.simulation.coverage import BAND, FEW, RUNS, cells, listed, matches, tolerance
from tests.simulation.coverage_auroc import area_of, by_kernel, normal_scores
from tests.simulation.tables import COVERAGE, read

ERRORS = 3.5
CELLS = cells()
# Every figure once, at its smallest number of cases above five positives, in every run.
QUICK = [
    min(group, key=lambda cell: (cell.positives == 5, cell.size)) for _, group in groupby(CELLS, lambda c: c.metric)
]


def assert_covers(cell, runs):
    found, accepted = measure(cell, runs), tolerance(cell)
    low, high = (
        sqrt(max(end * (1.0 - end), 0.5 / found.runs) / found.runs) for end in (accepted.lowest, accepted.highest)
    )

    assert accepted.lowest - ERRORS * low <= found.share <= accepted.highest + ERRORS * high, accepted.reason


@pytest.mark.parametrize("cell", QUICK, ids=lambda cell: cell.name)
def test_a_figure_covers_as_its_tolerance_says(cell):
    assert_covers(cell, FEW)


@pytest.mark.validate
@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: cell.name)
def test_every_cell_covers_as_its_tolerance_says(cell):
    assert_covers(cell, RUNS)


def families():
    """Return the smallest cell of each figure and setting that is asked through a kernel."""
    fast = [cell for cell in CELLS if cell.ask_all is not None]
    return [min(group, key=lambda cell: cell.size) for _, group in groupby(fast, lambda c: (c.metric, c.setting))]


@pytest.mark.parametrize("cell", families(), ids=lambda cell: cell.name)
def test_asking_all_runs_at_once_is_asking_the_public_function_about_each(cell: Cell):
    draws = cell.draw(cell.generator(), 40)

    low, high = cell.ask_all(*draws)

    one_by_one = np.array([answer(cell, row) for row in zip(*draws, strict=True)])
    assert np.column_stack((low, high)) == pytest.approx(one_by_one, abs=1e-8, nan_ok=True)


@pytest.mark.parametrize(("positives", "reference"), [(5, 0.90), (10, 0.92), (20, 0.93), (50, 0.94)])
def test_logit_intervals_cover_as_the_reference_simulation_found(positives, reference):
    """Shared reference, section 2.10: binormal, AUROC .856, prevalence 10 %, two digits, runs not recorded."""
    runs = 3000
    cell = Cell(
        "auroc", "DeLong, logit", "reference", positives, 0.10, area_of(1.5), 10 * positives,
        normal_scores(1.5, 0.0, positives, 9 * positives), lambda: None, by_kernel,
    )  # fmt: skip

    found = measure(cell, runs)

    rounding, error = 0.005, np.sqrt(reference * (1.0 - reference) * 2 / runs)
    assert abs(found.share - reference) < rounding + ERRORS * error


def test_the_cells_have_names_of_their_own():
    names = [cell.name for cell in CELLS]

    assert len(set(names)) == len(names)


def test_the_table_of_tolerances_speaks_of_each_cell_at_most_once_and_of_no_other():
    spoken = [sum(matches(row, cell) for row in listed()) for cell in CELLS]

    assert max(spoken) <= 1
    assert all(any(matches(row, cell) for cell in CELLS) for row in listed())


def measured():
    """Return the committed row of each cell."""
    rows = {
        (row["metric"], row["method"], row["setting"], row["positives"] or "0", row["prevalence"] or "0"): row
        for row in read(COVERAGE)
    }
    return [
        (cell, rows[cell.metric, cell.method, cell.setting, str(cell.positives), f"{cell.prevalence:g}"])
        for cell in CELLS
    ]


def test_the_measured_table_has_every_cell_and_no_other():
    assert len(measured()) == len(read(COVERAGE))


def test_a_cell_is_listed_with_a_tolerance_of_its_own_exactly_where_it_does_not_hold():
    wrong = [cell.name for cell, row in measured() if (row["judgement"] == "holds") != (tolerance(cell) == BAND)]

    assert wrong == []


def test_the_measured_table_is_within_the_tolerances():
    outside = [
        (cell.name, row["coverage"])
        for cell, row in measured()
        if not tolerance(cell).lowest <= float(row["coverage"]) <= tolerance(cell).highest
    ]

    assert outside == []
