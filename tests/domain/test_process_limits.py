"""Process limits of weekly figures: which weeks fix them, which weeks are judged, and what a gap does; by hand."""

import numpy as np
import pytest

from surveillance.detectors import Word
from surveillance.detectors.xmr_rules import Rule
from surveillance.domain.process_limits import BETTER, Basis, read_weeks
from surveillance.errors import NotEstimable

# Mean 606 / 12 = 50.5; moving ranges 2 3 2 1 3 5 3 1 2 3 2 add up to 27, and 2.66 x 27 / 11 = 6.529...
TWELVE = [50.0, 52, 49, 51, 50, 53, 48, 51, 50, 52, 49, 51]
SPREAD = 2.66 * 27 / 11


def read(values, baseline=(0, 12), way=-1, judged=None, **named):
    series = np.array(values, dtype=float)
    there = np.ones(len(series), dtype=bool) if judged is None else np.array(judged)
    return read_weeks(series, there, baseline, improvement_direction=way, **named)


def test_the_baseline_fixes_mean_and_limits_as_worked_by_hand():
    found = read([*TWELVE, 50, 60])

    assert (found.mean, found.lower, found.upper) == pytest.approx((50.5, 50.5 - SPREAD, 50.5 + SPREAD))
    assert (found.basis, found.fixed_by) == (Basis.PLAN, tuple(range(12)))
    assert [week.word for week in found.weeks] == [*[Word.COMMON_CAUSE] * 13, Word.CONCERN]
    assert (found.weeks[13].rule, found.weeks[13].way) == (Rule.BEYOND_LIMIT, 1)


@pytest.mark.parametrize(
    ("way", "word"), [(-1, Word.CONCERN), (1, Word.IMPROVEMENT), (0, Word.HIGH)], ids=["lower", "higher", "neither"]
)
def test_the_word_follows_the_direction_of_improvement(way, word):
    assert read([*TWELVE, 60], way=way).weeks[12].word is word


def test_turnaround_is_better_lower_and_volume_and_flag_rate_have_no_better_side():
    assert BETTER == {"turnaround_median": -1, "eligible": 0, "flag_rate": 0}


def test_later_weeks_never_move_the_limits():
    one, two = read(TWELVE), read([*TWELVE, 90, 10, 70])

    assert (one.mean, one.lower, one.upper) == (two.mean, two.lower, two.upper)


def test_a_baseline_of_eleven_weeks_gives_way_to_the_first_twelve():
    found = read([*TWELVE, 50, 50], baseline=(3, 14))

    assert (found.basis, found.fixed_by) == (Basis.FIRST_WEEKS, tuple(range(12)))
    assert all(found.weeks)


def test_weeks_before_a_new_baseline_are_not_judged():
    found = read([90.0] * 8 + TWELVE, baseline=(8, 20))

    assert found.mean == pytest.approx(50.5)
    assert found.weeks[:8] == (None,) * 8
    assert all(found.weeks[8:])


def test_eleven_weeks_are_too_few_to_say():
    with pytest.raises(NotEstimable, match=r"need 12 complete weeks with a value, got 11"):
        read(TWELVE[:11])


def test_an_incomplete_newest_week_is_neither_judged_nor_part_of_the_limits():
    found = read([*TWELVE, 5], baseline=(0, 13), judged=[True] * 12 + [False])

    assert found.weeks[12] is None
    assert found.fixed_by == tuple(range(12))


def test_a_week_without_a_value_is_no_zero_and_neither_makes_nor_breaks_a_pattern():
    shifted = [51.0, 52, 51, 52, 51, 52, 51]
    found = read([*TWELVE[:11], 50, *shifted[:4], np.nan, *shifted[4:]], baseline=(0, 12))
    marked = [place for place, week in enumerate(found.weeks) if week is not None and week.rule is Rule.SHIFT]

    assert found.weeks[16] is None
    assert marked == [12, 13, 14, 15, 17, 18, 19]


def test_six_weeks_above_the_mean_are_no_pattern_and_seven_are():
    six, seven = (read([*TWELVE[:11], 50, *[51.0, 52] * 3, *last]) for last in ([50.0], [51.0]))

    assert not any(week.rule for week in six.weeks)
    assert sum(week.rule is Rule.SHIFT for week in seven.weeks) == 7


def test_a_week_without_any_study_is_judged_as_volume_but_fixes_no_limit():
    values = [*TWELVE[:6], 0.0, *TWELVE[6:]]
    found = read(values, baseline=(0, 13), way=0, usable=np.array(values) > 0)

    assert found.mean == pytest.approx(50.5)
    assert found.weeks[6].word is Word.LOW


def test_limits_end_where_the_values_must():
    shares = [0.02, 0.98] * 6
    found = read(shares, way=0, most=1.0)

    assert (found.lower, found.upper) == (0.0, 1.0)
