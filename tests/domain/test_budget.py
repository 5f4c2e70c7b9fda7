"""The false-alarm budget: years and events by hand, and rates that add up over charts and tiers."""

import pytest

from surveillance.domain.budget import line
from surveillance.domain.chart_design import rate_design
from surveillance.domain.plan import load_plan, plan_template
from tests.domain.small_log import plan

WEEKS = 365.25 / 7


def test_a_chart_with_two_fifths_of_one_alarm_a_year_alarms_every_two_and_a_half_years():
    budget = line(1.0, 0.4, 21.7)

    assert budget.years == pytest.approx(2.5)
    assert budget.events == pytest.approx(2.5 * WEEKS * 21.7)


def test_half_of_one_recommendation_in_ten_years_is_one_in_twenty():
    assert line(0.1, 0.5, 10.0).years == pytest.approx(20.0)


@pytest.mark.parametrize("template", ["ich-triage", "lvo-triage", "flags-only"])
def test_the_rates_of_all_charts_together_stay_within_the_budget(template):
    made = load_plan(plan_template(template))
    alarms = actions = 0.0
    for chart in made.chart:
        if chart.detector != "bernoulli_cusum":
            alarms += made.budget.alarms_per_year * chart.share_of_budget.alarm
            continue
        design = rate_design(made, chart, made.sites[0])
        alarms += 1 / design.alarm_years
        actions += 1 / design.action_years if design.action_years else 0.0

    assert alarms <= made.budget.alarms_per_year
    assert actions <= made.budget.recommendations_per_year


def test_a_second_year_of_patience_never_lowers_a_limit():
    made = plan()
    slow = plan(top={"budget": {"alarms_per_year": 0.5, "recommendations_per_year": 0.05}})
    for quick_chart, slow_chart in zip(made.chart[:3], slow.chart[:3], strict=True):
        quick, patient = (rate_design(p, c, "Northtown") for p, c in ((made, quick_chart), (slow, slow_chart)))
        assert patient.alarm_steps >= quick.alarm_steps
        assert patient.action_steps >= quick.action_steps
        assert patient.delay_p95 >= quick.delay_p95
