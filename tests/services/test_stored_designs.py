"""An evaluation kept before designs said what they cost is still shown, and says what brings its charts back."""

from dataclasses import replace

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import NotEstimable
from surveillance.services import charts as charts_page
from surveillance.services import false_alarm_arithmetic, false_alarms
from surveillance.services.stored_designs import kept_charts, stored_design
from surveillance.services.stored_series import series_now

# the fields of a design as version 0.1.0 kept it before each limit had its cost
OLD = {
    "key": "missed_positives",
    "watches": "missed_positives",
    "title": "Positives the AI did not flag",
    "change": "evidence that 10 % has become 20 %",
    "level": "alarm",
    "unit": "events",
    "steps_per_unit": 7,
    "alarm_steps": 40,
    "action_steps": 60,
    "events_per_week": 21.7,
    "alarm_years": 2.6,
    "action_years": 21.0,
    "delay_median": 3.0,
    "delay_p95": 9.0,
    "action_delay_median": 5.0,
    "action_delay_p95": 12.0,
    "in_control": 0.10,
    "out_of_control": 0.20,
    "odds_ratio": None,
    "mix": "",
}


def older(summary):
    """Return a summary whose first chart has such a design."""
    first, *rest = summary["charts"]
    return {**summary, "charts": [{**first, "design": OLD}, *rest]}


def test_an_old_design_is_told_by_a_sentence_and_no_fault():
    with pytest.raises(NotEstimable, match=r"kept before.*next weekly evaluation"):
        stored_design(OLD)


def test_only_the_chart_with_an_old_design_waits(read_only):
    summary = series_now(read_only.store, 1).summary
    first, *rest = kept_charts(older(summary))

    assert first["design"] is None
    assert "next weekly evaluation" in first["waiting"]
    assert rest == summary["charts"][1:]
    assert kept_charts(summary) == summary["charts"]


def test_every_page_of_charts_is_shown_on_an_old_evaluation(read_only, actor, monkeypatch):
    kept = series_now(read_only.store, 1)
    old = replace(kept, newest=replace(kept.newest, summary=older(kept.summary)))
    monkeypatch.setattr(charts_page, "series_now", lambda store, deployment: old)
    for page in (false_alarms, false_alarm_arithmetic):
        newest = page.newest_evaluations

        def aged(connection, newest=newest):
            return {key: replace(one, summary=older(one.summary)) for key, one in newest(connection).items()}

        monkeypatch.setattr(page, "newest_evaluations", aged)
    who = actor(Role.RC_AI)

    assert "next weekly evaluation" in " ".join(
        one.waiting for one in charts_page.charts(who, read_only.store, 1).lines
    )
    assert false_alarms.false_alarms(who, read_only.store).rows[0].waiting == 1
    assert "next weekly evaluation" in false_alarm_arithmetic.arithmetic(who, read_only.store, 1).lines[0].basis
