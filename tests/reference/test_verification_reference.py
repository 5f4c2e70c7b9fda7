"""Partial verification against the printed example of Begg & Greenes and against a bootstrap of the same studies."""

import numpy as np
import pytest

from surveillance.errors import NotEstimable
from surveillance.metrics import apparent_false_flag_rate, apparent_miss_rate, begg_greenes


@pytest.fixture
def liver(reference):
    """Return the liver-scan study: its expected figures, and what the public function makes of its counts."""
    case = reference("verification_bias_begg_greenes")
    seen, unseen = case.inputs["params"]["verified"], case.inputs["params"]["unverified"]
    both = begg_greenes(
        seen["TP"],
        seen["FP"],
        seen["FN"],
        seen["TN"],
        unverified_flagged=unseen["test_pos"],
        unverified_unflagged=unseen["test_neg"],
    )
    return case.expected, both


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("naive_sensitivity", "naive_sens"),
        ("naive_specificity", "naive_spec"),
        ("sensitivity", "bg_sens"),
        ("specificity", "bg_spec"),
        ("prevalence", "prevalence_corrected"),
    ],
)
def test_the_liver_scan_study_is_as_printed_naive_and_corrected(liver, agrees, name, expected):
    figures, both = liver
    assert agrees(getattr(both, name).value, figures[expected])


def test_the_corrected_standard_error_is_the_papers_formula_written_out(liver):
    _, both = liver
    # N = 650; n1 = 429 flagged, n0 = 221; verified 231 + 32 and 27 + 54: Zhou, Obuchowski & McClish, 10.2.
    on_logit = 650 / (429 * 221) + 32 / (231 * 263) + 54 / (27 * 81)
    sensitivity = both.sensitivity.value
    assert both.sensitivity.standard_error == pytest.approx(sensitivity * (1 - sensitivity) * on_logit**0.5)
    on_logit = 650 / (429 * 221) + 231 / (32 * 263) + 27 / (54 * 81)
    specificity = both.specificity.value
    assert both.specificity.standard_error == pytest.approx(specificity * (1 - specificity) * on_logit**0.5)


def test_the_delta_method_agrees_with_a_bootstrap_of_all_six_hundred_and_fifty_scans(liver):
    _, both = liver
    rng = np.random.default_rng(83)
    counts = np.array([231, 32, 166, 27, 54, 140])
    drawn = rng.multinomial(650, counts / 650, size=20_000).astype(float)
    tp, fp, u1, fn, tn, u0 = drawn.T
    yes, no = (tp + fp + u1) * tp / (tp + fp), (tp + fp + u1) * fp / (tp + fp)
    found, clear = (fn + tn + u0) * fn / (fn + tn), (fn + tn + u0) * tn / (fn + tn)
    again = {
        "sensitivity": yes / (yes + found),
        "specificity": clear / (clear + no),
        "prevalence": (yes + found) / 650,
    }
    for name, values in again.items():
        estimate = getattr(both, name)
        # The spread of 20 000 draws is itself known to half a per cent; the delta method is first-order only.
        assert estimate.standard_error == pytest.approx(values.std(), rel=0.03), name
        low, high = np.quantile(values, [0.025, 0.975])
        assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=0.006), name


def test_what_nobody_looked_up_in_a_stratum_has_no_corrected_figure():
    with pytest.raises(NotEstimable, match="needs verified unflagged cases, got 0"):
        begg_greenes(20, 5, 0, 0, unverified_flagged=0, unverified_unflagged=300)
    with pytest.raises(NotEstimable, match="needs verified positive cases, got 0"):
        begg_greenes(0, 5, 0, 50, unverified_flagged=0, unverified_unflagged=300)


def test_with_no_positive_found_among_the_audited_the_corrected_range_still_reaches_down():
    both = begg_greenes(18, 5, 0, 54, unverified_flagged=0, unverified_unflagged=146)

    assert both.sensitivity.value == 1.0
    assert both.sensitivity.low < both.naive_sensitivity.low
    assert "fewer than 10" in both.sensitivity.method


@pytest.mark.parametrize(("prevalence", "appears"), [(0.08, 0.853), (0.04, 0.807)])
def test_report_truth_makes_ninety_per_cent_appear_as_printed(prevalence, appears):
    truth = {"prevalence": prevalence, "truth_sensitivity": 0.98, "truth_specificity": 0.995}

    assert round(1 - apparent_miss_rate(0.10, 0.05, **truth), 3) == appears
    # By hand, of 10 000: negatives recorded are true ones and overlooked positives.
    true, overlooked = (1 - prevalence) * 0.995, prevalence * 0.02
    by_hand = (true * 0.05 + overlooked * 0.90) / (true + overlooked)
    assert apparent_false_flag_rate(0.10, 0.05, **truth) == pytest.approx(by_hand)
