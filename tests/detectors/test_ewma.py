"""EWMA: run lengths against simulation and a Markov chain, its onset, and its two limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr

from surveillance.detectors import Ewma, State, ewma_two_limit_path, onset_interval

NEVER_DECIDED = np.array([], dtype=np.int64)


def markov_run_length(chart, shift, states):
    """Lucas & Saccucci (1990): the path rounded to the middle of equal intervals between the limits."""
    edges = np.linspace(-chart.limit, chart.limit, states + 1)
    middle = (edges[:-1] + edges[1:]) / 2.0
    moves = np.diff(ndtr((edges[None, :] - (1 - chart.weight) * middle[:, None]) / chart.weight - shift), axis=1)
    return np.linalg.solve(np.eye(states) - moves, np.ones(states))[states // 2]


@pytest.mark.parametrize(("width", "weight", "shift"), [(2.7, 0.15, 0.0), (2.5, 0.3, 0.5), (3.0, 0.6, 1.0)])
def test_two_sided_run_length_is_that_of_a_fine_markov_chain(width, weight, shift):
    chart = Ewma(width, weight, "both")
    coarse, fine = (markov_run_length(chart, shift, states) for states in (201, 603))

    assert chart.run_length(shift) == pytest.approx(fine + (fine - coarse) / 8.0, rel=1e-3)


@pytest.mark.parametrize("widening", [False, True])
@pytest.mark.parametrize(("side", "shift"), [("lower", 0.0), ("lower", -0.7), ("upper", 0.7), ("both", 0.3)])
def test_run_length_and_distribution_agree_with_simulation(side, shift, widening):
    rng, chart, runs, most = np.random.default_rng(61), Ewma(2.0, 0.1, side, widening), 20_000, 1500
    limits = chart.limits(most)
    level, length = np.zeros(runs), np.full(runs, most)
    going = np.arange(runs)
    for case in range(most):
        level[going] = 0.9 * level[going] + 0.1 * (rng.standard_normal(len(going)) + shift)
        height = {"lower": -level[going], "upper": level[going], "both": np.abs(level[going])}[side]
        length[going[height > limits[case]]] = case + 1
        going = going[height <= limits[case]]

    assert abs(length.mean() - chart.run_length(shift)) < 3.9 * length.std() / np.sqrt(runs)
    for events in (1, 5, 30):
        expected = chart.run_length_distribution(shift, events)
        assert abs(np.mean(length <= events) - expected) < 3.9 * np.sqrt(expected * (1 - expected) / runs) + 1e-12


@pytest.mark.parametrize("chart", [Ewma(2.2, 0.1), Ewma(2.2, 0.1, "both", widening=True), Ewma(2.0, 0.4, "upper")])
def test_the_distribution_sums_to_the_mean_and_holds_the_quantiles(chart):
    remaining = 1.0 - chart.run_length_distribution(0.0, np.arange(60_000))
    median = chart.delay_quantile(0.0, 0.5)

    assert remaining.sum() == pytest.approx(chart.run_length(0.0), rel=1e-8)
    assert remaining[median] <= 0.5 < remaining[median - 1]


def test_a_weight_of_one_is_a_shewhart_chart():
    for widening in (False, True):
        chart = Ewma(3.0, 1.0, "both", widening)
        assert chart.run_length(0.0) == pytest.approx(1.0 / (2.0 * ndtr(-3.0)), rel=1e-9)
        assert chart.limits(3).tolist() == pytest.approx([3.0, 3.0, 3.0])


@pytest.mark.parametrize("side", ["lower", "both"])
@pytest.mark.parametrize("widening", [False, True])
def test_the_limit_of_a_run_length_has_that_run_length(side, widening):
    chart = Ewma.design(weight=0.1, run_length=370, side=side, widening=widening)

    assert chart.run_length(0.0) >= 370
    assert chart.run_length(0.0) == pytest.approx(370, rel=1e-6)


def test_the_onset_is_the_last_value_at_or_beyond_the_centre():
    path = Ewma(1.0, 0.5, "lower").run([1.0, -0.4, 0.1, -0.9, -1.0, -1.0])

    # By hand: e is .5, .05, .075, -.4125, -.70625; the limit is 1 / sqrt(3) = .577.
    assert path.signals.tolist() == [4]
    assert path.onset.tolist() == [2]
    both = Ewma(1.0, 0.5, "both").run([0.2, 0.2, -0.9, -1.0])
    assert (both.signals.tolist(), both.onset.tolist()) == ([3], [1])


@given(st.lists(st.floats(-3.0, 3.0), max_size=60), st.integers(0, 60), st.sampled_from(["lower", "upper", "both"]))
def test_half_and_half_is_the_whole_with_widening_limits_too(z, cut, side):
    chart = Ewma(1.5, 0.3, side, widening=True)
    whole = chart.run(z)
    first = chart.run(z[:cut])
    second = chart.run(z[cut:], first.state)

    assert second.state == whole.state
    assert np.concatenate((first.statistic, second.statistic)).tolist() == whole.statistic.tolist()
    assert [*first.onset, *(second.onset + len(z[:cut]))] == whole.onset.tolist()


def walk(z, weight, alarm_limit, action_limit, restart_after):
    """Follow the rules of one path with two limits, a value at a time, in real numbers."""
    height, last, armed = 0.0, -1, {"alarm", "action"}
    alarms, actions = [], []
    for position, value in enumerate(z):
        height = (1 - weight) * height - weight * value
        restart = position in restart_after
        if height > alarm_limit and "alarm" in armed:
            alarms.append((position, last))
            armed = armed - {"alarm"}
            restart = restart or action_limit is None
        if action_limit is not None and height > action_limit and "action" in armed:
            actions.append((position, last))
            armed = armed - {"action"}
        if height <= 0 or restart:
            last, armed = position, {"alarm", "action"}
        if restart:
            height = 0.0
    return alarms, actions


@pytest.mark.parametrize("barred", [False, True])
def test_one_path_serves_both_limits(barred):
    z = np.random.default_rng(62).normal(-0.3, 1.0, 800)
    alarm, action = Ewma(1.5, 0.2), None if barred else Ewma(2.2, 0.2)

    path = ewma_two_limit_path(z, alarm, action, np.array([100, 333]))

    expected = walk(z, 0.2, alarm.limit, None if action is None else action.limit, {100, 333})
    assert list(zip(path.alarms.tolist(), path.alarm_onsets.tolist(), strict=True)) == expected[0]
    assert list(zip(path.actions.tolist(), path.action_onsets.tolist(), strict=True)) == expected[1]
    assert len(expected[0]) > 10


def test_without_decisions_to_wait_for_it_is_the_chart_itself():
    z = np.random.default_rng(63).normal(-0.3, 1.0, 800)
    chart = Ewma(1.8, 0.1)

    path = ewma_two_limit_path(z, chart, None, NEVER_DECIDED)

    assert path.alarms.tolist() == chart.run(z).signals.tolist()
    assert path.alarm_onsets.tolist() == chart.run(z).onset.tolist()
    assert path.statistic / 1e6 == pytest.approx(-chart.run(z).statistic, abs=1e-5)


def test_evidence_finds_a_sudden_fall_where_it_was():
    z = np.concatenate((np.random.default_rng(64).normal(0.0, 1.0, 60), np.full(12, -1.3)))
    chart = Ewma(2.6, 0.1)
    signal = int(chart.run(z).signals[0])

    onset = onset_interval(chart.evidence(z), signal)

    assert onset.low <= 59 <= onset.high
    assert chart.evidence([-1.3]).tolist() == pytest.approx([0.8])


def test_senseless_charts_are_refused():
    with pytest.raises(ValueError, match="weight above 0"):
        Ewma(2.7, 0.0)
    with pytest.raises(ValueError, match="lower, upper or both"):
        Ewma(2.7, 0.1, "down")
    with pytest.raises(ValueError, match="needs a side"):
        Ewma(2.7, 0.1, "both").start(head_start=True)
    with pytest.raises(ValueError, match="one-sided"):
        ewma_two_limit_path([0.0], Ewma(2.7, 0.1, "both"), None, NEVER_DECIDED)
    with pytest.raises(ValueError, match="same EWMA"):
        ewma_two_limit_path([0.0], Ewma(2.7, 0.1), Ewma(3.0, 0.2), NEVER_DECIDED)
    with pytest.raises(ValueError, match="not lie below"):
        ewma_two_limit_path([0.0], Ewma(2.7, 0.1), Ewma(2.0, 0.1), NEVER_DECIDED)
    with pytest.raises(ValueError, match="one of the 1 values"):
        ewma_two_limit_path([0.0], Ewma(2.7, 0.1), None, np.array([1]))
    assert Ewma(2.7).run([]).state == State()


def test_where_every_chart_has_long_signalled_the_chances_stay_chances():
    """Narrow widening limits at weight .01: hundreds of values are followed after the last chart has signalled."""
    chart = Ewma(1.7, 0.01, "both", widening=True)

    chances = chart.run_length_distribution(0.7, np.arange(1, 801))

    first = chart.limits(1)[0] / 0.01  # the first value signals where it lies beyond this
    assert chances[0] == pytest.approx(1.0 - ndtr(first - 0.7) + ndtr(-first - 0.7))
    assert np.all(np.diff(chances) >= 0.0)
    assert chances[-1] <= 1.0
    assert chances[chart.delay_quantile(0.7, 0.9) - 1] >= 0.9
