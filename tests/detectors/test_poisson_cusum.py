"""Poisson CUSUM: its chain against simulation and a dense solve, its tuning, and both directions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from surveillance.detectors import PoissonCusum, onset_interval, two_limit_path
from surveillance.detectors.poisson_steps import reference_value
from surveillance.errors import NotEstimable

CHART = PoissonCusum.design(in_control=4.0, out_of_control=7.0, run_length=500)
FEWER = PoissonCusum.design(in_control=9.0, out_of_control=5.0, run_length=300)
MEANS = st.tuples(st.floats(0.05, 80.0), st.floats(1.2, 3.0))


def simulated(chart, mean, periods, seed):
    """Return the mean distance between signals of the chart itself, and its standard error."""
    counts = np.random.default_rng(seed).poisson(mean, periods)
    lengths = np.diff(chart.run(counts).signals)
    return lengths.mean(), lengths.std() / np.sqrt(len(lengths)), lengths


@pytest.mark.parametrize(("chart", "mean"), [(CHART, 4.0), (CHART, 7.0), (FEWER, 9.0), (FEWER, 5.0)])
def test_run_length_agrees_with_simulation(chart, mean):
    average, error, _ = simulated(chart, mean, 600_000, seed=51)

    assert abs(chart.run_length(mean) - average) < 3.5 * error


def test_delay_quantiles_agree_with_simulation():
    _, _, lengths = simulated(CHART, 7.0, 300_000, seed=52)

    for share in (0.5, 0.95):
        within = CHART.delay_quantile(7.0, share)
        spread = 4.0 * np.sqrt(share * (1 - share) / len(lengths))
        assert np.mean(lengths <= within) > share - spread
        assert np.mean(lengths < within) < share + spread


def test_run_length_is_that_of_a_dense_solve():
    size, up, down = CHART.limit_steps, CHART.steps_per_event, CHART.steps_per_period
    moves = np.zeros((size, size))
    for state in range(size):
        for count in range(200):
            target = max(0, state + up * count - down)
            if target < size:
                moves[state, target] += poisson.pmf(count, 4.0)
    dense = np.linalg.solve(np.eye(size) - moves, np.ones(size))

    assert [CHART.run_length(4.0, level) for level in (0, size // 2)] == pytest.approx(dense[[0, size // 2]], rel=1e-9)


def test_the_limit_is_the_smallest_that_keeps_the_run_length():
    lower = PoissonCusum(
        4.0, CHART.out_of_control, CHART.steps_per_event, CHART.steps_per_period, CHART.limit_steps - 1, 7
    )

    assert lower.run_length(4.0) < 500 <= CHART.run_length(4.0)


@settings(max_examples=40)  # each designs a chart
@given(MEANS)
def test_the_reference_value_is_within_one_percent_and_between_the_means(means):
    low, ratio = means
    chart = PoissonCusum.design(in_control=low, out_of_control=low * ratio, run_length=20)

    assert chart.reference == pytest.approx(reference_value(low, low * ratio), rel=0.01)
    assert low < chart.reference < chart.out_of_control
    assert reference_value(low, chart.out_of_control) == pytest.approx(chart.reference, rel=1e-9)
    assert chart.asked_out_of_control == low * ratio


def test_evidence_is_the_likelihood_ratio_of_the_tuned_means():
    counts = np.arange(12)
    expected = poisson.logpmf(counts, CHART.out_of_control) - poisson.logpmf(counts, 4.0)

    assert CHART.steps(counts) * CHART.evidence_per_step == pytest.approx(expected, abs=1e-9)


def test_exposure_multiplies_both_means():
    per_thousand = PoissonCusum.design(in_control=2.0, out_of_control=3.5, run_length=500, exposure=2.0)

    assert per_thousand == CHART


def test_the_onset_is_the_last_zero_and_its_range_covers_a_planted_change():
    rng, covered, alarms = np.random.default_rng(53), 0, 0
    for _ in range(300):
        counts = rng.poisson(np.where(np.arange(160) < 60, 4.0, 7.0))
        path = CHART.run(counts)
        if not path.signals.size or path.signals[0] < 60:
            continue
        onset = onset_interval(CHART.steps(counts) * CHART.evidence_per_step, int(path.signals[0]))
        assert onset.best == path.onset[0]
        alarms, covered = alarms + 1, covered + (onset.low <= 59 <= onset.high)

    assert alarms > 200
    assert covered / alarms > 0.90


def test_two_limits_on_its_steps_give_the_charts_own_path():
    counts = np.random.default_rng(54).poisson(5.5, 500)
    path = two_limit_path(CHART.steps(counts), CHART.limit_steps, None, np.array([], dtype=np.int64))

    assert path.alarms.tolist() == CHART.run(counts).signals.tolist()


@pytest.mark.parametrize(
    ("low", "high", "exposure"), [(4.0, 4.0, 1.0), (0.0, 2.0, 1.0), (2.0, -1.0, 1.0), (2.0, 4.0, 0.0)]
)
def test_senseless_charts_are_refused(low, high, exposure):
    with pytest.raises(ValueError, match="must be positive"):
        PoissonCusum.design(in_control=low, out_of_control=high, run_length=100, exposure=exposure)


@pytest.mark.parametrize("counts", [[1, -1], [0.5]])
def test_what_is_no_count_is_refused(counts):
    with pytest.raises(ValueError, match="whole numbers of 0 or more"):
        CHART.run(counts)


@pytest.mark.parametrize(
    ("low", "high", "run_length", "reason"),
    [
        (1e6, 1.1e6, 500, "at most 10,000 events a period"),
        (1.0, 1e300, 500, "at most 10,000 events a period"),
        (1e-4, 2e-4, 500, "one event in 2,000 periods"),
        (1.0, 1.0001, 500, "further apart"),
        (4.0, 4.01, 1e6, "further apart"),
        (4.0, 7.0, 1e300, "further apart"),
    ],
)
def test_a_design_out_of_reach_says_what_it_needs_instead_of_giving_a_wrong_chart(low, high, run_length, reason):
    with pytest.raises(NotEstimable, match=rf"A Poisson CUSUM needs .*{reason}.*, got "):
        PoissonCusum.design(in_control=low, out_of_control=high, run_length=run_length)


@pytest.mark.parametrize("run_length", [float("nan"), float("inf"), 0.5])
def test_a_run_length_that_is_none_is_refused(run_length):
    with pytest.raises(ValueError, match="at least 1 period"):
        PoissonCusum.design(in_control=4.0, out_of_control=7.0, run_length=run_length)


@pytest.mark.parametrize("mean", [float("nan"), float("inf")])
def test_means_that_are_no_numbers_are_refused(mean):
    with pytest.raises(ValueError, match="must be"):
        PoissonCusum.design(in_control=mean, out_of_control=7.0, run_length=500)
    with pytest.raises(ValueError, match="must be"):
        CHART.run_length(mean)


def test_a_count_too_large_for_the_path_is_refused_rather_than_wrapped():
    with pytest.raises(ValueError, match="at most 1,000,000,000"):
        CHART.run([4, 4e18])


def test_a_flood_of_events_signals_at_once_and_a_large_mean_keeps_its_run_length():
    large = PoissonCusum.design(in_control=10_000.0, out_of_control=10_000.0 * 0.97, run_length=1000)
    average, error, _ = simulated(large, 10_000.0, 300_000, seed=55)

    assert CHART.run_length(1e9) == pytest.approx(1.0)
    assert CHART.run([10**9]).signals.tolist() == [0]
    assert abs(large.run_length(10_000.0) - average) < 3.5 * error
