"""Wilson's interval against R's prop.test, and verification bias against the printed example."""

import pytest

from surveillance.kernels import wilson_interval
from surveillance.metrics import proportion_estimate, sensitivity_audited, specificity_audited, wilson


def test_wilson_agrees_with_prop_test(reference):
    case = reference("binomial_intervals")
    counts = [(row["x"], row["n"]) for row in case.expected["rows"]]
    entry = case.expected["wilson"]
    expected_low, expected_high = zip(*entry["value"], strict=True)

    for low, high in (wilson(*zip(*counts, strict=True)), wilson_interval(*zip(*counts, strict=True))):
        assert low == pytest.approx(list(expected_low), abs=entry["atol"])
        assert high == pytest.approx(list(expected_high), abs=entry["atol"])


def test_no_interval_is_of_zero_width(reference):
    rows = reference("binomial_intervals").expected["rows"]

    estimates = [proportion_estimate(row["x"], row["n"], positives=row["n"]) for row in rows]

    assert all(estimate.low < estimate.high for estimate in estimates)


def test_begg_and_greenes_correction_of_the_liver_scan_study(reference, agrees):
    """Both strata are verified in part; only the ratio of the two fractions matters."""
    case = reference("verification_bias_begg_greenes")
    seen = case.inputs["params"]["verified"]
    unseen = case.inputs["params"]["unverified"]
    flagged, unflagged = seen["TP"] + seen["FP"], seen["FN"] + seen["TN"]
    fraction = (unflagged / (unflagged + unseen["test_neg"])) / (flagged / (flagged + unseen["test_pos"]))

    assert agrees(sensitivity_audited(seen["TP"], seen["FN"], fraction).value, case.expected["bg_sens"])
    assert agrees(specificity_audited(seen["FP"], seen["TN"], fraction).value, case.expected["bg_spec"])
    assert agrees(sensitivity_audited(seen["TP"], seen["FN"], 1.0).value, case.expected["naive_sens"])
    assert agrees(specificity_audited(seen["FP"], seen["TN"], 1.0).value, case.expected["naive_spec"])
