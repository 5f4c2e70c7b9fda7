"""Calibration against rms 6.5.0 and R's glm, through the public API."""

import numpy as np
import pytest

from surveillance.kernels import calibration_spans, ece_spans
from surveillance.metrics import (
    brier,
    calibration_intercept,
    calibration_slope,
    expected_calibration_error,
    observed_expected,
    spiegelhalter,
)

BOTH = pytest.mark.parametrize("name", ["cal_well", "cal_overconfident"])


@BOTH
def test_brier_and_spiegelhalter_agree_with_rms(reference, agrees, name):
    case = reference(name)
    truth, probability = case.numbers("y"), case.numbers("p")

    test = spiegelhalter(truth, probability)

    assert agrees(brier(truth, probability).value, case.expected["brier"])
    assert agrees(test.statistic, case.expected["spiegelhalter_z"])
    assert agrees(test.p_value, case.expected["spiegelhalter_p"])


@BOTH
def test_observed_over_expected_agrees_with_poisson_test(reference, agrees, name):
    case = reference(name)

    estimate = observed_expected(case.numbers("y"), case.numbers("p"))

    assert agrees(estimate.value, case.expected["o_over_e"])
    assert agrees((estimate.low, estimate.high), case.expected["oe_ci95_poisson_exact"])
    assert estimate.positives == case.expected["events"]["value"]


@BOTH
def test_calibration_intercept_agrees_with_glm(reference, agrees, name):
    case = reference(name)

    estimate = calibration_intercept(case.numbers("y"), case.numbers("p"))

    assert agrees(estimate.value, case.expected["citl"])
    assert agrees(estimate.standard_error, case.expected["citl_se"])
    assert agrees((estimate.low, estimate.high), case.expected["citl_ci95_wald"])


@BOTH
def test_calibration_slope_agrees_with_glm(reference, agrees, name):
    case = reference(name)

    estimate = calibration_slope(case.numbers("y"), case.numbers("p"))

    assert agrees(estimate.value, case.expected["slope"])
    assert agrees(estimate.standard_error, case.expected["slope_se"])
    assert agrees((estimate.low, estimate.high), case.expected["slope_ci95_wald"])


@BOTH
def test_calibration_error_on_equal_count_bins_agrees(reference, agrees, name):
    case = reference(name)

    estimate = expected_calibration_error(case.numbers("y"), case.numbers("p"), bins=10)

    assert agrees(estimate.value, case.expected["ece_mass10"])


@BOTH
def test_kernels_agree_with_glm(reference, agrees, name):
    case = reference(name)
    truth, probability, n = case.numbers("y"), case.numbers("p"), len(case.numbers("y"))

    spans = calibration_spans(truth, probability, [0], [n])

    assert agrees(spans.intercept[0], case.expected["citl"])
    assert agrees(spans.slope[0], case.expected["slope"])
    assert agrees(spans.slope_standard_error[0], case.expected["slope_se"])
    assert agrees(spans.brier[0], case.expected["brier"])
    assert agrees(spans.expected[0], case.expected["expected"])
    assert agrees(ece_spans(truth, probability, [0], [n])[0], case.expected["ece_mass10"])


def test_probabilities_of_zero_and_one_are_moved_and_counted(reference, agrees):
    case = reference("cal_extreme_p")
    truth, probability = case.numbers("y"), case.numbers("p")
    edge = int(np.sum((probability == 0.0) | (probability == 1.0)))

    slope, intercept = calibration_slope(truth, probability), calibration_intercept(truth, probability)

    assert agrees(brier(truth, probability).value, case.expected["brier"])
    assert np.isfinite([slope.value, slope.low, slope.high, intercept.value, intercept.low, intercept.high]).all()
    assert f"{edge} probabilities nearer than 1e-06 to 0 or 1 moved" in slope.method
    assert f"{edge} probabilities nearer than 1e-06 to 0 or 1 moved" in intercept.method


@pytest.mark.parametrize("size", ["100", "1000"])
def test_a_perfect_product_shows_the_calibration_error_that_chance_alone_gives(reference, size):
    """The reference is for bins of equal width; with equal counts chance gives about as much."""
    chance = reference("cal_ece_bias").expected["mean_ece_width10_if_perfect"]["value"][size]
    rng, n = np.random.default_rng(7), int(size)
    errors = []
    for _ in range(100):
        probability = 1.0 / (1.0 + np.exp(-rng.normal(-1.6, 1.1, n)))
        errors.append(expected_calibration_error(rng.random(n) < probability, probability).value)

    assert np.mean(errors) == pytest.approx(chance, rel=0.25)
