"""What a limit costs where the baseline's weeks are dependent: everything stated shrinks together."""

from dataclasses import replace

import pytest

from surveillance.domain.chart_cost import Tier
from surveillance.domain.rarity import once

EXACT = Tier(
    share=1.0,
    per_year=0.1,
    asked_studies=31_000.0,
    studies=31_000.0,
    years=10.0,
    chance_one_year=0.10,
    chance_two_years=0.19,
    delay_median=2.0,
    delay_p95=4.0,
    low_years=3.0,
    larger_low_years=4.0,
)


def test_a_tenth_of_the_run_length_is_a_tenth_of_its_percentiles_too():
    found = EXACT.simulated(0.1)

    assert found.stated_years == pytest.approx(1.0)
    assert (found.low_years, found.larger_low_years) == pytest.approx((0.3, 0.4))


def test_chances_are_those_of_so_many_times_the_time():
    found = EXACT.simulated(0.1)

    # ten times as often: none in a year has the chance of none in ten, 0.9 ** 10
    assert found.stated_chance_one_year == pytest.approx(1 - 0.9**10)
    assert found.stated_chance_two_years == pytest.approx(1 - 0.81**10)
    assert EXACT.stated_chance_one_year == pytest.approx(0.10)


def test_dependence_never_lengthens_what_is_stated():
    assert EXACT.simulated(3.0).stated_years == EXACT.years
    assert EXACT.simulated(3.0).low_years == EXACT.low_years


def test_an_estimated_baseline_is_said_by_its_percentile_and_a_standard_by_its_average():
    standard = replace(EXACT, low_years=None, larger_low_years=None)

    assert once(standard) == "once in 10 years"
    assert once(EXACT) == "once in 3.0 years, or more rarely, in nine of ten such baselines"
    assert once(EXACT.simulated(0.001)) == "once in under a week, or more rarely, in nine of ten such baselines"


def test_a_standard_has_no_percentile_to_shrink():
    assert replace(EXACT, low_years=None, larger_low_years=None).simulated(0.1).low_years is None
