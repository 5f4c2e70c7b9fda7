"""XmR: words, state, limits taken anew, and how often a stable year shows a mark."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.detectors import Word, XmR, xmr_false_alarm_rate, xmr_reading
from surveillance.detectors.xmr_limits import process_limits
from surveillance.detectors.xmr_rules import Rule
from surveillance.errors import NotEstimable

STANDARD = XmR(0.0, 3.0, improvement_direction=-1)
VALUES = st.lists(st.integers(-4, 4), max_size=60)


@pytest.mark.parametrize(("baseline", "published"), [(None, 0.48), (24, 0.63), (12, 0.70)])
def test_a_stable_year_shows_a_mark_as_often_as_was_simulated_elsewhere(baseline, published):
    """Shares simulated apart from this code: 48, 63 and 70 %; 1200 years each, z < 3.5, theirs taken to be as many."""
    rate = xmr_false_alarm_rate(baseline=baseline, runs=1200, rng=np.random.default_rng(71))

    assert abs(rate.value - published) < 3.5 * np.sqrt(2) * rate.standard_error
    assert rate.n == 1200


def test_limits_are_worked_by_hand():
    """Mean 11.5; moving ranges 2, 1, 2, mean 5/3; 2.66 * 5/3 = 4.433."""
    limits = process_limits([10.0, 12.0, 11.0, 13.0])

    assert (limits.mean, limits.spread) == pytest.approx((11.5, 2.66 * 5 / 3))


def test_a_huge_moving_range_is_left_out_once_and_its_value_kept():
    values = [10.0, 11.0] * 10 + [90.0] + [10.0, 11.0] * 5
    limits = process_limits(values)

    assert limits.mean == pytest.approx(np.mean(values))
    assert limits.spread == pytest.approx(2.66)  # the moving ranges of 79 and 80 are out, all others are 1
    assert process_limits(values, screen_outliers=False).spread > 10.0


@given(VALUES, st.integers(0, 60))
def test_half_and_half_is_the_whole(values, cut):
    whole = STANDARD.run(values)

    first = STANDARD.run(values[:cut])
    second = STANDARD.run(values[cut:], state=first.state)

    shift = len(first.statistic)
    assert np.concatenate((first.signals, second.signals + shift)).tolist() == whole.signals.tolist()
    assert np.concatenate((first.onset, second.onset + shift)).tolist() == whole.onset.tolist()
    assert second.state == whole.state


@given(VALUES, st.integers(0, 60))
def test_what_was_marked_at_the_time_does_not_change_later(values, cut):
    assert STANDARD.words(values)[:cut] == STANDARD.words(values[:cut])


@given(VALUES)
def test_upside_down_the_marks_are_the_same_and_the_words_change_places(values):
    upside_down = [-value for value in values]
    words = {Word.CONCERN: Word.IMPROVEMENT, Word.IMPROVEMENT: Word.CONCERN, Word.COMMON_CAUSE: Word.COMMON_CAUSE}

    assert STANDARD.run(values).signals.tolist() == STANDARD.run(upside_down).signals.tolist()
    assert [words[word] for word in STANDARD.words(values)] == list(STANDARD.words(upside_down))


@pytest.mark.parametrize(
    ("values", "signals"),
    [
        ([0.1] * 6, []),
        ([0.1] * 7, [6]),
        ([0.1, 0.2, 0.3, 0.0, 0.1, 0.2, 0.3, 0.4], []),
        ([-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3], [6]),
        ([-0.3, -0.2, -0.1, -0.1, 0.1, 0.2, 0.3], []),
        ([2.1, 0.5, 2.2], [2]),
        ([2.1, -0.5, 2.2], []),
        ([3.0, -1.0], []),
        ([3.001, -1.0], [0]),
    ],
)
def test_each_rule_is_complete_where_it_is_said_to_be(values, signals):
    """Worked by hand with mean 0 and limits at 3: 7 a side, 7 rising, ties, two in three, strictly outside."""
    assert STANDARD.run(values).signals.tolist() == signals


def test_a_constant_process_is_common_cause():
    reading = xmr_reading([0.1] * 20, improvement_direction=1)

    assert set(reading.word) == {Word.COMMON_CAUSE}


def test_limits_taken_anew_after_a_known_change_and_runs_do_not_cross_it():
    rng = np.random.default_rng(72)
    values = np.concatenate((rng.normal(50.0, 2.0, 20), rng.normal(70.0, 2.0, 20)))
    one, two = (xmr_reading(values, improvement_direction=-1, rebase_at=at) for at in ((), (20,)))
    apart = [xmr_reading(part, improvement_direction=-1) for part in (values[:20], values[20:])]

    assert {Word.CONCERN, Word.IMPROVEMENT} <= set(one.word)
    assert two.word == apart[0].word + apart[1].word
    assert two.mean.tolist() == [*apart[0].mean, *apart[1].mean]


def test_limits_fixed_after_some_points_are_those_of_the_points():
    values = np.concatenate((np.random.default_rng(73).normal(50.0, 2.0, 12), np.full(8, 58.0)))
    fixed = xmr_reading(values, improvement_direction=-1, fix_after=12)
    chart = XmR.from_baseline(values[:12], improvement_direction=-1)

    assert (fixed.mean[0], fixed.upper[-1], fixed.lower[-1]) == (chart.mean, chart.limit, chart.lower)
    assert fixed.rule[-1] in (Rule.BEYOND_LIMIT, Rule.TWO_IN_THREE, Rule.SHIFT)
    assert fixed.word[-1] is Word.CONCERN


def test_where_neither_way_is_better_points_are_high_or_low():
    reading = xmr_reading([50.0, 51.0] * 10 + [70.0], improvement_direction=0)

    assert reading.word[-1] is Word.HIGH


def test_it_has_no_head_start_and_never_restarts():
    assert not XmR.designed
    assert not XmR.restarts
    with pytest.raises(ValueError, match="has no head start"):
        STANDARD.start(head_start=True)


def test_senseless_readings_are_refused():
    with pytest.raises(NotEstimable, match="need 2 values, got 1"):
        XmR.from_baseline([1.0])
    with pytest.raises(NotEstimable, match="need 2 values, got 0"):
        xmr_reading([], improvement_direction=1)
    with pytest.raises(ValueError, match="1, -1 or 0"):
        xmr_reading([1.0, 2.0], improvement_direction=2)
    with pytest.raises(ValueError, match="not both"):
        xmr_reading([1.0, 2.0, 3.0, 4.0], improvement_direction=1, fix_after=2, rebase_at=[2])
    with pytest.raises(ValueError, match="only inside the 4 points"):
        xmr_reading([1.0, 2.0, 3.0, 4.0], improvement_direction=1, rebase_at=[9])


def test_an_infinite_value_and_a_negative_stretch_have_no_limits():
    with pytest.raises(ValueError, match="finite"):
        XmR.from_baseline([1.0, np.inf, 2.0])
    with pytest.raises(ValueError, match="first points, got -3"):
        xmr_reading(np.arange(10.0), improvement_direction=1, fix_after=-3)
