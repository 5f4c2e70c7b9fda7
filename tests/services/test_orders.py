"""The denominator comes from the RIS: what was ordered and never read stands in it, and in no finding's figure."""

import numpy as np
import pandas as pd
import pytest

from surveillance.domain.roles import Role
from surveillance.services import exports, intake
from surveillance.services.stored_series import read_series

WEEK = 3


def load_orders(ward, words, table, at):
    """Load an orders file through its canonical profile."""
    who = words.actor(Role.DATA_MANAGER)
    given = intake.preview(who, ward.store, words.csv(table), f"orders {at:%d-%m %H}.csv", "canonical-orders", at=at)
    return intake.commit(who, ward.store, given, choice="keep", at=at)


def ordered(words, weeks=range(WEEK + 2), pathway="Acute stroke"):
    """Return an order for every study of the first weeks."""
    results = pd.concat([words.results(week) for week in weeks])
    return results[["case_id", "site", "acquired_at"]].assign(pathway=pathway)


def extra(words, count, pathway="Acute stroke", week=WEEK):
    """Return orders of one week that nobody read."""
    unread = ordered(words, [week], pathway).head(count)
    return unread.assign(case_id=[f"unread{number}" for number in range(count)])


def figures(ward, metrics, week=WEEK, seen_by=None):
    """Return (n, events, value) of figures of one week."""
    with ward.store.read() as connection:
        points = read_series(connection, 1, seen_by=seen_by).points
    return {name: (p.n, p.events, p.value) for name in metrics for p in [points.at(name, 1, week)]}


@pytest.fixture
def begun(ready, words):
    """A ward with five weeks of results and outcomes, judged, and no orders."""
    for week in range(WEEK + 2):
        ready.tell(week)
    return ready


SHARES = ("processed_share", "failed_share", "eligible")
FINDINGS = ("sensitivity", "specificity", "positive_predictive_value", "flag_rate", "turnaround_median")


def test_orders_without_a_result_are_eligible_and_not_processed_and_in_no_finding(begun, words):
    n, done, _ = figures(begun, SHARES)["processed_share"]
    findings = figures(begun, FINDINGS)
    load_orders(begun, words, pd.concat([ordered(words), extra(words, 20)]), words.monday(WEEK + 1))

    run = begun.evaluate(words.monday(WEEK + 1))

    after = figures(begun, SHARES)
    assert run.restated_from
    assert run.weeks == 2  # from the week of the orders on
    assert after["processed_share"] == (n + 20, done, pytest.approx(done / (n + 20)))
    assert after["failed_share"] == (n + 20, n + 20 - done, pytest.approx((n + 20 - done) / (n + 20)))
    assert after["eligible"][0] == n + 20
    assert figures(begun, FINDINGS) == findings


def test_the_technical_failures_chart_counts_them(begun, words):
    def peak():
        with begun.store.read() as connection:
            return np.nanmax(read_series(connection, 1).lines["technical_failures"].peak)

    before = peak()
    load_orders(begun, words, pd.concat([ordered(words), extra(words, 30, week=WEEK + 1)]), words.monday(WEEK + 1))
    begun.evaluate(words.monday(WEEK + 1))

    assert peak() > before


def test_the_result_that_comes_later_makes_it_a_processed_study_of_its_week(begun, words):
    n, done, _ = figures(begun, SHARES)["processed_share"]
    load_orders(begun, words, pd.concat([ordered(words), extra(words, 5)]), words.monday(WEEK + 1))
    begun.evaluate(words.monday(WEEK + 1))
    came = words.results(WEEK).query("status == 'processed'").head(2).assign(case_id=["unread0", "unread1"])
    came["acquired_at"] = extra(words, 2)["acquired_at"].tolist()
    begun.load(came, words.monday(WEEK + 2))

    begun.evaluate(words.monday(WEEK + 2))

    assert figures(begun, SHARES)["processed_share"][:2] == (n + 5, done + 2)


def test_what_was_said_before_the_orders_came_stays(begun, words):
    def said(seen_by):
        with begun.store.read() as connection:
            kept = read_series(connection, 1, seen_by=seen_by)
        return kept.newest.id, kept.newest.seen_by, kept.points.value.tobytes(), kept.points.n.tobytes()

    before = said(None)
    load_orders(begun, words, extra(words, 20), words.monday(WEEK + 2))
    begun.evaluate(words.monday(WEEK + 2))

    assert said(before[1]) == before
    assert said(None) != before


def test_orders_of_another_pathway_are_not_the_plans(begun, words):
    before = figures(begun, SHARES)
    load_orders(begun, words, pd.concat([ordered(words), extra(words, 20, "Trauma")]), words.monday(WEEK + 1))
    begun.evaluate(words.monday(WEEK + 1))
    assert figures(begun, SHARES) == before


def test_a_result_whose_orders_are_of_another_pathway_only_is_not_of_the_plans_population(begun, words):
    before = figures(begun, (*SHARES, *FINDINGS))
    week = words.results(WEEK)
    trauma = week["case_id"].iloc[0:80:4]
    orders = ordered(words)
    orders.loc[orders["case_id"].isin(trauma), "pathway"] = "Trauma"
    both = orders[orders["case_id"].isin(trauma[:5])].assign(pathway="ACUTE STROKE")  # a study under two pathways stays
    load_orders(begun, words, pd.concat([orders, both]), words.monday(WEEK + 1))
    run = begun.evaluate(words.monday(WEEK + 1))

    gone = week[week["case_id"].isin(trauma[5:])]
    done = gone[gone["status"] == "processed"]
    after = figures(begun, (*SHARES, *FINDINGS))
    assert run.restated_from
    assert after["eligible"][0] == before["eligible"][0] - len(gone)
    assert after["processed_share"][:2] == tuple(np.subtract(before["processed_share"][:2], (len(gone), len(done))))
    flagged = int((done["called"] == "true").sum())
    assert after["flag_rate"][:2] == tuple(np.subtract(before["flag_rate"][:2], (len(done), flagged)))


def test_orders_that_never_name_the_plans_pathway_take_no_study_away(begun, words):
    before = figures(begun, (*SHARES, *FINDINGS))
    load_orders(
        begun, words, pd.concat([ordered(words, pathway="CTH"), extra(words, 9, "CTH")]), words.monday(WEEK + 1)
    )
    begun.evaluate(words.monday(WEEK + 1))
    assert figures(begun, (*SHARES, *FINDINGS)) == before


def test_a_week_nobody_sent_a_study_of_to_the_ai_reads_as_not_processed_once_a_later_week_is_here(ready, words):
    for week in (0, 1, 3):
        ready.load(words.results(week), words.monday(week))
    load_orders(ready, words, ordered(words, range(4)), words.monday(3))
    ready.evaluate(words.monday(3))
    n = len(words.results(2))
    assert figures(ready, ["processed_share"], 2)["processed_share"] == (n, 0, 0.0)


def test_orders_that_come_before_their_results_raise_nothing(ready, words):
    ready.load(words.results(0), words.monday(0))
    load_orders(ready, words, ordered(words, range(3)), words.monday(2))
    run = ready.evaluate(words.monday(2))
    assert (run.weeks, run.alarms, run.recommendations) == (1, 0, 0)


def test_exported_cases_hold_what_was_ordered_and_load_again_as_they_were(begun, bare, words):
    load_orders(begun, words, pd.concat([ordered(words), extra(words, 3)]), words.monday(WEEK + 1))
    columns, rows = exports.cases(words.actor(Role.PHYSICIST), begun.store)
    exported = pd.DataFrame(rows, columns=columns).set_index("case_id")
    assert exported.loc[["unread0", "unread1", "unread2"], "status"].tolist() == ["not_sent"] * 3
    assert exported.loc["unread0", ["version", "score", "result_at"]].tolist() == [words.VERSION, "", ""]

    bare.register()
    bare.load(words.csv(exported.reset_index().astype(str)), words.monday(WEEK + 2))
    assert exports.cases(words.actor(Role.PHYSICIST), bare.store) == (columns, rows)
