"""When a study's truth is settled, by whom, and that neither order nor list tells a reader what the AI said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.domain.plan_parts import Truth
from surveillance.domain.truth_worklist import (
    Answer,
    Reading,
    Settled,
    Wants,
    may_answer,
    minutes,
    mixed,
    pace,
    source_for,
    standing,
)

PRESENT, ABSENT, CANNOT = Answer
SECOND = 1_000_000


def read(reader, answer, at, kind="reading"):
    return Reading("S1", kind, reader, answer, at)


@pytest.mark.parametrize("answer", Answer)
def test_two_who_agree_settle_it_with_the_later_answer(answer):
    assert standing([read("ann", answer, 7), read("bob", answer, 3)]) == Settled(answer, 7)


@pytest.mark.parametrize(("one", "other"), [(PRESENT, ABSENT), (PRESENT, CANNOT), (CANNOT, ABSENT)])
def test_where_two_differ_a_third_person_settles_it_whatever_they_say(one, other):
    both = [read("ann", one, 1), read("bob", other, 2)]

    assert standing(both) is Wants.ADJUDICATION
    for said in Answer:
        assert standing([*both, read("cat", said, 9, "adjudication")]) == Settled(said, 9)


def test_one_answer_waits_for_the_other_unless_the_department_asks_for_one():
    one = [read("ann", PRESENT, 5)]

    assert standing([]) is Wants.READING
    assert standing(one) is Wants.READING
    assert standing(one, 1) == Settled(PRESENT, 5)


def test_nobody_answers_a_study_twice_or_adjudicates_their_own_reading():
    both = [read("ann", PRESENT, 1), read("bob", ABSENT, 2)]

    assert [may_answer(person, both) for person in ("ann", "bob", "cat")] == [False, False, True]


def test_a_withdrawn_truth_waits_for_a_third_person_and_the_newest_decision_stands():
    both = [read("ann", PRESENT, 1), read("bob", PRESENT, 2)]
    decided = [*both, read("cat", ABSENT, 9, "adjudication")]

    assert standing(both, void_to=2) is Wants.ADJUDICATION
    assert standing(decided, void_to=2) == Settled(ABSENT, 9)
    assert standing(decided, void_to=9) is Wants.ADJUDICATION


@pytest.mark.parametrize(
    ("flagged", "unflagged", "sources"),
    [
        (("adjudication", "report"), ("audit",), ("adjudication", "audit")),
        (("adjudication",), ("adjudication", "report"), ("adjudication", "adjudication")),
        (("follow_up",), ("audit", "report"), (None, "audit")),
    ],
)
def test_a_settled_truth_bears_a_source_that_the_plan_takes_or_none(flagged, unflagged, sources):
    truth = Truth(flagged=flagged, unflagged=unflagged)

    assert (source_for(truth, flagged=True), source_for(truth, flagged=False)) == sources


@given(st.sets(st.text("ABC123", min_size=1, max_size=5), max_size=40))
def test_the_list_is_the_same_studies_and_each_reader_keeps_one_order(cases):
    order = mixed(cases, "2026-W47 ann")

    assert set(order) == cases
    assert mixed(sorted(cases), "2026-W47 ann") == order


def test_the_place_in_the_list_tells_nothing_of_the_flag():
    # The mean place of 10 flagged of 60, over 400 weeks: uniform on 0..59, so mean 29.5, and its standard error known.
    cases = [f"S{number:02d}" for number in range(60)]
    means = [np.mean([mixed(cases, f"week {week} ann").index(case) for case in cases[:10]]) for week in range(400)]

    error = np.sqrt((60 * 61 / 12) * (50 / 60) / 10 / 400)  # without replacement: (N + 1) N / 12 x (1 - n / N) / n
    assert abs(np.mean(means) - 29.5) < 3 * error


def test_each_reader_has_an_order_of_their_own():
    cases = [f"S{number}" for number in range(30)]

    assert mixed(cases, "2026-W47 ann") != mixed(cases, "2026-W47 bob")


def test_minutes_rest_on_the_default_until_twenty_answers_then_on_the_median_gap():
    own = [number * 40 * SECOND for number in range(25)]
    own[13:] = [at + 3_600 * SECOND for at in own[13:]]  # lunch is no reading

    assert pace(own[:19]) == 90.0
    assert pace(own) == 40.0
    assert (minutes(30, 90.0), minutes(7, 40.0), minutes(0, 90.0)) == (45, 5, 0)
