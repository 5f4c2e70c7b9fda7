"""A computer's clock that is set back, or runs ahead, loses nothing and judges nothing twice."""

from datetime import timedelta

from surveillance.services.stored_series import read_series
from surveillance.storage.evaluations import series

CORRECTED = "2025-04-16T12:00:00Z"


def correction(words):
    """Return truths withdrawn in the middle of week 6."""
    return words.outcomes(5).head(4).assign(truth="indeterminate", truth_recorded_at=CORRECTED)


def test_a_file_loaded_after_the_clock_was_set_back_still_restates_what_it_touches(ward, words):
    at = words.monday(8)
    ward.evaluate(at)
    before = ward.evaluate(at + timedelta(minutes=1))

    ward.load(correction(words), at - timedelta(days=2))
    run = ward.evaluate(at - timedelta(days=2) + timedelta(minutes=1))

    assert before.weeks == 0
    assert run.weeks == 2
    assert run.restated_from


def test_a_file_loaded_and_judged_at_one_and_the_same_moment_is_judged_once(ward, words):
    at = words.monday(8)
    first = ward.evaluate(at)
    ward.load(correction(words), at)
    second, third = ward.evaluate(at), ward.evaluate(at)
    assert (first.weeks, second.weeks, third.weeks) == (8, 2, 0)


def test_what_was_shown_before_the_clock_went_back_stays_so(ward, words):
    at = words.monday(8)
    ward.evaluate(at)
    with ward.store.read() as connection:
        seen = {row.seen_by for row in series(connection, 1)}
        before = read_series(connection, 1, seen_by=max(seen))
    ward.load(correction(words), at - timedelta(days=20))
    ward.evaluate(at - timedelta(days=20))

    with ward.store.read() as connection:
        again = read_series(connection, 1, seen_by=max(seen))
    assert again.newest == before.newest
    assert again.points.value.tobytes() == before.points.value.tobytes()


def test_a_week_is_not_judged_before_it_is_over_by_the_clock_of_the_call(ward, words):
    run = ward.evaluate(words.monday(3) - timedelta(days=3))
    assert run.weeks == 3
    assert ward.evaluate(words.monday(8)).weeks == 5


def test_after_a_moment_in_which_the_clock_ran_years_ahead_weeks_go_on_as_before(ward, words):
    ward.load(correction(words), words.monday(500))
    ahead = ward.evaluate(words.monday(7))
    back = ward.evaluate(words.monday(8))
    assert (ahead.weeks, back.weeks) == (8, 0)
    assert ahead.alarms == 0
