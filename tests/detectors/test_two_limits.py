"""One path against two limits: the vectorised path against a plain walk of the rules."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.detectors import BernoulliCusum, two_limit_path


def walk(steps, alarm_limit, action_limit, restart_after):
    """Follow the rules one event at a time, as the plan says them."""
    level, last_zero, alarm_armed, action_armed = 0, -1, True, True
    statistic, alarms, actions, zeros = [], [], [], []
    for position, step in enumerate(steps):
        level = max(0, level + step)
        statistic.append(level)
        zeros.append(last_zero)
        restart = position in restart_after
        if level >= alarm_limit and alarm_armed:
            alarms.append((position, last_zero))
            alarm_armed = False
            restart = restart or action_limit is None
        if action_limit is not None and level >= action_limit and action_armed:
            actions.append((position, last_zero))
            action_armed = False
        if level == 0 or restart:
            level, last_zero, alarm_armed, action_armed = 0, position, True, True
    return statistic, alarms, actions, zeros


def as_walked(path):
    return (
        path.statistic.tolist(),
        list(zip(path.alarms.tolist(), path.alarm_onsets.tolist(), strict=True)),
        list(zip(path.actions.tolist(), path.action_onsets.tolist(), strict=True)),
        path.zeros.tolist(),
    )


@given(
    st.lists(st.integers(-4, 6), max_size=120),
    st.integers(1, 12),
    st.none() | st.integers(0, 20),
    st.sets(st.integers(0, 119), max_size=6),
)
def test_agrees_with_a_plain_walk(steps, alarm_limit, margin, restarts):
    action_limit = None if margin is None else alarm_limit + margin
    restart_after = sorted(position for position in restarts if position < len(steps))

    path = two_limit_path(
        np.array(steps, dtype=np.int64), alarm_limit, action_limit, np.array(restart_after, dtype=np.int64)
    )

    assert as_walked(path) == walk(steps, alarm_limit, action_limit, restart_after)


@pytest.mark.parametrize("action_limit", [None, 60])
def test_agrees_with_a_plain_walk_over_many_blocks(action_limit):
    steps = np.where(np.random.default_rng(2).random(20_000) < 0.13, 6, -1)
    restart_after = np.array([511, 512, 3000, 19_999])

    path = two_limit_path(steps, 31, action_limit, restart_after)

    assert as_walked(path) == walk(steps.tolist(), 31, action_limit, set(restart_after.tolist()))
    assert path.alarms.size > 20


def test_without_decisions_to_wait_for_it_is_the_chart_itself():
    chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=1040)
    events = np.random.default_rng(3).random(5000) < 0.16

    path = two_limit_path(chart.steps(events), chart.limit_steps, None, np.array([], dtype=np.int64))

    own = chart.run(events)
    assert path.alarms.tolist() == own.signals.tolist()
    assert path.alarm_onsets.tolist() == own.onset.tolist()
    assert (path.statistic / chart.steps_per_event).tolist() == own.statistic.tolist()


def test_past_the_action_limit_it_goes_on_until_the_decision():
    steps = np.full(10, 3)

    path = two_limit_path(steps, 5, 8, np.array([6]))

    assert path.statistic.tolist() == [3, 6, 9, 12, 15, 18, 21, 3, 6, 9]
    assert path.alarms.tolist() == [1, 8]
    assert path.actions.tolist() == [2, 9]
    assert path.alarm_onsets.tolist() == [-1, 6]


def test_no_events_give_no_path():
    path = two_limit_path(np.array([], dtype=np.int64), 5, 8, np.array([], dtype=np.int64))

    assert as_walked(path) == ([], [], [], [])


def test_senseless_limits_and_restarts_are_refused():
    none = np.array([], dtype=np.int64)
    with pytest.raises(ValueError, match="not below the alarm limit"):
        two_limit_path(np.array([1]), 5, 4, none)
    with pytest.raises(ValueError, match="at least 1 step"):
        two_limit_path(np.array([1]), 0, None, none)
    with pytest.raises(ValueError, match="one of the 1 events"):
        two_limit_path(np.array([1]), 5, 8, np.array([1]))
