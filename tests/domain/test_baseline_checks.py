"""What a met baseline says of independence, and the run length that may then be claimed."""

from dataclasses import asdict

import numpy as np
import pytest

from surveillance.domain.baseline_checks import with_check
from surveillance.domain.baseline_sample import Sample
from surveillance.domain.chart_design import rate_design, risk_designs
from tests.domain.small_log import plan


def sample(rates, studies=25, seed=1):
    """Return a baseline whose weeks have these rates."""
    rng = np.random.default_rng(seed)
    week = np.repeat(np.arange(len(rates)), studies)
    risk = np.full(len(week), 0.1)
    return Sample(week, rng.random(len(week)) < np.repeat(rates, studies), risk)


def design():
    made = plan()
    return rate_design(made, made.chart[0], "Northtown")


def test_independent_weeks_leave_the_run_length_exact():
    found = with_check(design(), sample(np.full(43, 0.1)), "plan/1/Northtown")

    assert not found.check.found
    assert found.alarm.simulated_years is None
    assert found.alarm_years == found.alarm.years


def test_weeks_that_come_in_waves_shorten_what_is_claimed_in_both_tiers():
    waves = np.tile(np.repeat([0.03, 0.20], 4), 6)
    found = with_check(design(), sample(waves), "plan/1/Northtown")

    assert found.check.spread
    assert found.alarm_years == found.alarm.simulated_years < 0.7 * found.alarm.years
    assert found.action_years == found.action.simulated_years < found.action.years
    assert found.alarm.stated_chance_two_years > found.alarm.chance_two_years


def test_a_level_other_than_the_standard_is_no_reason_to_simulate():
    assert not with_check(design(), sample(np.full(43, 0.05)), "plan/1/Northtown").check.found


def test_the_same_baseline_gives_the_same_answer_and_a_small_one_says_why_there_is_none():
    one, two = (with_check(design(), sample(np.full(43, 0.1)), "plan/1/Northtown") for _ in range(2))
    assert asdict(one) == asdict(two)

    none = with_check(design(), sample(np.full(6, 0.1)), "plan/1/Northtown")
    assert "needs 13 weeks" in none.check.why
    assert not none.check.found


@pytest.mark.parametrize("ratio", [2.0, 0.5])
def test_a_risk_adjusted_chart_is_checked_about_its_predicted_risk(ratio):
    made = plan()
    chart = next(c for c in made.chart if c.watches == "calibration").model_copy(update={"odds_ratios": (ratio,)})
    (one,) = risk_designs(made, chart, "Northtown", np.full(200, 0.1), "risk mix of the baseline")
    waves = np.tile(np.repeat([0.03, 0.20], 4), 6)

    assert not with_check(one, sample(np.full(43, 0.1)), "plan/1/Northtown").check.found
    found = with_check(one, sample(waves), "plan/1/Northtown")
    assert found.check.found
    assert found.alarm.simulated_years < found.alarm.years
