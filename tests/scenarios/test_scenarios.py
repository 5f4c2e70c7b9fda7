"""The promises of the surveillance on logs whose hidden truth is known: 200 seeds each in `make validate`."""

import pytest
from scipy.stats import binom, binomtest

from surveillance.synthetic import SCENARIOS
from tests.scenarios.conftest import FULL
from tests.scenarios.findings import poisson_range
from tests.scenarios.play import deciding, plan_for

FAULTS = [name for name, scenario in SCENARIOS.items() if scenario.harms_performance]
CONTROLS = ["ich-stable", "ich-stable-full", "lvo-stable"]
A_YEAR = 365.25 / 7


def at_least(share, n):
    """Return how many of n a share demands: all of it in the full set, less a binomial error with a few seeds."""
    return share * n if n >= FULL else binom.ppf(1e-3, n, share)


def within_budget(count, exposure, rate):
    """Say whether the lower 95 % bound of a rate does not exceed what the plan allows."""
    return poisson_range(count, exposure, confidence=0.90)[0] <= rate


def recommended(plan):
    """Return the recommendations that the plan's budget allows in 104 weeks, by the shares of charts that run here."""
    shares = sum(chart.share_of_budget.action for chart in deciding(plan))
    return plan.budget.recommendations_per_year * shares * 104 / A_YEAR


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_harms_performance_alarms_by_its_own_chart_within_the_95th_percentile_and_the_label_lag(
    name, logs, found
):
    finding = found(name, logs)

    assert finding.weeks > finding.scenario.onset_week + finding.deadline  # the logs run past it
    assert finding.in_time >= at_least(0.90, len(finding.plays))


@pytest.mark.parametrize("name", CONTROLS)
def test_controls_make_no_more_recommendations_than_the_budget(name, logs, found):
    finding = found(name, logs)

    assert within_budget(finding.recommendations, finding.periods, recommended(plan_for(finding.scenario)))


@pytest.mark.parametrize("name", CONTROLS)
def test_controls_raise_no_more_alarms_than_the_budget(name, logs, found):
    finding = found(name, logs)
    plan = plan_for(finding.scenario)
    shares = sum(chart.share_of_budget.alarm for chart in deciding(plan))

    assert within_budget(finding.alarms(), finding.periods, plan.budget.alarms_per_year * shares * 104 / A_YEAR)


def test_a_fall_of_prevalence_alone_makes_no_more_recommendations_than_a_control(logs, found):
    fall, control = found("ich-prevalence-fall-adjudicated", logs), found("ich-stable-full", logs)
    both = fall.recommendations + control.recommendations

    assert fall.periods == control.periods
    assert both == 0 or binomtest(fall.recommendations, both, 0.5, alternative="greater").pvalue > 0.05


def test_a_fall_of_prevalence_with_report_truth_is_watched_and_recommends_no_more_than_an_unchanged_ai(logs, found):
    finding = found("ich-prevalence-fall-report", logs)
    plan = plan_for(finding.scenario)
    shares = sum(chart.share_of_budget.alarm for chart in deciding(plan))

    assert within_budget(finding.recommendations, finding.periods, recommended(plan))
    assert within_budget(finding.alarms(), finding.periods, plan.budget.alarms_per_year * shares * 104 / A_YEAR)
    assert finding.heard("calibration", "watch") >= at_least(0.90, len(finding.plays))
    assert finding.heard("calibration", "alarm") == 0


@pytest.mark.parametrize("name", ["ich-prevalence-fall-report", "ich-prevalence-fall-adjudicated"])
def test_the_sentence_of_a_watch_names_prevalence_and_the_label_source(name, logs, found):
    said = [words for play in found(name, logs).plays for words in play.watch_words]

    assert said
    assert all("prevalence" in words and "label source" in words for words in said)
    assert all("no reason to stop" in words for words in said)


def test_late_outcomes_are_called_overdue_and_recommend_no_more_than_an_unchanged_ai(logs, found):
    finding = found("ich-label-delay", logs)
    plan = plan_for(finding.scenario)

    assert all(play.overdue > 0 for play in finding.plays)
    assert all(play.other_facts == 0 for play in finding.plays)
    assert within_budget(finding.recommendations, finding.periods, recommended(plan))


def test_a_shifted_score_scale_is_watched_and_recommends_no_more_than_an_unchanged_ai(logs, found):
    finding = found("ich-score-shift", logs)
    plan = plan_for(finding.scenario)

    assert finding.heard("calibration", "watch") >= at_least(0.90, len(finding.plays))
    assert finding.heard("calibration", "alarm") == 0
    assert within_budget(finding.recommendations, finding.periods, recommended(plan))


@pytest.mark.parametrize("name", SCENARIOS)
def test_only_charts_that_may_recommend_ever_do(name, logs, found):
    finding = found(name, logs)
    may = {chart.watches for chart in deciding(plan_for(finding.scenario))}

    assert {chart for play in finding.plays for chart, _ in play.recommendations} <= may


def test_every_scenario_that_ships_is_played():
    assert {*FAULTS, *CONTROLS} | {
        "ich-prevalence-fall-adjudicated",
        "ich-prevalence-fall-report",
        "ich-label-delay",
        "ich-score-shift",
    } == set(SCENARIOS)
