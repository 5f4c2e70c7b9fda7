"""Counts of the Data quality page against a log small enough to count by hand."""

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from surveillance.domain.case_log import FAILED, NOT_SENT, PROCESSED, CaseLog
from surveillance.domain.data_quality import NO_ORDER, ORDERED, OTHER_PATHWAY, Matched, added, weekly_counts
from surveillance.domain.plan import load_plan, plan_template
from surveillance.domain.weeks import Week, micros

DAY = 86_400_000_000
FIRST = Week(2960)
MONDAY = micros(Week(FIRST.number - 1).end("Europe/London"))
PLAN = load_plan(plan_template("ich-triage"))  # flagged: 14 days, audited: 30 days; adjudication, then report
# Ten studies: day acquired, status, flagged, audited, order, never arrived.
ROWS = (
    (0, PROCESSED, 1, 0, ORDERED, False),
    (0, PROCESSED, 1, 0, ORDERED, False),
    (1, PROCESSED, 1, 0, NO_ORDER, False),
    (1, PROCESSED, 0, 1, OTHER_PATHWAY, False),
    (2, FAILED, -1, 0, ORDERED, False),
    (2, NOT_SENT, -1, 0, ORDERED, False),
    (3, NOT_SENT, -1, 0, NO_ORDER, True),
    (7, PROCESSED, 1, 0, ORDERED, False),
    (8, PROCESSED, 0, 1, ORDERED, False),
    (9, PROCESSED, 0, 0, ORDERED, False),
)
# study, day recorded, truth, source (report, adjudication, follow_up, audit)
TRUTHS = ((0, 3, 1, 1), (1, 20, 2, 1), (3, 5, 0, 3), (0, 90, 0, 1))


def log():
    day, status, called, audited, _, _ = (np.array(column) for column in zip(*ROWS, strict=True))
    n = len(ROWS)
    case, recorded, truth, source = (np.array(column) for column in zip(*TRUTHS, strict=True))
    return CaseLog(
        case_id=np.array([f"s{number}" for number in range(n)], dtype=object),
        acquired_at=MONDAY + day * DAY,
        result_at=MONDAY + day * DAY + 60_000_000,
        status=status.astype(np.int8),
        score=np.full(n, 0.5),
        called=called.astype(np.int8),
        audit_selected=audited.astype(bool),
        sampling_fraction=np.full(n, np.nan),
        patient=np.full(n, -1),
        outcome_case=case,
        outcome_recorded_at=MONDAY + recorded * DAY,
        outcome_truth=truth.astype(np.int8),
        outcome_source=source.astype(np.int8),
    )


def matched(*weeks):
    return Matched(
        never_arrived=np.array([row[5] for row in ROWS]),
        order=np.array([row[4] for row in ROWS], dtype=np.int8),
        weeks=np.array(weeks, dtype=np.int64),
    )


def counts(as_of_day=25, plan=PLAN, weeks=(FIRST.number, FIRST.number + 1)):
    span = (FIRST, Week(FIRST.number + 1))
    return weekly_counts(plan, "Europe/London", log(), matched(*weeks), span, MONDAY + as_of_day * DAY)


def test_the_orders_of_a_week_are_what_became_of_them():
    first, second = counts()
    assert (first.ordered, first.processed, first.failed, first.not_sent, first.never_arrived) == (5, 2, 1, 1, 1)
    assert (first.results, first.without_order, first.other_pathway) == (6, 1, 1)
    assert (second.ordered, second.processed, second.results, second.without_order) == (3, 3, 3, 0)


@pytest.mark.parametrize("as_of_day", [1, 10, 25, 60])
def test_the_parts_add_up(as_of_day):
    for one in (*counts(as_of_day), added(counts(as_of_day))):
        assert one.ordered == one.processed + one.failed + one.not_sent + one.never_arrived
        assert one.results == one.processed + one.failed + one.not_sent + one.without_order + one.other_pathway
        assert one.expected == one.arrived + one.overdue + one.not_due
        assert one.late <= one.arrived
        assert one.indeterminate <= one.arrived


def test_truths_are_here_late_overdue_or_not_due_by_the_plans_own_delays():
    # Day 25: of the first week's three expected truths, study 0 came after 3 days, 1 after 20 (late, indeterminate),
    # 2 is flagged and past its 14 days; 3, whose truth came after 4, is of another pathway and none of the plan's.
    # Of the second week 7 is past 14 days, 8 within 30.
    first, second = counts(25)
    assert (first.expected, first.arrived, first.late, first.indeterminate, first.overdue) == (3, 2, 1, 1, 1)
    assert (second.expected, second.arrived, second.overdue, second.not_due) == (2, 0, 1, 1)
    assert (counts(21)[1].overdue, counts(22)[1].overdue) == (0, 1)  # acquired on day 7, due on day 21


def test_what_is_recorded_later_is_not_known_before():
    assert counts(4)[0].arrived == 1
    assert counts(4)[0].by_source == (0, 1, 0, 0)
    assert counts(25)[0].by_source == (0, 2, 0, 0)


def test_a_week_without_orders_says_so_and_a_log_without_a_plan_expects_no_truth():
    first, second = counts(weeks=(FIRST.number + 1,))
    assert (first.orders_loaded, second.orders_loaded) == (False, True)
    assert added(counts(plan=None)).expected == 0
    assert added(counts(plan=None)).results == 9


def test_an_empty_log_has_no_study():
    empty = replace(log().without_studies())
    none = Matched(np.zeros(0, dtype=bool), np.zeros(0, dtype=np.int8), np.zeros(0, dtype=np.int64))
    (one,) = weekly_counts(
        PLAN, "Europe/London", empty, none, (FIRST,), micros(datetime.fromisoformat("2026-11-23T00:00Z"))
    )
    assert (one.results, one.ordered, one.expected) == (0, 0, 0)
