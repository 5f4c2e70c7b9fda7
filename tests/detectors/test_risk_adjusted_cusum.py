"""Risk-adjusted CUSUM: the rounded chart's chain against simulation, and its state as a value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.detectors import RiskAdjustedCusum, two_limit_path
from surveillance.errors import NotEstimable

RISK = np.random.default_rng(6).beta(1.0, 9.0, 2000)
CASES = st.lists(st.tuples(st.booleans(), st.floats(0.0, 1.0)), max_size=200)


def simulated_run_length(chart, true_odds_ratio, runs, seed):
    """Run the chart itself on a long stream and take the distances between its signals."""
    rng = np.random.default_rng(seed)
    risk = rng.choice(RISK, runs)
    truth = rng.random(runs) < true_odds_ratio * risk / (1.0 - risk + true_odds_ratio * risk)
    lengths = np.diff(chart.run(truth, risk).signals)
    return lengths.mean(), lengths.std() / np.sqrt(len(lengths))


@pytest.mark.parametrize("steps", [16, None])
@pytest.mark.parametrize(("odds_ratio", "true"), [(2.0, 1.0), (2.0, 2.0), (0.5, 0.5)])
def test_run_length_agrees_with_simulation(steps, odds_ratio, true):
    chart = RiskAdjustedCusum.design(risk=RISK, odds_ratio=odds_ratio, run_length=400, steps=steps)

    mean, error = simulated_run_length(chart, true, 600_000, seed=17)

    assert abs(chart.run_length(RISK, true) - mean) < 3.5 * error + 0.003 * mean


def test_design_on_a_lattice_keeps_the_run_length_and_is_the_smallest():
    chart = RiskAdjustedCusum.design(risk=RISK, odds_ratio=2.0, run_length=2000, steps=64)
    lower = RiskAdjustedCusum(chart.limit - 1.0 / 64, 2.0, 64)

    assert chart.run_length(RISK) >= 2000
    assert lower.run_length(RISK) < 2000


@pytest.mark.parametrize("odds_ratio", [2.0, 0.5, 1.5])
@pytest.mark.parametrize("run_length", [300, 2000, 50_000])
def test_design_on_real_weights_keeps_the_run_length_and_wastes_little(odds_ratio, run_length):
    chart = RiskAdjustedCusum.design(risk=RISK, odds_ratio=odds_ratio, run_length=run_length)

    assert run_length <= chart.run_length(RISK) <= 1.02 * run_length


def test_distribution_and_delays_belong_together():
    chart = RiskAdjustedCusum.design(risk=RISK, odds_ratio=2.0, run_length=1000, steps=64)
    median = chart.delay_quantile(RISK, 0.5, 2.0)

    assert chart.run_length_distribution(RISK, median, 2.0) >= 0.5
    assert chart.run_length_distribution(RISK, median - 1, 2.0) < 0.5
    assert median < chart.delay_quantile(RISK, 0.95, 2.0) < chart.delay_quantile(RISK, 0.95)


@given(CASES, st.integers(0, 200), st.sampled_from([None, 32]))
def test_half_and_half_is_the_whole(cases, cut, steps):
    chart = RiskAdjustedCusum(odds_ratio=2.0, limit=1.0, steps=steps)
    truth, risk = [case[0] for case in cases], [case[1] for case in cases]
    whole = chart.run(truth, risk)

    first = chart.run(truth[:cut], risk[:cut])
    second = chart.run(truth[cut:], risk[cut:], state=first.state)

    assert np.concatenate((first.statistic, second.statistic)).tolist() == whole.statistic.tolist()
    assert np.concatenate((first.signals, second.signals + len(first.statistic))).tolist() == whole.signals.tolist()
    assert second.state == whole.state


@given(CASES, st.sampled_from([None, 32]))
def test_whole_steps_against_two_limits_give_the_charts_own_path(cases, steps):
    chart = RiskAdjustedCusum(odds_ratio=2.0, limit=1.0, steps=steps)
    truth, risk = [case[0] for case in cases], [case[1] for case in cases]

    path = two_limit_path(chart.lattice_steps(truth, risk), chart.limit_steps, None, np.array([], dtype=int))

    own = chart.run(truth, risk)
    assert path.alarms.tolist() == own.signals.tolist()
    assert path.alarm_onsets.tolist() == own.onset.tolist()
    assert path.statistic / chart.steps_per_unit == pytest.approx(own.statistic, abs=1e-3)


def test_the_lower_chart_looks_for_fewer_outcomes():
    chart = RiskAdjustedCusum(odds_ratio=0.5, limit=1.0)

    assert chart.run(np.zeros(200), np.full(200, 0.1)).signals.size > 0
    assert chart.run(np.ones(200), np.full(200, 0.1)).signals.size == 0


def test_senseless_charts_are_refused():
    for odds_ratio, limit in ((1.0, 2.0), (-2.0, 2.0), (2.0, 0.0)):
        with pytest.raises(ValueError, match="positive and not 1"):
            RiskAdjustedCusum(odds_ratio=odds_ratio, limit=limit)
    with pytest.raises(ValueError, match="positive and not 1"):
        RiskAdjustedCusum.design(risk=RISK, odds_ratio=1.0, run_length=100)
    with pytest.raises(ValueError, match="steps must be at least 1"):
        RiskAdjustedCusum(odds_ratio=2.0, limit=1.0, steps=0)


def test_a_design_needs_the_risks_of_the_cases():
    with pytest.raises(NotEstimable, match="needs the risks of the cases, got 0"):
        RiskAdjustedCusum.design(risk=[], odds_ratio=2.0, run_length=100)
