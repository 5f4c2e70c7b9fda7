"""Tabular CUSUM: run lengths against a dense Markov chain and simulation, and the pair of both directions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from surveillance.detectors import State, TabularCusum, TwoSidedCusum, onset_interval, two_limit_path
from surveillance.errors import NotEstimable

Z = st.lists(st.floats(-4.0, 4.0), max_size=80)
NEVER_DECIDED = np.array([], dtype=np.int64)


def markov_run_length(reference, limit, shift, states):
    """Brook & Evans (1972): the path rounded to the middle of intervals, the first one half as wide."""
    width = 2.0 * limit / (2 * states - 1)
    heights = np.arange(states) * width
    upper = ndtr(heights[None, :] + width / 2 - heights[:, None] + reference - shift)
    moves = np.diff(upper, axis=1, prepend=0.0)
    moves[:, 0] = upper[:, 0]
    return np.linalg.solve(np.eye(states) - moves, np.ones(states))[0]


def extrapolated(reference, limit, shift):
    """Remove the error of Brook & Evans' chain, which falls with the square of the number of states."""
    coarse, fine = (markov_run_length(reference, limit, shift, states) for states in (200, 400))
    return fine + (fine - coarse) / 3.0


@pytest.mark.parametrize(
    ("reference", "limit", "shift"),
    [(0.25, 8.0, 0.0), (0.25, 8.0, 0.4), (0.1, 12.0, -0.05), (0.75, 3.2, 0.0), (1.0, 2.0, 2.5), (0.5, 12.0, 0.3)],
)
def test_run_length_is_that_of_a_fine_markov_chain(reference, limit, shift):
    expected = extrapolated(reference, limit, shift)

    assert TabularCusum(limit, reference, "upper").run_length(shift) == pytest.approx(expected, rel=5e-4)
    assert TabularCusum(limit, reference, "lower").run_length(-shift) == pytest.approx(expected, rel=5e-4)


@pytest.mark.parametrize("run_length", [10.0, 370.0, 52_000.0])
@pytest.mark.parametrize("reference", [0.25, 0.5, 1.0])
def test_the_limit_of_a_run_length_has_that_run_length(reference, run_length):
    chart = TabularCusum.design(reference=reference, run_length=run_length)

    assert chart.run_length(0.0) >= run_length
    assert chart.run_length(0.0) == pytest.approx(run_length, rel=1e-6)


def walked(rng, chart, shift, start, runs, most):
    """Run many charts side by side with a plain recursion and return when each first signals."""
    level, length = np.full(runs, start), np.full(runs, most + 1)
    for case in range(1, most + 1):
        level = np.maximum(0.0, level - (rng.standard_normal(runs) + shift) - chart.reference)
        length = np.where((length > most) & (level > chart.limit), case, length)
    return length


def test_the_distribution_and_its_quantiles_agree_with_simulation():
    rng, chart = np.random.default_rng(51), TabularCusum(3.0, 0.5, "lower")
    for shift, start in ((0.0, 0.0), (-1.0, 0.0), (-0.5, 1.5)):
        length = walked(rng, chart, shift, start, 40_000, 60)
        for events in (1, 3, 10, 60):
            expected = chart.run_length_distribution(shift, events, start)
            error = np.sqrt(expected * (1.0 - expected) / 40_000)
            assert abs(np.mean(length <= events) - expected) < 3.9 * error + 1e-12
    within = chart.delay_quantile(-1.0, 0.95)
    assert chart.run_length_distribution(-1.0, within - 1) < 0.95 <= chart.run_length_distribution(-1.0, within)


@pytest.mark.parametrize(("limit", "shift", "start"), [(4.0, 0.0, 0.0), (3.0, -1.0, 1.5), (3.0, 0.3, 0.0)])
def test_the_distribution_sums_to_the_mean(limit, shift, start):
    chart = TabularCusum(limit)
    remaining = 1.0 - chart.run_length_distribution(shift, np.arange(120_000), start)

    assert remaining.sum() == pytest.approx(chart.run_length(shift, start), rel=1e-8)


def test_very_long_run_lengths_are_geometric_and_endless_ones_are_said_so():
    chart = TabularCusum.design(run_length=1e6)

    assert chart.delay_quantile(0.0, 0.5) == pytest.approx(1e6 * np.log(2.0), rel=1e-3)
    assert np.isinf(chart.run_length(5.0))
    with pytest.raises(NotEstimable, match="never does"):
        chart.delay_quantile(5.0, 0.5)


@given(Z)
def test_the_lower_chart_is_the_upper_one_upside_down(z):
    lower, upper = TabularCusum(2.0, 0.5, "lower").run(z), TabularCusum(2.0, 0.5, "upper").run(-np.array(z))

    assert lower.statistic.tolist() == upper.statistic.tolist()
    assert lower.signals.tolist() == upper.signals.tolist()


def test_a_path_on_the_limit_does_not_signal_and_one_above_it_does():
    chart = TabularCusum(2.0, 0.5, "upper")

    assert chart.run([1.5, 1.5]).signals.tolist() == []
    assert chart.run([1.5, 1.5, 0.75]).signals.tolist() == [2]
    path = two_limit_path(chart.lattice_steps([1.5, 1.5, 0.75]), chart.limit_steps, None, NEVER_DECIDED)
    assert path.alarms.tolist() == [2]


def test_one_path_serves_both_limits_and_adds_up_exactly():
    z = np.random.default_rng(52).normal(-0.6, 1.0, 400)
    alarm, action = TabularCusum(4.0), TabularCusum(6.0)

    barred = two_limit_path(alarm.lattice_steps(z), alarm.limit_steps, None, NEVER_DECIDED)
    both = two_limit_path(alarm.lattice_steps(z), alarm.limit_steps, action.limit_steps, NEVER_DECIDED)

    assert barred.alarms.tolist() == alarm.run(z).signals.tolist()
    assert barred.alarm_onsets.tolist() == alarm.run(z).onset.tolist()
    assert both.actions[0] == action.run(z).signals[0]
    assert both.alarms[0] == alarm.run(z).signals[0]


def test_a_head_start_lasts_until_the_first_signal():
    chart = TabularCusum(4.0)

    path = chart.run([-2.6, -2.6], chart.start(head_start=True))

    assert path.statistic.tolist() == pytest.approx([4.1, 2.1])
    assert path.onset.tolist() == [-1]


def test_evidence_finds_a_sudden_fall_where_it_was():
    z = np.concatenate((np.random.default_rng(53).normal(0.0, 1.0, 60), np.full(8, -1.2)))
    chart = TabularCusum(4.0)
    signal = int(chart.run(z).signals[0])

    onset = onset_interval(chart.evidence(z), signal)

    assert onset.best == chart.run(z).onset[0]
    assert onset.low <= 59 <= onset.high
    # By hand: the log of N(-1, 1) over N(0, 1) at -1.2 is 1.2 - 1/2.
    assert chart.evidence([-1.2]).tolist() == pytest.approx([0.7])


@pytest.mark.parametrize("start", [0.0, 1.5])
def test_the_pair_has_the_run_length_of_simulated_pairs(start):
    rng, pair, runs = np.random.default_rng(54), TwoSidedCusum(3.0), 40_000
    lower, upper, length = np.full(runs, start), np.full(runs, start), np.full(runs, 301)
    for case in range(1, 301):
        z = rng.standard_normal(runs) + 0.4
        lower, upper = np.maximum(0.0, lower - z - 0.5), np.maximum(0.0, upper + z - 0.5)
        length = np.where((length > 300) & ((lower > 3.0) | (upper > 3.0)), case, length)

    for events in (2, 10, 40):
        expected = pair.run_length_distribution(0.4, events, start)
        assert abs(np.mean(length <= events) - expected) < 3.9 * np.sqrt(expected * (1 - expected) / runs)
    assert abs(length.mean() - pair.run_length(0.4, start)) < 3.9 * length.std() / np.sqrt(runs)


def test_the_pair_runs_as_its_two_charts_and_resumes():
    z, pair = np.random.default_rng(55).normal(0.0, 1.5, 300), TwoSidedCusum.design(run_length=50)
    lower, upper = pair.run(z)
    first = pair.run(z[:123])
    second = pair.run(z[123:], state=(first[0].state, first[1].state))

    assert lower.signals.size > 0
    assert upper.signals.size > 0
    assert not np.any((lower.statistic > 0) & (upper.statistic > pair.limit))
    assert (second[0].state, second[1].state) == (lower.state, upper.state)
    assert pair.run_length(0.0) >= 50


def test_senseless_designs_and_values_are_refused():
    with pytest.raises(ValueError, match="limit must be positive"):
        TabularCusum(0.0)
    with pytest.raises(ValueError, match="lower or upper"):
        TabularCusum(4.0, 0.5, "both")
    with pytest.raises(ValueError, match="run length must lie between"):
        TabularCusum.design(run_length=2.0)
    with pytest.raises(ValueError, match="finite"):
        TabularCusum(4.0).run([0.0, np.inf])
    with pytest.raises(ValueError, match="half the limit"):
        TwoSidedCusum(4.0).run_length(0.0, head_start=3.0)
    with pytest.raises(NotEstimable, match="reference above 0"):
        TabularCusum(4.0, 0.0).evidence([1.0])
    assert TabularCusum(4.0).run([]).state == State()
