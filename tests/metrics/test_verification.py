"""Rates under partial verification and under an imperfect truth: hand values, round trips, simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.errors import NotEstimable
from surveillance.metrics import (
    apparent_false_flag_rate,
    apparent_miss_rate,
    false_flag_rate_from_verified,
    miss_rate_from_verified,
    proportion_estimate,
    sensitivity_audited,
    specificity_audited,
    verified_false_flag_rate,
    verified_miss_rate,
)

SHARE = st.floats(0.0, 1.0)
FRACTION = st.floats(0.01, 1.0)
REPORTS = {"truth_sensitivity": 0.98, "truth_specificity": 0.995}


def test_rates_at_a_ten_percent_audit_are_those_of_the_design():
    assert verified_miss_rate(0.10, 0.10) == pytest.approx(0.011, abs=5e-4)
    assert verified_miss_rate(0.20, 0.10) == pytest.approx(0.024, abs=5e-4)


@given(SHARE, FRACTION)
def test_translation_to_the_verified_stream_and_back_changes_nothing(rate, fraction):
    assert miss_rate_from_verified(verified_miss_rate(rate, fraction), fraction) == pytest.approx(rate, abs=1e-9)
    back = false_flag_rate_from_verified(verified_false_flag_rate(rate, fraction), fraction)
    assert back == pytest.approx(rate, abs=1e-9)


@given(SHARE)
def test_full_verification_translates_nothing(rate):
    assert verified_miss_rate(rate, 1.0) == pytest.approx(rate)
    assert verified_false_flag_rate(rate, 1.0) == pytest.approx(rate)


def test_verified_rates_are_those_of_a_simulated_audit():
    rng, n, fraction = np.random.default_rng(4), 400_000, 0.25
    truth = rng.random(n) < 0.3
    called = np.where(truth, rng.random(n) < 0.85, rng.random(n) < 0.06)
    verified = called | (rng.random(n) < fraction)

    missed = np.mean(~called[verified & truth])
    wrongly = np.mean(called[verified & ~truth])

    assert missed == pytest.approx(verified_miss_rate(0.15, fraction), abs=0.003)
    assert wrongly == pytest.approx(verified_false_flag_rate(0.06, fraction), abs=0.003)


def test_audited_rates_are_the_weighted_ones_by_hand():
    # 90 flagged positives and 2 found by a 10 % audit, standing for 20: 90 / 110.
    assert sensitivity_audited(90, 2, 0.10).value == pytest.approx(90 / 110)
    # 40 flagged negatives and 96 left unflagged in the audit, standing for 960: 960 / 1000.
    assert specificity_audited(40, 96, 0.10).value == pytest.approx(0.96)


@given(st.integers(0, 300), st.integers(0, 300), FRACTION)
def test_audited_sensitivity_lies_inside_its_interval(flagged, unflagged, fraction):
    if flagged + unflagged == 0:
        with pytest.raises(NotEstimable, match="needs verified positives, got 0"):
            sensitivity_audited(flagged, unflagged, fraction)
        return
    estimate = sensitivity_audited(flagged, unflagged, fraction)

    assert 0.0 <= estimate.low <= estimate.value + 1e-12
    assert estimate.value - 1e-12 <= estimate.high <= 1.0


def test_an_audit_of_everything_is_wilson():
    audited, plain = sensitivity_audited(45, 5, 1.0), proportion_estimate(45, 50, positives=50)

    assert (audited.value, audited.low, audited.high) == pytest.approx((plain.value, plain.low, plain.high))
    assert audited.standard_error == pytest.approx(plain.standard_error)


def test_audited_sensitivity_covers_with_its_interval_and_spreads_as_its_error_says():
    rng, runs, fraction = np.random.default_rng(12), 2000, 0.25
    flagged = rng.binomial(200, 0.85, runs)
    found = rng.binomial(200 - flagged, fraction)
    estimates = [sensitivity_audited(int(a), int(b), fraction) for a, b in zip(flagged, found, strict=True)]

    covered = np.mean([estimate.low <= 0.85 <= estimate.high for estimate in estimates])
    errors = [estimate.standard_error for estimate in estimates if estimate.standard_error is not None]

    assert 0.93 < covered < 0.985
    assert np.mean(errors) == pytest.approx(np.std([estimate.value for estimate in estimates]), rel=0.08)


def test_report_truth_lowers_apparent_sensitivity_as_prevalence_falls():
    common = 1.0 - apparent_miss_rate(0.10, 0.05, prevalence=0.08, **REPORTS)
    rare = 1.0 - apparent_miss_rate(0.10, 0.05, prevalence=0.04, **REPORTS)

    assert (common, rare) == pytest.approx((0.853, 0.807), abs=5e-4)


def test_apparent_rates_are_those_of_a_simulated_reference_standard():
    rng, n = np.random.default_rng(9), 1_000_000
    disease = rng.random(n) < 0.08
    called = np.where(disease, rng.random(n) < 0.9, rng.random(n) < 0.05)
    recorded = np.where(disease, rng.random(n) < 0.98, rng.random(n) < 0.005)

    missed = apparent_miss_rate(0.10, 0.05, prevalence=0.08, **REPORTS)
    wrongly = apparent_false_flag_rate(0.10, 0.05, prevalence=0.08, **REPORTS)

    assert np.mean(~called[recorded]) == pytest.approx(missed, abs=0.004)
    assert np.mean(called[~recorded]) == pytest.approx(wrongly, abs=0.001)


@given(SHARE, SHARE, st.floats(0.01, 0.99))
def test_an_error_free_truth_changes_nothing_at_any_prevalence(missed, wrongly, prevalence):
    perfect = {"prevalence": prevalence, "truth_sensitivity": 1.0, "truth_specificity": 1.0}

    assert apparent_miss_rate(missed, wrongly, **perfect) == pytest.approx(missed)
    assert apparent_false_flag_rate(missed, wrongly, **perfect) == pytest.approx(wrongly)


def test_senseless_fractions_and_rates_are_refused():
    with pytest.raises(ValueError, match="audit fraction must lie above 0"):
        verified_miss_rate(0.1, 0.0)
    with pytest.raises(ValueError, match="miss rate must lie between"):
        verified_miss_rate(10.0, 0.1)
    with pytest.raises(ValueError, match="shares between 0 and 1"):
        apparent_miss_rate(0.1, 0.05, prevalence=8.0, **REPORTS)
