"""The rates a chart really sees: the plan's, carried through an imperfect truth and a partial audit."""

import numpy as np
import pytest

from surveillance.domain.chart_design import rate_design
from surveillance.domain.verification import stream_rates, verified_per_week
from tests.domain.small_log import plan

REPORT = {"sensitivity": 0.98, "specificity": 0.995}


def rates(watches, *, truth=None, top=None):
    """Return what the chart of the bleed template sees under changes."""
    made = plan(truth=truth, top=top)
    chart = next(c for c in made.chart if c.watches == watches)
    return stream_rates(made, chart, "Northtown")


def test_at_a_tenth_audited_a_tenth_missed_is_one_in_ninety_of_the_verified():
    seen = rates("missed_positives", truth={"audit_fraction_unflagged": 0.10})

    assert round(seen.in_control, 3) == 0.011  # DESIGN, section 5
    assert round(seen.out_of_control, 3) == 0.024
    assert seen.in_control == pytest.approx(1 / 91)
    assert seen.out_of_control == pytest.approx(2 / 82)


def test_with_everything_verified_the_rates_are_the_plans_own():
    seen = rates("missed_positives")

    assert (seen.in_control, seen.out_of_control) == pytest.approx((0.10, 0.20))


@pytest.mark.parametrize(("prevalence", "sensitivity"), [(0.08, 0.853), (0.04, 0.807)])
def test_report_truth_alone_lowers_apparent_sensitivity_as_prevalence_falls(prevalence, sensitivity):
    volume = {"studies": 280, "prevalence": prevalence}
    seen = rates("missed_positives", truth={"error": REPORT}, top={"expected_per_week": volume})

    assert round(1 - seen.in_control, 3) == sensitivity  # DESIGN, section 5


def test_the_charts_are_designed_for_the_lowest_prevalence_the_plan_declares():
    volume = {"studies": 280, "prevalence": 0.08, "lowest_prevalence": 0.04}
    seen = rates("missed_positives", truth={"error": REPORT}, top={"expected_per_week": volume})

    assert round(1 - seen.in_control, 3) == 0.807


def test_an_imperfect_truth_costs_delay_and_the_design_says_so():
    perfect, imperfect = plan(), plan(truth={"error": REPORT})

    assert (
        rate_design(imperfect, imperfect.chart[0], "Northtown").delay_median
        > rate_design(perfect, perfect.chart[0], "Northtown").delay_median
    )


def test_failures_need_no_truth_and_are_not_translated():
    seen = rates("technical_failures", truth={"audit_fraction_unflagged": 0.10, "error": REPORT})

    assert (seen.in_control, seen.out_of_control, seen.events_per_week) == (0.03, 0.08, 280)


def test_a_site_has_its_own_volume():
    volume = {"studies": 280, "prevalence": 0.08, "by_site": {"Northtown": 140}}
    assert rates("technical_failures", top={"expected_per_week": volume}).events_per_week == 140


@pytest.mark.parametrize("fraction", [1.0, 0.25, 0.10])
def test_rates_and_volumes_are_those_of_simulated_studies(fraction):
    rng = np.random.default_rng(7)
    weeks, n = 40_000, 280 * 40_000
    processed = rng.random(n) >= 0.03
    truth = rng.random(n) < 0.08
    flagged = np.where(truth, rng.random(n) >= 0.10, rng.random(n) < 0.05)
    verified = processed & (flagged | (rng.random(n) < fraction))
    truths = {"audit_fraction_unflagged": fraction}
    missed, false = rates("missed_positives", truth=truths), rates("false_flags", truth=truths)
    positive, negative = verified & truth, verified & ~truth

    assert missed.in_control == pytest.approx((positive & ~flagged).sum() / positive.sum(), rel=0.02)
    assert false.in_control == pytest.approx((negative & flagged).sum() / negative.sum(), rel=0.02)
    assert missed.events_per_week == pytest.approx(positive.sum() / weeks, rel=0.01)
    assert false.events_per_week == pytest.approx(negative.sum() / weeks, rel=0.01)
    assert verified_per_week(plan(truth=truths), "Northtown") == pytest.approx(verified.sum() / weeks, rel=0.01)
