"""The printed chance that a stable year shows a mark, against a fresh simulation and the chance laws."""

import numpy as np
import pytest

from surveillance.detectors import xmr_false_alarm_rate
from surveillance.domain.stable_year import WITH_A_MARK, YEARS, stable_year
from surveillance.errors import NotEstimable


@pytest.mark.parametrize("weeks", sorted(WITH_A_MARK))
def test_the_kept_chance_is_that_of_a_fresh_simulation(weeks):
    """Six comparisons; |z| < 3.5 fails by chance in 3 of 1,000 seeds."""
    runs, kept = 1000, WITH_A_MARK[weeks] / YEARS
    fresh = xmr_false_alarm_rate(baseline=weeks, runs=runs, rng=np.random.default_rng(400 + weeks))
    error = np.sqrt(kept * (1 - kept) * (1 / runs + 1 / YEARS))

    assert abs(fresh.value - kept) / error < 3.5


def test_longer_baselines_mark_less_and_never_less_than_known_limits():
    shares = [WITH_A_MARK[weeks] / YEARS for weeks in sorted(WITH_A_MARK)]

    assert shares == sorted(shares, reverse=True)
    assert shares[-1] > 0.47  # with known limits, as `xmr_false_alarm_rate` states


def test_between_two_measured_numbers_of_weeks_the_smaller_counts():
    assert stable_year([23]) == stable_year([20])
    assert stable_year([60, 12, 30]).weeks == 12


def test_several_charts_are_marked_more_often_than_one():
    year = stable_year([24, 24, 24])

    assert year.any_of_them == pytest.approx(1 - (1 - year.one) ** 3)
    assert stable_year([24]).any_of_them == pytest.approx(year.one)


@pytest.mark.parametrize("weeks", [[], [11, 40]])
def test_says_why_there_is_no_chance_to_state(weeks):
    with pytest.raises(NotEstimable, match=r"needs limits from 12 weeks, got"):
        stable_year(weeks)
