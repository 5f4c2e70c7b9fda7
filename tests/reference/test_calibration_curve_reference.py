"""Curves, bins, tests and what chance gives against R 4.2.2 (loess, glm) and rms 6.5.0, through the public API."""

import numpy as np
import pytest

from surveillance.kernels import binned_calibration_spans, calibration_spans, local_quadratic
from surveillance.metrics import (
    brier_decomposition,
    calibration_intercept,
    calibration_likelihood_ratio,
    chance_calibration_error,
    expected_calibration_error,
    integrated_calibration_index,
    reliability_curve,
    smooth_calibration,
    spiegelhalter,
)
from surveillance.metrics.log_odds import log_odds
from surveillance.metrics.recalibration import fit_slope

BOTH = pytest.mark.parametrize("name", ["cal_well", "cal_overconfident"])
TENTHS = tuple(np.round(np.arange(0.1, 1.0, 0.1), 1).tolist())


@pytest.fixture
def case(reference, name):
    found = reference(name)
    return found.expected, found.numbers("y"), found.numbers("p")


@BOTH
@pytest.mark.parametrize("fit", [None, local_quadratic], ids=["library", "kernel"])
def test_index_and_its_companions_agree_with_loess(case, agrees, fit):
    expected, truth, probability = case

    curve = smooth_calibration(truth, probability, fit=fit)

    assert agrees(curve.mean_distance, expected["ici_loess_direct"])
    assert agrees(curve.mean_distance, expected["ici_loess"])
    assert agrees(curve.quantile(0.5), expected["e50_loess_direct"])
    assert agrees(curve.quantile(0.9), expected["e90_loess_direct"])
    assert agrees(curve.quantile(1.0), expected["emax_loess_direct"])
    assert agrees(curve.mean_distance, expected["rms_Eavg"])  # another smoother, within the tolerance stated for it


@BOTH
def test_the_index_is_an_estimate_with_its_counts(case, agrees):
    expected, truth, probability = case

    estimate = integrated_calibration_index(truth, probability)

    assert agrees(estimate.value, expected["ici_loess_direct"])
    assert (estimate.n, estimate.positives) == (expected["n"]["value"], expected["events"]["value"])


@BOTH
def test_joint_test_and_its_parts_agree_with_rms_and_glm(case, agrees):
    expected, truth, probability = case

    tests = calibration_likelihood_ratio(truth, probability)

    assert agrees(tests.joint.statistic, expected["lr_unreliability_chi2_2df"])
    assert agrees(tests.joint.p_value, expected["lr_unreliability_p"])
    assert agrees(tests.intercept.statistic, expected["lr_citl_chi2_1df"])
    assert agrees(tests.slope.statistic, expected["lr_slope_given_citl_chi2_1df"])


@BOTH
def test_the_intercept_of_the_slope_model_is_known_and_is_not_calibration_in_the_large(case, agrees):
    expected, truth, probability = case

    joint, _, _ = fit_slope(truth == 1, log_odds(probability))

    assert agrees(joint, expected["intercept_joint"])
    assert not agrees(calibration_intercept(truth, probability).value, expected["intercept_joint"])


@BOTH
def test_bins_of_equal_width_agree(case, agrees):
    expected, truth, probability = case
    curve = reliability_curve(truth, probability, edges=TENTHS)

    assert agrees(expected_calibration_error(truth, probability, edges=TENTHS).value, expected["ece_width10"])
    assert agrees(np.abs(curve.mean_predicted - curve.observed).max(), expected["mce_width10"])


@BOTH
def test_skill_agrees_and_the_parts_add_up(case, agrees):
    expected, truth, probability = case

    parts = brier_decomposition(truth, probability)

    assert agrees(parts.brier, expected["brier"])
    assert agrees(parts.skill, expected["brier_skill"])
    within = parts.within_bin_variance - parts.within_bin_covariance
    assert parts.reliability - parts.resolution + parts.uncertainty + within == pytest.approx(parts.brier, abs=1e-14)


@BOTH
def test_kernels_agree_with_rms_and_glm(case, agrees):
    expected, truth, probability = case
    spans = calibration_spans(truth, probability, [0], [len(truth)])

    assert agrees(spans.spiegelhalter[0], expected["spiegelhalter_z"])
    assert agrees(binned_calibration_spans(truth, probability, [0], [len(truth)]).error[0], expected["ece_mass10"])


@pytest.mark.parametrize("size", ["100", "250", "500", "1000", "2000", "5000"])
def test_what_a_perfect_product_would_show_is_what_r_simulated(reference, agrees, size):
    """R's mean of 400 draws of the probabilities too; ours is the mean over 200 draws of them."""
    chance = reference("cal_ece_bias").expected["mean_ece_width10_if_perfect"]
    rng = np.random.default_rng(7)
    means = [
        chance_calibration_error(1.0 / (1.0 + np.exp(-rng.normal(-1.6, 1.1, int(size)))), edges=TENTHS).mean
        for _ in range(200)
    ]

    assert np.mean(means) == pytest.approx(chance["value"][size], abs=chance["atol"])


def test_probabilities_of_zero_and_one_leave_no_number_that_is_not_one(reference):
    case = reference("cal_extreme_p")
    truth, probability = case.numbers("y"), case.numbers("p")
    parts = brier_decomposition(truth, probability, bins=4)

    assert np.isfinite([parts.brier, parts.reliability, parts.resolution, parts.skill]).all()
    assert np.isfinite(chance_calibration_error(probability, bins=4).usual_highest)
    assert np.isfinite(spiegelhalter(truth, probability).statistic)
