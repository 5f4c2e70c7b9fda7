"""Weeks: ISO numbers as the standard library counts them, and days by the local clock through its changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.domain.weeks import Week, last_complete_week, micros, week_ends, week_numbers

LONDON = "Europe/London"


@given(st.dates(date(1970, 1, 5), date(2100, 1, 1)))
def test_a_week_has_the_year_and_number_of_the_iso_calendar(day):
    year, number, weekday = day.isocalendar()
    week = Week.of(day)

    assert week.label == f"{year}-W{number:02d}"
    assert week.iso == number
    assert week.monday == day - timedelta(days=weekday - 1)
    assert week.sunday.isoweekday() == 7


@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)))  # noqa: DTZ001 - hypothesis wants them bare
def test_a_study_belongs_to_the_week_of_its_local_date(moment):
    utc = moment.replace(tzinfo=UTC)

    assert week_numbers(np.array([micros(utc)]), LONDON).tolist() == [
        Week.of(utc.astimezone(ZoneInfo(LONDON)).date()).number
    ]


@pytest.mark.parametrize(
    ("sunday", "hours"),
    [(date(2026, 3, 29), 167), (date(2026, 10, 25), 169), (date(2026, 6, 7), 168)],
    ids=["clocks go forward", "clocks go back", "no change"],
)
def test_the_week_in_which_the_clocks_change_is_an_hour_shorter_or_longer(sunday, hours):
    week = Week.of(sunday)

    assert week.end(LONDON) - Week(week.number - 1).end(LONDON) == timedelta(hours=hours)


def test_an_hour_before_midnight_in_summer_is_still_sunday_and_an_hour_later_monday():
    before = datetime(2026, 6, 7, 22, 59, 59, tzinfo=UTC)  # 23:59:59 in London
    numbers = week_numbers(np.array([micros(before), micros(before + timedelta(seconds=1))]), LONDON)

    assert numbers.tolist() == [Week.of(date(2026, 6, 7)).number, Week.of(date(2026, 6, 8)).number]


def test_the_end_of_a_week_is_exclusive():
    end = Week.of(date(2026, 6, 7)).end(LONDON)

    assert end == datetime(2026, 6, 7, 23, 0, tzinfo=UTC)
    assert last_complete_week(end, LONDON) == Week.of(date(2026, 6, 7))
    assert last_complete_week(end - timedelta(microseconds=1), LONDON) == Week.of(date(2026, 5, 31))


def test_ends_of_many_weeks_are_the_ends_of_each():
    first, last = Week.of(date(2026, 3, 16)), Week.of(date(2026, 4, 6))
    each = [micros(Week(number).end(LONDON)) for number in range(first.number, last.number + 1)]

    assert week_ends(first.number, last.number, LONDON).tolist() == each


def test_the_last_week_of_a_long_year_is_fifty_three():
    assert Week.of(date(2021, 1, 3)).label == "2020-W53"
    assert Week.of(date(2027, 1, 1)).label == "2026-W53"
