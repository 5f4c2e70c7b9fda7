"""Run lengths that the product computes agree with charts simulated apart from it."""

import numpy as np
import pytest

from surveillance.detectors import DETECTORS
from tests.simulation.run_length_rows import WORST_Z, rows_of, sum_of_squares_range
from tests.simulation.run_lengths import FEW, RUNS, all_rows, designs
from tests.simulation.run_lengths_counts import poisson_designs
from tests.simulation.run_lengths_lattice import RATES, bernoulli_chart, bernoulli_designs, reference_value
from tests.simulation.run_lengths_marks import gap_designs
from tests.simulation.run_lengths_series import cusum_designs, ewma_designs
from tests.simulation.tables import RUN_LENGTHS, read
from tests.simulation.walks import event_signals


def assert_agree(z):
    low, high = sum_of_squares_range(len(z))

    assert np.abs(z).max() < WORST_Z
    assert low < np.sum(z**2) < high


def test_simulated_run_lengths_agree_with_the_computed_ones():
    quick = [*bernoulli_designs(), *poisson_designs(), *gap_designs(), *cusum_designs(), *ewma_designs()]

    assert_agree(np.array([row.z for design in quick for row in rows_of(design, FEW)]))


@pytest.mark.validate
def test_simulated_run_lengths_of_every_design_agree_with_the_computed_ones():
    assert_agree(np.array([row.z for row in all_rows(RUNS)]))


def test_the_measured_run_lengths_agree_with_the_computed_ones():
    assert_agree(np.array([float(row["z"]) for row in read(RUN_LENGTHS)]))


def test_every_chart_has_measured_run_lengths():
    assert {row["chart"] for row in read(RUN_LENGTHS)} == set(DETECTORS)


@pytest.mark.validate
def test_the_measured_table_has_every_design_and_no_other():
    wanted = {(d.chart, d.design, quantity.name) for d in designs() for quantity in d.quantities}

    assert {(row["chart"], row["design"], row["quantity"]) for row in read(RUN_LENGTHS)} == wanted


@pytest.mark.parametrize(("low", "high", "run_length"), RATES)
def test_the_running_chart_signals_where_the_published_rule_does(low, high, run_length):
    """Events come often enough for the path to reach its limit exactly, where > and >= differ."""
    chart = bernoulli_chart(low, high, min(run_length, 300))
    events = np.random.default_rng(44).random(30_000) < high

    wanted = event_signals(events, reference_value(chart.in_control, chart.out_of_control), chart.limit)

    assert len(wanted) > 20
    assert chart.run(events).signals.tolist() == wanted
