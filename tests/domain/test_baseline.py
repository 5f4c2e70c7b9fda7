"""The accepted reference period: the dates win, short of the minimum it is provisional, small sites share one."""

from dataclasses import replace
from datetime import date

import pytest

from surveillance.domain.evaluation import evaluate
from tests.domain.small_log import Study, content, log, plan, week


def positives(flagged, missed, first=0.0):
    """Return confirmed positives of one week, some not flagged."""
    calls = [1] * flagged + [0] * missed
    return [Study(first + i * 0.05, call, [(first + i * 0.05 + 1, 1, "report")], 0.9) for i, call in enumerate(calls)]


def test_a_baseline_short_of_its_minimum_is_provisional_and_says_how_far_it_is():
    short = {"from": date(2026, 1, 5), "to": date(2026, 6, 28), "minimum_positives": 200}
    made = plan(top={"baseline": short})
    during = evaluate(made, log(positives(60, 2)), week(8).end("UTC")).baseline
    after = evaluate(made, log(positives(60, 2)), week(40).end("UTC")).baseline

    assert not during.met
    assert during.words == "provisional, week 9 of about 25"
    assert (during.sensitivity, during.specificity) == (0.90, 0.95)
    assert not after.met
    assert after.words == "provisional: the baseline has 62 positives, 200 are needed"


def test_a_met_baseline_gives_its_own_figures():
    negatives = [Study(3.5 + i * 0.01, int(i < 10), [(5, 0, "report")]) for i in range(100)]
    short = {"from": date(2026, 1, 5), "to": date(2026, 1, 11), "minimum_positives": 50}
    state = evaluate(plan(top={"baseline": short}), log([*positives(48, 12), *negatives]), week(3).end("UTC")).baseline

    assert state.met
    assert (state.sensitivity, state.specificity) == pytest.approx((0.80, 0.90))


def test_small_sites_share_a_pooled_baseline_only_where_the_plan_says_so():
    period = {"from": date(2026, 1, 5), "to": date(2026, 1, 11), "minimum_positives": 100}
    others = (log(positives(40, 0)), log(positives(30, 10)))
    own = replace(log(positives(20, 20)), pooled=others)

    alone = evaluate(plan(top={"baseline": {**period, "pool_sites": False}}), own, week(2).end("UTC")).baseline
    shared = evaluate(plan(top={"baseline": {**period, "pool_sites": True}}), own, week(2).end("UTC")).baseline

    assert (alone.met, alone.positives) == (False, 40)
    assert (shared.met, shared.positives) == (True, 120)


def test_an_audited_baseline_weighs_what_the_audit_found():
    missed = [Study(3, 0, [(4, 1, "audit")], audited=True) for _ in range(2)]
    well = [Study(2, 0, [(4, 0, "audit")], audited=True) for _ in range(19)]
    flagged = [*positives(80, 0), *(Study(1, 1, [(2, 0, "report")]) for _ in range(10))]
    period = {"from": date(2026, 1, 5), "to": date(2026, 1, 11), "minimum_positives": 50}
    made = plan(top={"baseline": period}, truth={"audit_fraction_unflagged": 0.1})
    state = evaluate(made, log([*missed, *well, *flagged]), week(2).end("UTC")).baseline

    assert state.sensitivity == pytest.approx(80 / (80 + 2 / 0.1))  # Begg & Greenes
    assert state.specificity == pytest.approx(190 / (190 + 10))


def test_a_chart_on_scores_waits_for_a_hundred_studies_and_says_so():
    made = plan(top={"chart": content()["chart"]})
    few, enough = (
        evaluate(
            made, log([Study(i * 0.02, 1, [(i * 0.02 + 1, 1, "report")], 0.3) for i in range(n)]), week(1).end("UTC")
        )
        for n in (99, 101)
    )

    waiting = next(path for path in few.charts if path.key == "calibration")
    assert "waits for 100 studies" in waiting.waiting
    assert "99 so far" in waiting.waiting
    assert {path.key for path in enough.charts} >= {"calibration:2", "calibration:0.5"}
