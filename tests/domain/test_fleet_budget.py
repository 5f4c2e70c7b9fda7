"""The budget over many deployments: sums by hand, exact chances against the exponential, and the true share."""

import numpy as np
import pytest

from surveillance.domain.chart_design import rate_design
from surveillance.domain.fleet_budget import ChartCosts, fleet_tier, true_share
from surveillance.errors import NotEstimable
from tests.domain.small_log import plan


def test_rates_add_and_chances_join_by_hand():
    charts = ChartCosts(np.array([0, 0, 2]), np.array([4.0, 4.0, 10.0]), np.array([0.4, 0.4, 0.18]))
    found = fleet_tier(charts, 3)

    assert found.per_year.tolist() == pytest.approx([0.5, 0.0, 0.1])
    assert found.chance.tolist() == pytest.approx([0.64, 0.0, 0.18])
    assert found.total_per_year == pytest.approx(0.6)
    assert found.total_chance == pytest.approx(1 - 0.36 * 0.82)


def test_a_department_of_180_charts_at_370_weeks_has_25_false_alarms_a_year():
    # statistics.md 2.3: 3 models x 5 sites x 4 subgroups x 3 metrics
    charts = ChartCosts(np.arange(180), np.full(180, 370 * 7 / 365.25), np.full(180, 0.1))

    assert fleet_tier(charts, 180).total_per_year == pytest.approx(25, rel=0.02)


def test_one_recommendation_in_ten_years_against_a_fault_in_three_is_true_ten_times_in_thirteen():
    assert true_share(1 / 3, 1 / 10) == pytest.approx(10 / 13)
    with pytest.raises(NotEstimable, match="got none"):
        true_share(1 / 3, 0.0)


def test_the_exact_chance_within_two_years_is_a_little_below_the_exponential_one():
    made = plan()
    for chart in made.chart[:3]:
        tier = rate_design(made, chart, "Northtown").alarm
        exponential = 1 - np.exp(-2 / tier.years)
        assert exponential - 0.02 < tier.chance_two_years < exponential
        assert tier.chance_one_year < tier.chance_two_years


def test_no_chart_costs_nothing():
    nothing = ChartCosts(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))
    assert fleet_tier(nothing, 2).total_per_year == 0.0
    assert fleet_tier(nothing, 2).total_chance == 0.0
