"""Every past week can be shown, and computed again, exactly as it was known then."""

from dataclasses import asdict
from datetime import timedelta

import numpy as np
import pytest

from surveillance.domain.evaluation import evaluate
from surveillance.domain.plan import load_plan
from surveillance.domain.roles import Role
from surveillance.services import evaluation, stop_use
from surveillance.services.case_logs import read_case_log
from surveillance.services.stored_diagram import diagram_bytes
from surveillance.services.stored_series import read_series
from surveillance.storage import plans, recommendations, register
from surveillance.storage.evaluations import series
from surveillance.storage.times import to_micros

EXACT = ("n", "events", "verdict", "mature", "restated")
FLOATS = ("value", "low", "high")


def kept_and_computed(store, deployment_id, as_of, seen_by):
    """Return what is stored for a pair of clocks, and what the rule book says of it now."""
    with store.read() as connection:
        kept = read_series(connection, deployment_id, as_of=as_of, seen_by=seen_by)
        plan = load_plan(plans.plan(connection, kept.newest.plan_id).toml)
        log = read_case_log(connection, register.deployment(connection, deployment_id), plan, seen_by)
    return kept, evaluate(plan, log, as_of)


def assert_same(kept, computed):
    for name in EXACT:
        assert np.array_equal(getattr(kept.points, name), getattr(computed.points, name)), name
    for name in FLOATS:
        np.testing.assert_allclose(getattr(kept.points, name), getattr(computed.points, name), rtol=0, atol=1e-12)
    assert (kept.diagram is None) == (computed.reliability is None)
    if kept.diagram is not None:
        assert diagram_bytes(kept.diagram) == diagram_bytes(computed.reliability)
    summary = kept.summary
    assert [one["verdict"] for one in summary["verdicts"]] == [one.verdict.value for one in computed.verdicts]
    assert len(summary["charts"]) == len(computed.charts)
    for chart, path in zip(summary["charts"], computed.charts, strict=True):
        assert (chart["key"], chart["waiting"], chart["complete_to"]) == (path.key, path.waiting, path.complete_to)
        assert [without_floats(one) for one in chart["signals"]] == [without_floats(asdict(s)) for s in path.signals]
        statistics = [one["statistic"] for one in chart["signals"]]
        np.testing.assert_allclose(statistics, [s.statistic for s in path.signals], rtol=0, atol=1e-12)
        if chart["design"] is not None:
            line = kept.lines[chart["key"]]
            np.testing.assert_allclose(line.statistic, path.statistic, rtol=0, atol=1e-12)
            np.testing.assert_allclose(line.peak, path.peak, rtol=0, atol=1e-12)


def without_floats(signal):
    """Return a signal's words and counts, weeks as numbers."""
    return {
        name: value["number"] if isinstance(value, dict) else value
        for name, value in signal.items()
        if name not in ("statistic", "expected")
    }


def past_screens(store):
    """Return twenty pairs of clocks at which the store judged the ward, before and after the late file."""
    with store.read() as connection:
        judged = sorted({(row.as_of, row.seen_by) for row in all_rows(connection)})
    chosen = [judged[place] for place in np.linspace(3, len(judged) - 1, 20).astype(int)]
    assert len(set(chosen)) == 20
    return chosen


def all_rows(connection):
    seen = {row.seen_by for row in series(connection, 1)}
    seen |= {row.seen_by - 1 for row in series(connection, 1)}
    return {row.id: row for moment in seen for row in series(connection, 1, seen_by=moment)}.values()


def test_twenty_past_weeks_computed_again_are_what_was_stored_for_them_then(read_only):
    for as_of, seen_by in past_screens(read_only.store):
        assert_same(*kept_and_computed(read_only.store, 1, as_of, seen_by))


def test_a_week_judged_before_the_late_file_and_after_it_is_kept_both_ways(read_only, words):
    as_of = next(pair[0] for pair in past_screens(read_only.store) if pair[0] > words.monday(15))
    early, late = to_micros(words.monday(19)), to_micros(words.monday(25))

    before, computed_before = kept_and_computed(read_only.store, 1, as_of, early)
    after, computed_after = kept_and_computed(read_only.store, 1, as_of, late)

    assert before.complete_to < after.complete_to
    week = words.LATE_FROM
    assert before.points.at("sensitivity", 4, week).n < after.points.at("sensitivity", 4, week).n
    assert_same(before, computed_before)
    assert_same(after, computed_after)


def test_a_history_loaded_in_one_go_is_judged_as_its_instalments_were(read_only, ready, words):
    results, outcomes = words.tables()
    end = words.monday(words.WEEKS - 1)
    ready.load(results, end)
    ready.load(outcomes[outcomes["truth_recorded_at"] < f"{end:%Y-%m-%d}"], end)
    ready.evaluate(end)

    with ready.store.read() as connection:
        at_once = read_series(connection, 1)
    with read_only.store.read() as connection:
        told = read_series(connection, 1)

    for name in (*EXACT, *FLOATS):
        assert np.array_equal(getattr(at_once.points, name), getattr(told.points, name), equal_nan=name in FLOATS), name
    assert at_once.summary["charts"] == told.summary["charts"]
    assert at_once.summary["verdicts"] == told.summary["verdicts"]
    assert at_once.summary["sentence"] == told.summary["sentence"]


@pytest.mark.parametrize("week", [12, 18, 24])
def test_a_screen_of_the_past_shows_nothing_that_came_later(read_only, words, week):
    with read_only.store.read() as connection:
        kept = read_series(connection, 1, as_of=words.monday(week), seen_by=to_micros(words.monday(week)))

    assert kept.points.weeks == week + 1
    assert kept.newest.seen_by <= to_micros(words.monday(week))


def test_screens_before_and_after_a_decision_are_computed_again_with_the_decisions_of_their_time(told, words, actor):
    decided = words.monday(words.WEEKS - 1) + timedelta(hours=1)
    with told.store.read() as connection:
        (waits,) = recommendations.recommendations(connection, 1)
    stop_use.decline(actor(Role.RC_AI), told.store, waits.id, reason="A transfer fault.", at=decided)
    corrected = words.outcomes(24).head(5).assign(truth_recorded_at="2025-08-27T12:00:00Z", truth="indeterminate")
    told.load(corrected, decided)
    told.load(
        words.results(2).assign(case_id=lambda table: "n" + table["case_id"], acquired_at="2025-10-01T12:00:00Z"),
        decided,
    )
    again = words.monday(words.WEEKS)
    assert told.evaluate(again).restated_from

    with told.store.read() as connection:
        rows = sorted({(row.as_of, row.seen_by) for row in all_rows(connection)})
    for as_of, seen_by in (rows[-1], rows[-2], rows[-6], rows[20]):
        assert_same(*kept_and_computed(told.store, 1, as_of, seen_by))


def test_several_processes_judge_as_one_does(ready, words, actor):
    results, outcomes = words.tables()
    end = words.monday(9)
    ready.register(site="Elsewhere", at=end)
    ready.plan(words.plan_toml(sites=["Elsewhere"], plan="bleed elsewhere"), end)
    for site in (words.SITE, "Elsewhere"):
        ready.load(results[results["acquired_at"] < "2025-05-01"].assign(site=site), end)
        ready.load(outcomes[outcomes["truth_recorded_at"] < "2025-05-01"].assign(site=site), end)

    evaluation.run_all(actor(Role.DATA_MANAGER), ready.store, at=end, workers=2)

    with ready.store.read() as connection:
        for number in (1, 2):
            newest = series(connection, number)[-1]
            assert_same(*kept_and_computed(ready.store, number, newest.as_of, newest.seen_by))
