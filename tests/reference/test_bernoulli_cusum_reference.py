"""Bernoulli CUSUM against an exact chain in R, cross-checked there with vlad 0.2.2."""

import numpy as np
import pytest

from surveillance.detectors import BernoulliCusum
from surveillance.kernels import cusum_events

ROWS = range(7)


@pytest.mark.parametrize("row", ROWS)
def test_design_finds_the_limit_and_the_tuned_rate(reference, row):
    expected = reference("bernoulli_cusum_exact_a").expected["rows"][row]

    chart = BernoulliCusum.design(
        in_control=expected["p0"], out_of_control=expected["p1"], run_length=expected["target"]
    )

    assert (chart.steps_per_event, chart.limit_steps) == (expected["m"], expected["H"])
    assert chart.out_of_control == pytest.approx(expected["p1"], abs=1e-12)
    assert chart.limit == pytest.approx(expected["h_B"], abs=1e-12)
    assert chart.limit_steps * chart.evidence_per_step == pytest.approx(expected["h_llr"], abs=1e-9)


@pytest.mark.parametrize("row", ROWS)
def test_run_lengths_are_exact(reference, row):
    case = reference("bernoulli_cusum_exact_a").expected
    expected, rtol = case["rows"][row], case["tolerance"]["ANSS_rtol"]
    chart = BernoulliCusum(expected["p0"], expected["p1"], expected["m"], expected["H"], expected["p1"])
    lower = BernoulliCusum(expected["p0"], expected["p1"], expected["m"], expected["H"] - 1, expected["p1"])
    half = expected["H"] // 2

    assert chart.run_length(expected["p0"]) == pytest.approx(expected["ANSS0"], rel=rtol)
    assert chart.run_length(expected["p1"]) == pytest.approx(expected["ANSS_p1"], rel=rtol)
    assert chart.run_length(2 * expected["p0"]) == pytest.approx(expected["ANSS_2p0"], rel=rtol)
    assert lower.run_length(expected["p0"]) == pytest.approx(expected["ANSS0_H_minus_1"], rel=rtol)
    assert chart.run_length(expected["p0"], half) == pytest.approx(expected["ANSS0_FIR"], rel=rtol)
    assert chart.run_length(expected["p1"], half) == pytest.approx(expected["ANSSp1_FIR"], rel=rtol)


@pytest.mark.parametrize("row", [3, 5])
def test_distribution_has_the_standard_deviation_of_the_reference(reference, row):
    expected = reference("bernoulli_cusum_exact_a").expected["rows"][row]
    chart = BernoulliCusum(expected["p0"], expected["p1"], expected["m"], expected["H"], expected["p1"])
    survival = 1.0 - chart.run_length_distribution(expected["p0"], np.arange(200_000))

    mean, second = survival.sum(), (2.0 * np.arange(200_000) + 1.0) @ survival

    assert np.sqrt(second - mean**2) == pytest.approx(expected["SD_RL0"], rel=1e-6)


def test_path_and_alarms_agree(reference):
    case = reference("bernoulli_cusum_path")
    design = case.inputs["params"]
    chart = BernoulliCusum(design["p0"], design["p1"], design["m"], design["H"], design["p1"])

    path = chart.run(case.numbers("x"))
    steps, signals, _ = cusum_events(case.numbers("x"), design["m"] - 1, 1, design["H"])

    assert np.rint(path.statistic * design["m"]).tolist() == case.expected["lattice_path"]["value"]
    assert steps.tolist() == case.expected["lattice_path"]["value"]
    alarms = case.expected["alarms_1based_with_reset_to_zero"]["value"]
    assert (path.signals + 1).tolist() == alarms
    assert (signals + 1).tolist() == alarms
