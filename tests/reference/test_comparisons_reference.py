"""Comparisons and score shift against R (pROC 1.18.0, stats, p.adjust), through the public API."""

import numpy as np
import pytest

from surveillance.metrics import (
    auroc,
    auroc_difference,
    auroc_unpaired_difference,
    benjamini_hochberg,
    funnel_limits,
    kolmogorov_smirnov,
    population_stability_index,
    wasserstein,
)


@pytest.mark.parametrize("pair", ["s100b_vs_wfns", "s100b_vs_ndka", "wfns_vs_ndka"])
def test_paired_comparison_agrees_with_proc_on_subarachnoid_haemorrhage(shared_reference, agrees, pair):
    case = shared_reference("auc_asah")
    truth, expected = case.numbers("y"), case.expected["paired"][pair]
    a, b = (case.numbers(marker) for marker in pair.split("_vs_"))

    result = auroc_difference(truth, a, b)

    variances = auroc(truth, a).standard_error ** 2 + auroc(truth, b).standard_error ** 2
    assert agrees(result.difference, expected["diff"])
    assert agrees((variances - result.standard_error**2) / 2, expected["cov"])
    assert agrees(result.difference / result.standard_error, expected["z"])
    assert agrees(result.p_value, expected["p_two_sided"])


@pytest.mark.parametrize(("reference_law", "p"), [("normal", "p_normal"), ("t", "pROC_p")])
def test_two_windows_agree_with_proc(reference, agrees, reference_law, p):
    case = reference("auc_two_windows_unpaired")
    before = case.columns["window"] == "baseline"
    truth, score, expected = case.numbers("y"), case.numbers("score"), case.expected

    result = auroc_unpaired_difference(
        truth[before], score[before], truth[~before], score[~before], reference=reference_law
    )

    assert agrees(result.difference, expected["diff"])
    assert agrees(result.standard_error, expected["se_diff"])
    assert agrees(result.difference / result.standard_error, expected["z_normal"])
    assert result.p_value == pytest.approx(expected[p]["value"], rel=1e-8)
    if reference_law == "t":
        assert f"{expected['pROC_df']['value']:.1f} degrees of freedom" in result.method


@pytest.mark.parametrize("target", [0.05, 0.12])
def test_funnel_limits_agree_with_binomial_quantiles_of_r(reference, target):
    case = reference("funnel_limits")
    rows, tolerance = case.expected["rows"], case.expected["tolerance"]
    n = np.array([row["n"] for row in rows])

    for confidence, lower, upper in ((0.95, 0.025, 0.975), (0.998, 0.001, 0.999)):
        limits = funnel_limits(target, n, confidence)
        assert limits.low == pytest.approx([row[f"th{target}_q{lower}"] for row in rows], abs=tolerance)
        assert limits.high == pytest.approx([row[f"th{target}_q{upper}"] for row in rows], abs=tolerance)


def test_false_discovery_agrees_with_the_example_of_its_paper(reference, agrees):
    case = reference("fdr_benjamini_hochberg_1995")
    p_values = case.inputs["params"]["p"]

    adjusted = benjamini_hochberg(p_values)

    assert agrees(adjusted.adjusted, case.expected["BH"])
    assert agrees(benjamini_hochberg(p_values, any_dependence=True).adjusted, case.expected["BY"])
    assert int(adjusted.found.sum()) == case.expected["rejections_q05"]["published"][0]


@pytest.mark.parametrize("name", ["null", "shift", "small"])
def test_score_shift_agrees_with_r(reference, agrees, name):
    case = reference("two_sample_scores")
    expected = case.expected[name]
    first, current = (scores_of(case, file) for file in ("ref", name))
    first = first[: expected["n"][0]]  # "small" has the first 40 rows of the reference
    shift = population_stability_index(first, current)
    gap = kolmogorov_smirnov(first, current, by="asymptotic")

    assert [shift.n_reference, shift.n_current] == expected["n"]
    assert agrees(shift.value, expected["psi_reference_deciles_floor1e4"])
    assert shift.empty == expected["n_empty"]
    assert agrees(gap.value, expected["ks_D"])
    assert agrees(gap.p_value, expected["ks_p_asymptotic"])
    assert agrees(wasserstein(first, current).value, expected["wasserstein1"])
    if expected["ks_p_exact"] is not None:
        assert agrees(kolmogorov_smirnov(first, current).p_value, expected["ks_p_exact"])
    if expected["psi_reference_deciles"]["value"] is not None:
        assert shift.empty == 0  # unfloored and floored agree where no bin is empty
        assert agrees(shift.value, expected["psi_reference_deciles"])


def scores_of(case, file):
    """Return one of the four columns of scores: they share a name, so each is read from its own file."""
    import csv
    from pathlib import Path

    with (Path(__file__).parent / case.inputs["csv"][file]).open(encoding="utf-8", newline="") as lines:
        return np.array([float(row["score"]) for row in csv.DictReader(lines)])
