"""Risk-adjusted CUSUM: the rounded chart's chain against simulation, and its state as a value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.detectors import RiskAdjustedCusum, two_limit_path
from surveillance.detectors.lattice_chain import LatticeChain
from surveillance.detectors.risk_weights import lattice_drift, lattice_moves, paired_steps, risk_weights
from surveillance.detectors.run_length_by_limit import smallest_limit_for
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
@pytest.mark.parametrize(("odds_ratio", "true"), [(2.0, 1.0), (2.0, 2.0), (0.5, 1.0), (0.5, 0.5)])
def test_run_length_agrees_with_simulation(steps, odds_ratio, true):
    chart = RiskAdjustedCusum.design(risk=RISK, odds_ratio=odds_ratio, run_length=400, steps=steps)

    mean, error = simulated_run_length(chart, true, 600_000, seed=17)

    assert abs(chart.run_length(RISK, true) - mean) < 3.5 * error


def test_design_on_a_lattice_keeps_the_run_length_and_is_the_smallest():
    chart = RiskAdjustedCusum.design(risk=RISK, odds_ratio=2.0, run_length=2000, steps=64)
    lower = RiskAdjustedCusum(chart.limit - 1.0 / 64, 2.0, 64)

    assert chart.run_length(RISK) >= 2000
    assert lower.run_length(RISK) < 2000


@pytest.mark.parametrize("steps", [64, None])
def test_a_design_tells_the_run_length_of_its_chart(steps):
    chart, run_length = RiskAdjustedCusum.design_with_run_length(
        risk=RISK, odds_ratio=2.0, run_length=2000, steps=steps
    )
    moves, chances = lattice_moves(RISK, 2.0, 1.0, chart.steps_per_unit, split=False)

    assert chart == RiskAdjustedCusum.design(risk=RISK, odds_ratio=2.0, run_length=2000, steps=steps)
    assert run_length == pytest.approx(LatticeChain(moves, chances, chart.limit_steps).run_lengths()[0], rel=1e-9)
    assert run_length == pytest.approx(chart.run_length(RISK), rel=1e-12)


def test_a_head_start_has_the_run_length_of_a_solve_of_its_height():
    chart = RiskAdjustedCusum.design(risk=RISK, odds_ratio=2.0, run_length=2000, steps=64)
    moves, chances = lattice_moves(RISK, 2.0, 2.0, 64, split=False)
    lengths = LatticeChain(moves, chances, chart.limit_steps).run_lengths()

    for height in (0, 1, chart.half_limit, chart.limit_steps - 1):
        assert chart.run_length(RISK, 2.0, height) == pytest.approx(lengths[height], rel=1e-10)


@pytest.mark.parametrize("odds_ratio", [2.0, 0.5, 1.5])
@pytest.mark.parametrize("run_length", [300, 2000, 50_000])
def test_a_design_keeps_the_run_length_and_wastes_little(odds_ratio, run_length):
    chart = RiskAdjustedCusum.design(risk=RISK, odds_ratio=odds_ratio, run_length=run_length)

    assert run_length <= chart.run_length(RISK) <= 1.005 * run_length
    assert chart.steps is not None


def triage_scores(n):
    """Return scores as a triage product gives them: most a few thousandths, one in ten high."""
    rng = np.random.default_rng(18)
    return np.where(rng.random(n) < 0.9, rng.uniform(0.0005, 0.008, n), rng.beta(2.0, 1.0, n))


@pytest.mark.parametrize("odds_ratio", [2.0, 0.5])
def test_the_chain_is_that_of_the_running_chart_on_triage_scores(odds_ratio):
    """Rounded weights are the chart's own: 600 false alarms simulated by the chart itself, |z| < 3.5."""
    risk = triage_scores(3000)
    chart = RiskAdjustedCusum.design(risk=risk, odds_ratio=odds_ratio, run_length=1500)
    rng = np.random.default_rng(19)
    drawn = rng.choice(risk, 900_000)
    lengths = np.diff(chart.run(rng.random(len(drawn)) < drawn, drawn).signals)

    assert abs(chart.run_length(risk) - lengths.mean()) < 3.5 * lengths.std() / np.sqrt(len(lengths))


@pytest.mark.parametrize("odds_ratio", [2.0, 0.5])
def test_rounding_in_pairs_hardly_moves_drift_or_limit(odds_ratio):
    """Against the same mix on a lattice eight times as fine that shares every weight between two points (Knoth)."""
    risk = triage_scores(3000)
    chart = RiskAdjustedCusum.design(risk=risk, odds_ratio=odds_ratio, run_length=1500)
    values, counts = np.unique(risk, return_counts=True)
    shared = smallest_limit_for(*lattice_moves(risk, odds_ratio, 1.0, 4000, split=True), 1500)[0] / 4000

    assert abs(lattice_drift(values, counts, odds_ratio, chart.steps)) < 0.005
    assert chart.limit == pytest.approx(shared, abs=0.01)


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=30), st.sampled_from([0.5, 1.5, 2.0]))
def test_a_pair_is_within_a_step_and_keeps_its_expectation_better_than_rounding_each(risks, odds_ratio):
    risk = np.array(risks)
    exact = np.stack([risk_weights(np.full(len(risk), truth), risk, odds_ratio) for truth in (False, True)]) * 500
    pair, each = paired_steps(risk, odds_ratio, 500), np.rint(exact)

    def error(steps):
        return np.abs((1.0 - risk) * (steps[0] - exact[0]) + risk * (steps[1] - exact[1]))

    assert np.all(np.abs(pair - exact) <= 1.0)
    assert np.all(error(pair) <= error(each) + 1e-9)


def test_the_distribution_from_a_coarser_lattice_agrees_with_simulation():
    chart = RiskAdjustedCusum.design(risk=RISK, odds_ratio=2.0, run_length=400)
    rng = np.random.default_rng(20)
    risk = rng.choice(RISK, 900_000)
    lengths = np.diff(chart.run(rng.random(len(risk)) < risk, risk).signals)

    for within in (50, 200, 400, 1000):
        expected = chart.run_length_distribution(RISK, within)
        spread = 3.5 * np.sqrt(expected * (1 - expected) / len(lengths))
        assert abs(np.mean(lengths <= within) - expected) < spread + 0.005


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
