"""The limits of the EWMA of batch AUROC: run length, delay, tenth percentile, and what a plan may say."""

import numpy as np
import pytest

from surveillance.detectors import Ewma
from surveillance.detectors.ewma_two_limits import ewma_walk
from surveillance.domain.auroc_batches import auroc_batches
from surveillance.domain.auroc_design import auroc_design, batches_per_week
from surveillance.domain.auroc_limits import auroc_chart_design
from surveillance.domain.baseline_error import guaranteed_run_length
from surveillance.domain.plan_chart import Chart
from tests.domain.auroc_log import CHART, auroc_plan
from tests.domain.test_auroc_chart import binormal_grid, stream
from tests.domain.test_auroc_design import TITLE, baseline_scores


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"weight": 0.0}, "weight"),
        ({"weight": 1.5}, "weight"),
        ({"watches": "false_flags"}, "'false_flags' is not watched by a ewma"),
        ({"top": {"score": "none"}}, "'batch_auroc' needs a score"),
        ({"truth": {"audit_fraction_unflagged": 0.1}}, "truth.audit_fraction_unflagged = 0.1"),
    ],
)
def test_a_plan_whose_chart_cannot_be_is_refused_with_the_reason(changes, words):
    with pytest.raises(ValueError, match=words):
        auroc_plan(**({"detector": "ewma"} | changes))


def test_two_averages_of_the_same_batches_are_refused():
    one = CHART | {"detector": "ewma", "share_of_budget": {"alarm": 0.3, "action": 0.3}}

    with pytest.raises(ValueError, match="each thing is watched by one chart, and 'batch_auroc:ewma' by 2"):
        auroc_plan(top={"chart": [one, one | {"weight": 0.3}]})


def test_a_trigger_on_the_auroc_stands_where_one_of_its_two_charts_may_recommend():
    alarm_only = CHART | {"detector": "ewma", "share_of_budget": {"alarm": 0.5}, "may_recommend_stop": False}
    able = CHART | {"share_of_budget": {"alarm": 0.5, "action": 1.0}}
    trigger = {
        "when": "action limit crossed", "on": ["batch_auroc"], "then": "recommend stop-use", "answer_within_hours": 48,
    }  # fmt: skip

    assert len(auroc_plan(top={"chart": [able, alarm_only], "trigger": [trigger]}).chart) == 2
    with pytest.raises(ValueError, match="may not recommend a stop"):
        auroc_plan(top={"chart": [alarm_only], "trigger": [trigger]})


def test_the_weight_has_its_default():
    assert Chart.model_validate(CHART | {"detector": "ewma"}).weight == 0.1


@pytest.mark.parametrize(("batch_positives", "share", "cases"), [(10, 0.1, 1_600_000), (20, 0.2, 1_600_000)])
def test_run_length_is_that_of_simulated_streams(batch_positives, share, cases):
    rng = np.random.default_rng(300 + batch_positives)
    truth, score = binormal_grid(1000, round(1000 * (1 - share) / share))
    design = auroc_chart_design(
        truth, score, alarm_run_length=60, action_run_length=None, batch_positives=batch_positives, weight=0.1, rng=rng
    )

    batches = auroc_batches(*stream(rng, score[truth], score[~truth], cases, share), batch_positives=batch_positives)
    lengths = np.diff(design.alarm_chart.run(batches.z(design.baseline)).signals)

    error = np.hypot(lengths.std() / np.sqrt(len(lengths)), design.alarm.run_length_error)
    assert len(lengths) > 200
    assert design.alarm.run_length == pytest.approx(60, rel=1e-6)
    assert abs(lengths.mean() - design.alarm.run_length) < 3.5 * error
    # A few positives give a skewed AUROC: the normal table's limit would be passed more often than it says.
    assert design.alarm.limit > Ewma.design(weight=0.1, run_length=60).width


def test_the_delay_after_the_planned_drop_is_that_of_simulated_streams():
    rng = np.random.default_rng(305)
    truth, score = binormal_grid(1000, 9000)
    design = auroc_chart_design(
        truth, score, alarm_run_length=200, action_run_length=1000, weight=0.1, drop=0.10, rng=rng
    )
    apart = 0.9843  # two normal laws this far apart have an AUROC of .7567, .10 below that of the baseline
    delays = []
    for _ in range(400):
        fallen = rng.random(3000) < 0.1
        batches = auroc_batches(fallen, rng.normal(apart * fallen))
        z = -batches.z(design.baseline)
        path = ewma_walk(z, np.arange(len(z)), len(z), 0.1, design.alarm_steps, None, np.zeros(0, dtype=np.int64))
        delays.append(int(path.alarms[0]) + 1)

    assert np.median(delays) == pytest.approx(design.alarm.delay_median, abs=1)
    found = np.mean(np.array(delays) <= design.alarm.delay_p95)
    assert abs(found - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 400) + 0.02  # a delay is a whole number of batches
    assert design.chart.worth_detecting == pytest.approx(0.10 / np.sqrt(design.baseline.variance(10, 90)), rel=0.05)


def test_baselines_on_which_the_chart_never_alarms_leave_the_tenth_percentile_what_it_is():
    """A law: where the run length falls as exp(-offset), the percentile is that of the offsets, read from above."""
    z, offset = np.random.default_rng(306).normal(size=5000), np.random.default_rng(307).normal(size=4000)

    def run_length(moved):
        return np.inf if moved.mean() > 1.5 else 100.0 * np.exp(moved.mean())

    found = guaranteed_run_length((z - z.mean()) / z.std(), run_length, offset, np.zeros(4000))

    assert found == pytest.approx(100.0 * np.exp(-np.quantile(offset, 0.9)), rel=0.02)


def test_the_budget_is_spent_in_batches_and_the_percentile_counts_the_baselines_own_error():
    made = auroc_plan(detector="ewma", share_of_budget={"alarm": 0.4, "action": 0.5})
    (chart,) = made.chart
    design, found = auroc_design(made, chart, "Northtown", TITLE, *baseline_scores())

    per_week = batches_per_week(made, chart, "Northtown")
    assert (design.detector, design.weight) == ("ewma", 0.1)
    assert design.alarm.years == pytest.approx(1 / 0.4, rel=1e-6)
    assert design.action.years == pytest.approx(1 / (0.2 * 0.5), rel=1e-6)
    assert design.alarm.delay_median == pytest.approx(found.alarm.delay_median / per_week)
    assert design.alarm.low_years < design.alarm.larger_low_years < design.alarm.years
    assert 0 < design.alarm.error_years < 0.1 * design.alarm.years
    assert design.alarm_limit == pytest.approx(found.alarm.limit, abs=1e-4)
