"""The AUROC chart of a plan: what is refused, what it waits for, what its limits cost."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from surveillance.detectors import TabularCusum, two_limit_path
from surveillance.domain.auroc_design import auroc_design, batches_per_week
from surveillance.domain.auroc_steps import AurocSteps
from surveillance.domain.evaluation import evaluate
from surveillance.domain.plan_chart import Chart
from surveillance.errors import NotEstimable
from tests.domain.auroc_log import CHART, auroc_plan, scored_studies
from tests.domain.small_log import MONDAY, log, week

TITLE = "AUROC in batches of 10 positives"


def chart_of(made, studies, now):
    """Return the chart after a week."""
    return evaluate(made, log(studies), week(now).end("UTC")).charts[0]


def baseline_scores(positives=300, negatives=2700, apart=1.8):
    """Return a baseline of two normal laws."""
    rng = np.random.default_rng(91)
    truth = np.arange(positives + negatives) < positives
    return truth, rng.normal(apart * truth)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"top": {"score": "none"}}, "'batch_auroc' needs a score"),
        ({"truth": {"audit_fraction_unflagged": 0.1}}, "truth.audit_fraction_unflagged = 0.1: the weighted AUROC is"),
        ({"detector": "bernoulli_cusum"}, "'batch_auroc' is not watched by a bernoulli_cusum"),
        ({"watches": "calibration"}, "'calibration' is not watched by a tabular_cusum"),
        ({"batch_positives": 1}, "batch_positives"),
        ({"drop": 0.5}, "drop"),
        ({"reference": 0}, "reference"),
        ({"share_of_budget": {"alarm": 1.0}}, "share_of_budget.action"),
    ],
)
def test_a_plan_whose_auroc_chart_cannot_be_is_refused_with_the_reason(changes, words):
    with pytest.raises(ValueError, match=words):
        auroc_plan(**changes)


def test_the_fields_have_their_defaults_and_a_stop_may_be_recommended():
    chart = Chart.model_validate(CHART)

    assert (chart.reference, chart.drop, chart.batch_positives, chart.may_recommend_stop) == (0.5, 0.05, 10, True)


def test_until_the_baseline_is_met_the_chart_waits_and_says_for_what():
    studies = scored_studies(3)
    waiting = chart_of(auroc_plan(), studies, 5)
    assert waiting.waiting == "This chart waits for the baseline (provisional, week 6 of about 8)."
    assert waiting.title == TITLE
    assert waiting.design is None

    started = chart_of(auroc_plan(), studies, 7)
    assert (started.waiting, started.title, started.changed_from) == ("", TITLE, 0)


def test_a_baseline_without_its_positives_keeps_the_chart_waiting():
    short = {"from": MONDAY, "to": date(2026, 3, 1), "minimum_positives": 5000}
    words = chart_of(auroc_plan(top={"baseline": short}), scored_studies(3), 12).waiting

    assert "waits for the baseline (provisional: the baseline has" in words
    assert "5,000 are needed" in words


def test_a_pooled_baseline_brings_the_scores_of_every_site():
    own, other = scored_studies(3), scored_studies(4)
    pooled = replace(log(own), pooled=(log(other),))
    made = auroc_plan(top={"baseline": auroc_plan().baseline.model_copy(update={"pool_sites": True})})
    path = evaluate(made, pooled, week(8).end("UTC")).charts[0]
    both = [study for study in (*own, *other) if study.day < 56]
    truth, score = [s.truths[0][1] for s in both], [s.score for s in both]

    assert (path.design.estimated.events, path.design.estimated.studies) == (sum(truth), len(both))
    assert path.design.estimated.clinical == pytest.approx(roc_auc_score(truth, score), abs=1e-12)


@pytest.mark.parametrize(
    ("apart", "changes", "words"),
    [
        (40.0, {}, "needs"),
        (1.8, {"drop": 0.49}, "A drop of the AUROC needs to end above 0.5"),
        (1.8, {"batch_positives": 2000}, "cannot be designed from its share of the budget"),
    ],
    ids=["no overlap", "drop to chance", "too few batches"],
)
def test_a_baseline_that_gives_no_chart_is_told_as_the_reason(apart, changes, words):
    made = auroc_plan(**changes)

    with pytest.raises(NotEstimable, match=words):
        auroc_design(made, made.chart[0], "Northtown", TITLE, *baseline_scores(apart=apart))


def test_the_budget_is_spent_in_batches_of_the_sites_own_positives():
    made = auroc_plan(share_of_budget={"alarm": 0.4, "action": 0.5})
    (chart,) = made.chart
    per_week = 50 * (1 - 0.03) * 0.3 / 10  # studies less the failed ones, the positives among them, ten to a batch
    design, found = auroc_design(made, chart, "Northtown", TITLE, *baseline_scores())

    assert batches_per_week(made, chart, "Northtown") == pytest.approx(per_week)
    assert design.alarm.asked_studies == pytest.approx(365.25 / 7 * per_week / 0.4)
    assert design.action.asked_studies == pytest.approx(365.25 / 7 * per_week / (0.2 * 0.5))
    assert design.alarm.years == pytest.approx(1 / 0.4, rel=1e-6)
    assert design.alarm.delay_median == pytest.approx(found.alarm.delay_median / per_week)
    assert design.alarm.low_years < design.alarm.larger_low_years < design.alarm.years
    assert 0 < design.alarm.error_years < 0.1 * design.alarm.years
    # A chart from zero: near geometric, and never more likely to alarm early than that.
    assert 0.9 * (1 - np.exp(-0.4)) < design.alarm.chance_one_year < 1 - np.exp(-0.4)
    assert (design.alarm_limit, design.level) == (pytest.approx(found.alarm.limit, abs=2e-6), "alarm")


def test_the_same_plan_draws_the_same_design_and_another_site_its_own():
    made = auroc_plan()
    one, two, other = (
        auroc_design(made, made.chart[0], site, TITLE, *baseline_scores())[0]
        for site in ("Northtown", "Northtown", "Southtown")
    )

    assert one == two
    assert one.alarm_steps != other.alarm_steps
    assert one.alarm_limit == pytest.approx(other.alarm_limit, rel=0.05)


def test_an_unchanged_stream_alarms_as_often_as_the_printed_run_length_says():
    made = auroc_plan()
    truth, score = baseline_scores()
    design, found = auroc_design(made, made.chart[0], "Northtown", TITLE, truth, score)
    rng = np.random.default_rng(92)
    rows = rng.integers(0, len(truth), 1_500_000)
    steps = AurocSteps(0, score, found.baseline, TabularCusum(found.alarm.limit), 10)
    moves = steps.of(rows, truth[rows].astype(np.int8))
    path = two_limit_path(moves, design.alarm_steps, None, np.zeros(0, dtype=np.int64))

    batches = np.count_nonzero(moves)
    expected = batches / design.alarm.studies
    # Renewals with a run length whose deviation is close to its mean: the count's variance is close to its mean.
    assert expected > 150
    assert abs(len(path.alarms) - expected) / np.sqrt(expected) < 3.0
