"""The drawn rate of rare events against two limits: signals are those of the detector, heights are worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.detectors import TimeBetweenEvents
from surveillance.detectors.gap_two_limits import (
    PER_STUDY,
    gap_limit_steps,
    gap_limit_studies,
    gap_onward,
    rare_event_two_limit_path,
)

NONE = np.zeros(0, dtype=np.int64)


def flags(text):
    """Return a column from a row of 0 and 1."""
    return np.array([letter == "1" for letter in text])


@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=120),
    st.integers(1, 3),
    st.one_of(st.none(), st.integers(3, 30)),
    st.integers(0, 20),
    st.lists(st.integers(0, 119), max_size=4),
)
def test_alarms_are_the_detectors_and_so_is_the_first_action_after_each_decision(cases, together, wide, less, decided):
    event, counted = (np.array(column) for column in zip(*cases, strict=True))
    narrow = max(together, (wide or 20) - less)
    decisions = np.unique([one for one in decided if one < len(cases)]).astype(np.int64)
    alarm, action = (TimeBetweenEvents(0.01, 0.05, limit, together) for limit in (wide, narrow))
    limits = gap_limit_steps(wide, together), gap_limit_steps(narrow, together)

    path = rare_event_two_limit_path(event, counted, together, 10**6, *limits, decisions)

    places = np.flatnonzero(counted)
    assert path.alarms.tolist() == places[alarm.run(event[places]).signals].tolist()
    first, waits = [], False
    for place in range(len(cases)):
        if place in places[action.run(event[places]).signals] and not waits:
            first, waits = [*first, place], True
        waits = waits and place not in decisions
    assert path.actions.tolist() == first
    assert (path.statistic[path.alarms] >= limits[0]).all()
    barred = rare_event_two_limit_path(event, counted, together, 50, limits[0], None, NONE)
    assert barred.alarms.tolist() == path.alarms.tolist()


@given(st.integers(1, 10_000_000), st.integers(1, 20))
def test_a_limit_in_studies_comes_back_from_its_height_and_no_other_number_stands_at_it(studies, together):
    steps = gap_limit_steps(studies, together)

    assert gap_limit_studies(steps, together) == studies
    assert together * PER_STUDY // (studies + 1) < steps


def test_the_height_is_the_events_over_all_studies_since_the_run_began():
    event = flags("0001000010")
    path = rare_event_two_limit_path(
        event, np.ones(10, dtype=bool), 1, 100, gap_limit_steps(5, 1), gap_limit_steps(2, 1), NONE
    )

    rates = [0, 0, 0, 1 / 4, 1 / 5, 1 / 6, 1 / 7, 1 / 8, 1 / 5, 1 / 6]
    assert path.statistic / PER_STUDY == pytest.approx(rates, abs=1e-14)
    assert path.alarms.tolist() == [3, 8]
    assert path.alarm_onsets.tolist() == [-1, 3]  # counted since the start, then since the event before


def test_a_run_is_forgotten_after_so_many_studies_without_another():
    path = rare_event_two_limit_path(
        flags("1000"), np.ones(4, dtype=bool), 1, 2, gap_limit_steps(None, 1), gap_limit_steps(1, 1), NONE
    )

    assert (path.statistic / PER_STUDY).round(3).tolist() == [1.0, 0.5, 0.333, 0.0]


def test_an_action_may_be_marked_again_once_its_run_is_forgotten():
    event, every = flags("11000011"), np.ones(8, dtype=bool)
    limits = gap_limit_steps(4, 1), gap_limit_steps(2, 1)
    kept = rare_event_two_limit_path(event, every, 1, 100, *limits, NONE)
    forgotten = rare_event_two_limit_path(event, every, 1, 3, *limits, NONE)

    assert (kept.actions.tolist(), forgotten.actions.tolist()) == ([0], [0, 7])


def test_a_decision_takes_the_height_to_zero_and_leaves_the_count():
    event, every = flags("0100010"), np.ones(7, dtype=bool)
    limits = gap_limit_steps(4, 1), gap_limit_steps(3, 1)
    left, decided = (
        rare_event_two_limit_path(event, every, 1, 100, *limits, NONE),
        rare_event_two_limit_path(event, every, 1, 100, *limits, np.array([2])),
    )

    assert decided.statistic[3:5].tolist() == [0, 0]
    assert decided.statistic[[1, 2, 5, 6]].tolist() == left.statistic[[1, 2, 5, 6]].tolist()
    assert decided.actions.tolist() == left.actions.tolist() == [1]
    assert decided.alarms.tolist() == [1, 5]


def test_a_chart_that_may_not_recommend_stands_at_zero_after_each_alarm():
    path = rare_event_two_limit_path(flags("010010"), np.ones(6, dtype=bool), 1, 100, gap_limit_steps(3, 1), None, NONE)

    assert path.alarms.tolist() == [1, 4]
    assert (path.statistic / PER_STUDY).round(3).tolist() == [0.0, 0.5, 0.0, 0.0, 0.333, 0.0]
    assert path.actions.tolist() == []


@pytest.mark.parametrize("cut", range(1, 12))
def test_what_goes_on_from_a_cut_is_the_rest_of_the_whole(cut):
    event, counted = flags("010010110001"), flags("111011111011")
    whole = rare_event_two_limit_path(
        event, counted, 2, 100, gap_limit_steps(3, 2), gap_limit_steps(2, 2), NONE
    ).statistic

    after = gap_onward(event, counted, 2, 100, cut, int(whole[cut - 1]))

    assert after.tolist() == whole[cut:].tolist()


def test_senseless_limits_are_refused():
    with pytest.raises(ValueError, match="at most"):
        gap_limit_steps(10**9, 1)
    with pytest.raises(ValueError, match="one of the 3 cases"):
        rare_event_two_limit_path(flags("010"), flags("111"), 1, 9, 1, None, np.array([3]))
    with pytest.raises(ValueError, match="one length"):
        rare_event_two_limit_path(flags("010"), flags("11"), 1, 9, 1, None, NONE)
