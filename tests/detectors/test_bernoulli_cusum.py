"""Bernoulli CUSUM: exactness against a dense solve and simulation, and its state as a value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.detectors import BernoulliCusum, State
from surveillance.errors import NotEstimable
from surveillance.kernels import cusum_events

CHART = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=1040)
EVENTS = st.lists(st.booleans(), max_size=300)


def dense_run_length(chart, limit, rate):
    """Solve the chain as Brook & Evans write it, with a full matrix."""
    moves = np.zeros((limit, limit))
    for state in range(limit):
        moves[state, max(state - chart.steps_down, 0)] += 1.0 - rate
        if state + chart.steps_up < limit:
            moves[state, state + chart.steps_up] += rate
    return np.linalg.solve(np.eye(limit) - moves, np.ones(limit))


@pytest.mark.parametrize(
    ("in_control", "out_of_control", "target"),
    [
        (0.1, 0.2, 52_000),
        (0.05, 0.1, 52_000),
        (0.02, 0.04, 52_000),
        (0.3, 0.4, 52_000),
        (0.011, 0.0244, 500),
        (0.345, 0.5, 52_000),
        (0.6, 0.8, 5000),
    ],
)
def test_run_length_is_that_of_a_dense_solve_from_every_state(in_control, out_of_control, target):
    chart = BernoulliCusum.design(in_control=in_control, out_of_control=out_of_control, run_length=target)

    for rate in (in_control, chart.out_of_control):
        dense = dense_run_length(chart, chart.limit_steps, rate)
        for start in (0, chart.limit_steps // 2, chart.limit_steps - 1):
            assert chart.run_length(rate, start) == pytest.approx(dense[start], rel=1e-10)


@pytest.mark.parametrize("target", [1, 10, 1040, 100_000])
def test_the_limit_is_the_smallest_that_keeps_the_run_length(target):
    chart = BernoulliCusum.design(in_control=0.05, out_of_control=0.12, run_length=target)

    assert chart.run_length(0.05) >= target
    if chart.limit_steps > 1:
        assert dense_run_length(chart, chart.limit_steps - 1, 0.05)[0] < target


def test_run_length_agrees_with_simulation_in_and_out_of_control():
    rng = np.random.default_rng(31)
    for rate in (0.10, 0.20):
        events = rng.random(2_000_000) < rate
        _, signals, _ = cusum_events(events, CHART.steps_per_event - 1, 1, CHART.limit_steps)
        lengths = np.diff(signals)

        error = lengths.std() / np.sqrt(len(lengths))
        assert abs(lengths.mean() - CHART.run_length(rate)) < 3.5 * error


def test_delay_quantiles_agree_with_simulation():
    rng = np.random.default_rng(32)
    _, signals, _ = cusum_events(rng.random(2_000_000) < 0.20, 6, 1, CHART.limit_steps)
    lengths = np.diff(signals)

    for share in (0.5, 0.95):
        within = CHART.delay_quantile(0.20, share)
        spread = 4.0 * np.sqrt(share * (1 - share) / len(lengths))
        assert np.mean(lengths <= within) > share - spread
        assert np.mean(lengths < within) < share + spread


def test_distribution_sums_to_the_mean_and_ends_geometrically():
    counts = np.arange(60_000)
    survival = 1.0 - CHART.run_length_distribution(0.10, counts)

    assert survival.sum() == pytest.approx(CHART.run_length(0.10), rel=1e-9)
    tail = survival[5001:5100] / survival[5000:5099]
    assert np.ptp(tail) < 1e-9


def test_quantile_is_where_the_distribution_crosses():
    for share in (0.001, 0.5, 0.95, 0.99999):
        within = CHART.delay_quantile(0.10, share)
        assert CHART.run_length_distribution(0.10, within) >= share
        assert CHART.run_length_distribution(0.10, within - 1) < share


def test_a_rate_that_does_not_change_gives_the_same_chances_by_either_way():
    chances = CHART.signal_probabilities(np.full(500, 0.15))

    assert chances == pytest.approx(CHART.run_length_distribution(0.15, np.arange(1, 501)), abs=1e-12)


def test_a_ramp_agrees_with_simulation():
    rng, runs = np.random.default_rng(33), 4000
    rates = np.linspace(0.10, 0.25, 200)
    hits = sum(bool(CHART.run(rng.random(200) < rates).signals.size) for _ in range(runs))

    expected = CHART.signal_probabilities(rates)[-1]
    assert abs(hits / runs - expected) < 4.0 * np.sqrt(expected * (1 - expected) / runs)


@given(EVENTS, st.integers(0, 300))
def test_half_and_half_is_the_whole(events, cut):
    chart = BernoulliCusum(0.1, 0.19435795828904, 7, 12, 0.2)
    cut = min(cut, len(events))
    whole = chart.run(events)

    first = chart.run(events[:cut])
    second = chart.run(events[cut:], state=first.state)

    assert np.concatenate((first.statistic, second.statistic)).tolist() == whole.statistic.tolist()
    assert np.concatenate((first.signals, second.signals + cut)).tolist() == whole.signals.tolist()
    assert np.concatenate((first.onset, second.onset + cut)).tolist() == whole.onset.tolist()
    assert second.state == whole.state


@given(EVENTS)
def test_onset_is_the_last_zero_before_the_signal(events):
    path = BernoulliCusum(0.1, 0.19435795828904, 7, 12, 0.2).run(events)

    for signal, onset in zip(path.signals.tolist(), path.onset.tolist(), strict=True):
        assert onset < signal
        assert np.all(path.statistic[onset + 1 : signal + 1] > 0.0)
        assert onset == -1 or path.statistic[onset] == 0.0 or onset in path.signals


def test_a_rate_of_nothing_never_signals():
    assert CHART.run_length(0.0) == np.inf
    with pytest.raises(NotEstimable, match="never does"):
        CHART.delay_quantile(0.0, 0.5)


def test_certain_events_signal_at_the_limit():
    within = -(-CHART.limit_steps // (CHART.steps_per_event - 1))

    assert CHART.run(np.ones(within)).signals.tolist() == [within - 1]
    assert CHART.run_length(1.0) == pytest.approx(within)
    assert CHART.delay_quantile(1.0, 0.95) == within


def test_no_events_leave_the_chart_where_it_was():
    state = State(cases=4, level=6.0, since_zero=1, signal=False)
    path = CHART.run([], state=state)

    assert path.statistic.size == 0
    assert path.state == state


@pytest.mark.parametrize(("in_control", "out_of_control"), [(0.2, 0.1), (0.1, 0.1), (0.0, 0.1), (0.1, 1.0)])
def test_rates_out_of_order_are_refused(in_control, out_of_control):
    with pytest.raises(ValueError, match="must exceed the acceptable one"):
        BernoulliCusum.design(in_control=in_control, out_of_control=out_of_control, run_length=100)


def test_an_event_more_common_than_not_can_be_watched():
    chart = BernoulliCusum.design(in_control=0.6, out_of_control=0.8, run_length=100)

    assert chart.run_length(0.6) >= 100 > chart.run_length(0.8)


def test_rates_that_leave_no_whole_steps_are_refused():
    with pytest.raises(ValueError, match="watch the opposite event"):
        BernoulliCusum.design(in_control=0.99, out_of_control=0.995, run_length=100)
