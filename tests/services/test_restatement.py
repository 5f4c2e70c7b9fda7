"""Late and corrected data: only the weeks they touch are judged again, what was said before stays, and it is told."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveillance.domain.weeks import Week
from surveillance.services.stored_series import read_series
from surveillance.storage import alarms
from surveillance.storage.evaluations import restated
from surveillance.storage.tables.judgement import EVALUATION
from surveillance.storage.times import to_micros

CORRECTED_IN = 24


@pytest.fixture
def later(words):
    """Return the Monday after everything was told."""
    return words.monday(words.WEEKS - 1) + timedelta(days=1)


def rows(store):
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(EVALUATION)).scalar_one()


def screen(store, as_of, seen_by):
    """Return what was shown of a week at a moment."""
    with store.read() as connection:
        kept = read_series(connection, 1, as_of=as_of, seen_by=to_micros(seen_by))
    return kept.newest.id, kept.summary, kept.points.value.tobytes(), kept.points.n.tobytes()


def correction(words, week, truth):
    """Return corrections of unflagged positives, recorded in the middle of a week."""
    results, outcomes = words.tables()
    unflagged = results.loc[results["called"] == "false", "case_id"]
    wrong = outcomes[(outcomes["truth"] == "1") & outcomes["case_id"].isin(unflagged)]
    moment = f"{words.FIRST_MONDAY + timedelta(weeks=week, days=2)}T12:00:00Z"
    return wrong[wrong["truth_recorded_at"] < moment].assign(truth=truth, truth_recorded_at=moment)


def test_a_late_file_restates_the_weeks_from_its_first_truth_on_and_no_other(told, words, later):
    before = rows(told.store)
    told.load(correction(words, CORRECTED_IN, "indeterminate").head(3), later)

    run = told.evaluate(later)

    assert run.weeks == words.WEEKS - CORRECTED_IN
    assert rows(told.store) - before == words.WEEKS - CORRECTED_IN
    with told.store.read() as connection:
        marked = restated(connection, 1)
    first_restated = words.monday(CORRECTED_IN) - timedelta(days=1)
    assert min(moment for moment in marked if moment > words.monday(words.LATE_AT)) > first_restated
    assert "Restated after late or corrected data" in run.sentence
    assert "2025-W34" in run.sentence  # week 24 counted from 2025-W10


def test_what_a_screen_showed_before_a_late_file_stays_as_it_was(told, words, later):
    moments = [(words.monday(week), words.monday(week)) for week in (23, 24, 27, 29)]
    shown = [screen(told.store, *pair) for pair in moments]
    told.load(correction(words, CORRECTED_IN, "0"), later)
    told.evaluate(later)

    assert [screen(told.store, *pair) for pair in moments] == shown
    assert screen(told.store, words.monday(29), later) != shown[-1]


def test_a_restated_week_is_marked_on_its_points(told, words, later):
    told.load(correction(words, CORRECTED_IN, "0"), later)
    told.evaluate(later)

    with told.store.read() as connection:
        kept = read_series(connection, 1)
    complete = kept.complete_to
    marks = [kept.points.at("sensitivity", 1, week).restated for week in range(complete + 1)]
    assert any(marks)
    assert not kept.points.at("flag_rate", 1, complete).restated


def test_a_correction_that_takes_a_signal_away_leaves_its_alarm_with_a_note(told, words, later):
    with told.store.read() as connection:
        kept = alarms.alarms(connection, 1)
    before = {one.alarm.signal_key: one for one in kept if one.alarm.kind == "chart"}
    told.load(correction(words, CORRECTED_IN, "0"), later)
    told.evaluate(later)

    with told.store.read() as connection:
        after = {one.alarm.signal_key: one for one in alarms.alarms(connection, 1)}
        charts = read_series(connection, 1).summary["charts"]
    still = {
        f"{signal['chart']}/{signal['limit']}/{Week(signal['week']).label}"
        for chart in charts
        for signal in chart["signals"]
    }
    assert set(before) <= set(after)
    noted = [key for key in before if after[key].events[-1].event == "restated"]
    assert noted
    for key in noted:
        assert after[key].state == before[key].state
        assert "The alarm stays" in after[key].events[-1].reason
        assert after[key].alarm == before[key].alarm
    assert set(noted) == set(before) - still


def test_nothing_new_is_nothing_due(told, later):
    before = rows(told.store)
    run = told.evaluate(later)
    assert (run.weeks, rows(told.store)) == (0, before)
    assert run.sentence.startswith("Nothing is due")


def test_rows_that_only_repeat_what_is_held_touch_nothing(told, words, later):
    told.load(words.results(5).head(40), later)
    told.load(words.outcomes(8).head(10), later)
    assert told.evaluate(later).weeks == 0


def test_studies_from_before_the_first_week_are_judged_too(ready, words):
    for week in (1, 2):
        ready.load(words.results(week), words.monday(week))
    assert ready.evaluate(words.monday(2)).weeks == 2

    ready.load(words.results(0), words.monday(3))
    run = ready.evaluate(words.monday(3))

    assert run.weeks == 3
    with ready.store.read() as connection:
        assert read_series(connection, 1).points.weeks == 3


def test_a_restatement_up_to_a_past_day_still_reaches_every_week_judged_before(told, words, later):
    told.load(correction(words, CORRECTED_IN, "0"), later)

    told.evaluate(later, as_of=words.monday(CORRECTED_IN + 1))

    assert told.evaluate(later + timedelta(hours=1)).weeks == 0
    newest = screen(told.store, words.monday(words.WEEKS - 1), later)[0]
    assert newest != screen(told.store, words.monday(words.WEEKS - 1), words.monday(words.WEEKS - 1))[0]


def test_no_week_is_judged_before_it_is_over(ready, words):
    for week in (0, 1):
        ready.load(words.results(week), words.monday(1))

    run = ready.evaluate(words.monday(1), as_of=words.monday(200))

    assert run.weeks == 2
    assert run.alarms == 0


def test_an_earlier_day_judges_only_the_weeks_over_by_then_and_the_rest_later(ready, words):
    ready.load(words.tables()[0], words.monday(words.WEEKS))

    first = ready.evaluate(words.monday(words.WEEKS), as_of=words.monday(3))
    second = ready.evaluate(words.monday(words.WEEKS))

    assert (first.weeks, second.weeks) == (4, words.WEEKS - 4)
    assert not second.restated_from
