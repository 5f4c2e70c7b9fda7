"""What the truth's stated error alone would give, at the prevalence that a window recorded."""

import pytest

from surveillance.domain.truth_error import apparent_figures, apparent_words, truth_has_error
from surveillance.errors import NotEstimable
from tests.domain.small_log import content, plan

REPORT = {"error": {"sensitivity": 0.98, "specificity": 0.995}}


@pytest.mark.parametrize(("prevalence", "appears"), [(0.08, 0.853), (0.04, 0.807)])
def test_ninety_per_cent_appears_as_the_design_prints_at_each_prevalence(prevalence, appears):
    recorded = prevalence * 0.98 + (1 - prevalence) * 0.005  # what such reports record of that prevalence
    figures = apparent_figures(plan(truth=REPORT), recorded)

    assert (figures.true_sensitivity, figures.true_specificity) == pytest.approx((0.90, 0.95))
    assert figures.prevalence == pytest.approx(prevalence)
    assert round(figures.sensitivity, 3) == appears


def test_the_words_give_both_figures_the_prevalence_and_where_the_true_ones_come_from():
    made = plan(truth=REPORT)
    words = apparent_words(made, apparent_figures(made, 0.083)).replace("\xa0", " ")

    assert "recorded prevalence of 8.3 % that alone makes a true sensitivity of 90 % appear as 85 %" in words
    assert "the plan's acceptance values" in words


def test_without_acceptance_values_the_rates_of_the_charts_stand_in():
    figures = apparent_figures(plan(truth=REPORT, top={"acceptance": {}}), 0.083)

    assert figures.true_sensitivity == pytest.approx(0.90)
    assert figures.source == "the rates that the plan's charts accept"


def without(*watched, acceptance=None):
    """Return the plan without some of its charts."""
    charts = [c for c in content()["chart"] if c["watches"] not in watched]
    return plan(truth=REPORT, top={"acceptance": acceptance or {}, "chart": charts, "trigger": []})


def test_figures_that_the_plan_does_not_state_are_said_to_be_assumed():
    neither = apparent_figures(without("missed_positives", "false_flags"), 0.083)
    one = apparent_figures(without("false_flags"), 0.083)

    assert (neither.true_sensitivity, neither.true_specificity) == pytest.approx((0.90, 0.95))
    assert neither.source == "assumed by this product, since the plan states neither"
    assert one.source == (
        "the sensitivity from the rates that the plan's charts accept; the specificity assumed by this product, since"
        " the plan states none"
    )


def test_one_acceptance_value_counts_though_the_other_is_missing():
    accepted = {"sensitivity": {"value": 0.93, "source": "local validation"}}
    figures = apparent_figures(without("missed_positives", acceptance=accepted), 0.083)

    assert (figures.true_sensitivity, figures.true_specificity) == pytest.approx((0.93, 0.95))
    assert figures.source.startswith(
        "the sensitivity from the plan's acceptance values; the specificity from the rates"
    )


def test_a_rate_left_to_the_baseline_is_assumed_and_accepted_by_no_chart():
    charts = [
        c | ({"acceptable": "baseline"} if c["watches"] in ("missed_positives", "false_flags") else {})
        for c in content()["chart"]
    ]
    figures = apparent_figures(plan(truth=REPORT, top={"acceptance": {}, "chart": charts}), 0.083)

    assert figures.source == "assumed by this product, since the plan states neither"


def test_a_window_with_fewer_positives_than_the_errors_alone_would_record_has_no_answer():
    with pytest.raises(NotEstimable, match=r"between 0\.5.% and 98.%"):
        apparent_figures(plan(truth=REPORT), 0.004)


def test_a_truth_no_better_than_chance_has_no_answer():
    with pytest.raises(NotEstimable, match="better than chance"):
        apparent_figures(plan(truth={"error": {"sensitivity": 0.4, "specificity": 0.6}}), 0.3)


def test_only_a_stated_error_counts_as_one():
    assert not truth_has_error(plan())
    assert truth_has_error(plan(truth=REPORT))
