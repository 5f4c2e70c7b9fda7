"""Weekly AUROC against its baseline, and the charts of it, against pROC 1.18.0 and base R."""

import numpy as np
import pytest

from surveillance.detectors import Ewma, TabularCusum
from surveillance.kernels import auroc_windows
from surveillance.metrics import auroc, baseline_auroc, hanley_mcneil_variance


@pytest.fixture
def case(reference):
    return reference("weekly_auroc_a")


@pytest.fixture
def baseline(case):
    inside = case.numbers("week") <= 20
    return baseline_auroc(case.numbers("y")[inside], case.numbers("score")[inside])


def column(case, name):
    return np.array([row[name] for row in case.expected["weekly"]["rows"]], dtype=float)


def weekly(case, first=1):
    """Return AUROC, DeLong variance and counts of each week from the first one of the table."""
    week = case.numbers("week")
    edges = np.searchsorted(week, np.arange(first, first + len(case.expected["weekly"]["rows"]) + 1))
    return auroc_windows(case.numbers("y") == 1, case.numbers("score"), edges)


def test_baseline_and_its_variance(case, baseline, agrees):
    assert agrees(baseline.auroc.value, case.expected["baseline_auc"])
    assert agrees(baseline.auroc.standard_error**2, case.expected["baseline_delong_var"])
    parts = case.inputs["params"]["baseline"]
    assert (baseline.auroc.positives, baseline.auroc.n - baseline.auroc.positives) == (parts["M"], parts["N"])
    assert baseline.z11 == pytest.approx(parts["S11"], abs=1e-13)
    z10 = (parts["S10"] - parts["S11"] / parts["N"]) / (1.0 - 1.0 / parts["N"])
    z01 = (parts["S01"] - parts["S11"] / parts["M"]) / (1.0 - 1.0 / parts["M"])
    assert (baseline.z10, baseline.z01) == pytest.approx((z10, z01), abs=1e-13)


def test_each_week_and_its_variance_under_no_change(case, baseline):
    tolerance = case.expected["weekly"]["tolerance"]
    area, variance, positives, negatives = weekly(case)

    assert positives.tolist() == column(case, "n_pos").tolist()
    assert negatives.tolist() == column(case, "n_neg").tolist()
    assert area == pytest.approx(column(case, "auc"), abs=tolerance)
    assert variance == pytest.approx(column(case, "delong_var"), abs=tolerance)
    assert baseline.variance(positives, negatives) == pytest.approx(column(case, "h0_var_ustat"), abs=tolerance)
    assert baseline.standardise(area, positives, negatives) == pytest.approx(column(case, "z"), abs=tolerance)


def test_the_large_sample_and_the_planning_variance(case, baseline):
    tolerance = case.expected["weekly"]["tolerance"]
    parts = case.inputs["params"]["baseline"]
    area, _, positives, negatives = weekly(case)
    counts = list(zip(positives.tolist(), negatives.tolist(), strict=True))

    planning = np.array([hanley_mcneil_variance(baseline.auroc.value, m, n) for m, n in counts])
    assert planning == pytest.approx(column(case, "h0_var_hm"), abs=tolerance)
    assert (area - baseline.auroc.value) / np.sqrt(planning) == pytest.approx(column(case, "z_hm"), abs=tolerance)

    # S10 / m + S01 / n is what is left of the exact variance when the single pair's own part is taken out.
    simple = parts["S10"] / positives + parts["S01"] / negatives
    assert simple == pytest.approx(column(case, "h0_var_simple"), abs=tolerance)
    assert baseline.variance(positives, negatives) == pytest.approx(simple, rel=0.02)


def test_rolling_four_weeks_are_for_the_eye(case):
    week = case.numbers("week")
    for row in case.expected["weekly"]["rows"]:
        if row["rolling4_auc"] is not None:
            inside = (week > row["week"] - 4) & (week <= row["week"])
            estimate = auroc(case.numbers("y")[inside], case.numbers("score")[inside])
            assert estimate.value == pytest.approx(row["rolling4_auc"], abs=1e-9)
            assert estimate.standard_error**2 == pytest.approx(row["rolling4_delong_var"], abs=1e-9)


def standardised(case, baseline):
    """Return z of weeks 21 to 60, which the charts follow."""
    area, _, positives, negatives = weekly(case)
    week = column(case, "week")
    return baseline.standardise(area, positives, negatives)[(week > 20) & (week <= 60)]


def test_cusum_path_and_first_signal(case, baseline, agrees):
    z = standardised(case, baseline)

    assert agrees(TabularCusum(1e6).run(z).statistic, case.expected["cusum_lower_k0.5"])
    first = int(TabularCusum(4.0).run(z).signals[0]) + 21
    assert first == case.expected["first_week_cusum_gt_4"]


def test_ewma_path_limits_and_first_signal(case, baseline, agrees):
    z = standardised(case, baseline)
    endless = Ewma(1e6, 0.1, "lower")
    chart = Ewma(2.7, 0.1, "lower", widening=True)

    assert agrees(endless.run(z).statistic, case.expected["ewma_lambda0.1"])
    assert agrees(-chart.limits(len(z)), case.expected["ewma_lower_limit_L2.7_vacl"])
    assert int(chart.run(z).signals[0]) + 21 == case.expected["first_week_ewma_below"]
