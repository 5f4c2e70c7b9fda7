"""The order in which studies enter the charts: each once, when its week matures, in order of acquisition."""

import numpy as np
import pytest

from surveillance.domain.chart_stream import every_study, verified_stream
from surveillance.domain.maturity import maturity
from surveillance.domain.study_frame import frame
from tests.domain.plain_chart import entries
from tests.domain.small_charts import LAST, ORDER, small_log, small_plan
from tests.domain.small_log import Study, end, log, plan, week


def stream(studies, *, made=None, from_week=0, last=LAST):
    """Return the stream of a log whose two strata take adjudication, else report."""
    framed = frame(made or small_plan(), log(studies), week(last))
    return verified_stream(framed, maturity(made or small_plan(), framed), from_week)


@pytest.mark.parametrize("seed", range(3))
def test_each_study_enters_once_at_the_moment_of_a_plain_reading_and_in_order_of_acquisition(seed):
    studies = small_log(seed)
    taken = stream(studies)
    expected = entries(studies, ORDER, LAST)

    assert len(set(taken.row.tolist())) == len(taken.row)
    assert taken.row.tolist() == [row for now in sorted(expected) for row in sorted(expected[now])]
    assert taken.charted_at.tolist() == [end(now) for now in sorted(expected) for _ in expected[now]]
    assert (np.diff(taken.week) >= 0).all()


def test_a_late_truth_is_appended_in_the_week_it_arrives():
    # Four of five are known at the end of week 0; the fifth arrives in week 2 and is drawn there.
    studies = [Study(1 + i * 0.1, 1, [(day, 1, "report")]) for i, day in enumerate((2, 2, 2, 2, 15))]
    taken = stream(studies)

    assert taken.row.tolist() == [0, 1, 2, 3, 4]
    assert taken.charted_at.tolist() == [end(0)] * 4 + [end(2)]
    assert taken.week.tolist() == [0] * 4 + [2]


def test_only_a_change_after_entry_is_a_revision():
    before = Study(1, 1, [(2, 1, "report"), (3, 0, "adjudication")])
    after = Study(1.1, 1, [(2, 1, "report"), (30, 0, "adjudication")])
    taken = stream([before, after])

    assert taken.value.tolist() == [0, 1]
    assert (taken.revision_at.tolist(), taken.revision_place.tolist(), taken.revision_value.tolist()) == (
        [end(4)],
        [1],
        [0],
    )


def test_a_repeat_study_of_a_patient_within_the_window_is_left_out_and_the_first_counts():
    days = {"first": 1, "repeat": 12, "a month after the first": 32}
    studies = [Study(day, 1, [(day + 0.5, 1, "report")], patient=7) for day in days.values()]

    assert stream(studies).row.tolist() == [0, 2]
    assert stream(studies, made=plan(top={"population": {"repeat_window_days": 0}})).row.tolist() == [0, 1, 2]


def test_unaudited_unflagged_and_failed_studies_never_enter():
    made = plan(truth={"flagged": ["report"], "unflagged": ["report"], "audit_fraction_unflagged": 0.1})
    truths = [(1.5, 1, "report")]
    studies = [
        Study(1, 1, truths, audited=False),
        Study(1.1, 0, truths, audited=True),
        Study(1.2, 0, truths, audited=False),
        Study(1.3, 1, truths, status="failed"),
    ]

    assert stream(studies, made=made).row.tolist() == [0, 1]


def test_nothing_before_surveillance_begins_is_charted():
    studies = [Study(day, 1, [(day + 0.5, 1, "report")]) for day in (1, 8, 15)]

    assert stream(studies, from_week=1).row.tolist() == [1, 2]


def test_failures_need_no_truth_and_are_charted_at_the_end_of_their_week():
    studies = [Study(1, status="failed"), Study(2), Study(8, status="not_sent")]
    taken = every_study(frame(small_plan(), log(studies), week(2)), 0)

    assert taken.row.tolist() == [0, 1, 2]
    assert taken.charted_at.tolist() == [end(0), end(0), end(1)]
