"""What counts as true: the plan's order of reference standards, in each stratum and at each moment."""

import numpy as np
import pytest

from surveillance.domain.case_log import NEVER
from surveillance.domain.study_frame import frame
from tests.domain.small_log import DAY, START, Study, log, plan, week

KNOWN_NOTHING = -1


def known(truths, day, *, called=1, sources=("adjudication", "report")):
    """Return what was known of one study on a day."""
    made = plan(truth={"flagged": list(sources), "unflagged": list(sources)})
    framed = frame(made, log([Study(0, called=called, truths=truths)]), week(60))
    return int(framed.truth.known_at(START + round(day * DAY))[0])


def test_an_adjudication_beats_an_earlier_report():
    truths = [(1, 1, "report"), (5, 0, "adjudication")]
    assert [known(truths, day) for day in (1, 1.5, 5, 5.5)] == [KNOWN_NOTHING, 1, 1, 0]


def test_a_later_report_never_beats_an_adjudication():
    truths = [(1, 0, "adjudication"), (5, 1, "report")]
    assert known(truths, 9) == 0


def test_a_correction_by_the_same_source_supersedes_even_twice():
    truths = [(1, 0, "adjudication"), (5, 1, "adjudication"), (8, 0, "adjudication")]
    assert [known(truths, day) for day in (2, 6, 9)] == [0, 1, 0]


def test_an_adjudication_beats_a_report_recorded_at_the_same_moment():
    assert known([(1, 1, "report"), (1, 0, "adjudication")], 2) == 0
    assert known([(1, 0, "adjudication"), (1, 1, "report")], 2) == 0


def test_a_truth_is_known_only_after_its_moment():
    assert known([(3, 1, "report")], 3) == KNOWN_NOTHING


def test_indeterminate_is_an_answer_and_may_be_decided_later():
    truths = [(1, 2, "adjudication"), (4, 1, "adjudication")]
    assert [known(truths, day) for day in (2, 5)] == [2, 1]


@pytest.mark.parametrize("source", ["follow_up", "audit"])
def test_a_source_outside_the_composition_is_never_mixed_in(source):
    assert known([(1, 1, source)], 30) == KNOWN_NOTHING


def test_each_stratum_has_its_own_composition():
    made = plan(truth={"flagged": ["adjudication"], "unflagged": ["audit"]})
    truths = [(1, 1, "adjudication"), (2, 0, "audit")]
    framed = frame(made, log([Study(0, called=1, truths=truths), Study(0.1, called=0, truths=truths)]), week(3))

    assert framed.truth.known_at(START + 5 * DAY).tolist() == [1, 0]


def test_the_first_truth_is_the_first_that_counts():
    made = plan(truth={"flagged": ["adjudication"], "unflagged": ["audit"]})
    framed = frame(made, log([Study(0, called=1, truths=[(1, 1, "report"), (4, 1, "adjudication")])]), week(3))
    other = frame(made, log([Study(0, called=1, truths=[(1, 1, "report")])]), week(3))

    assert framed.truth.first_at.tolist() == [START + 4 * DAY]
    assert other.truth.first_at.tolist() == [NEVER]


def by_hand(truths, order, moment):
    """Return what is known: the newest truth of the best source that has spoken."""
    spoken = [t for t in truths if t[0] < moment and t[2] in order]
    if not spoken:
        return KNOWN_NOTHING
    best = min(order.index(t[2]) for t in spoken)
    return [t for t in sorted(spoken, key=lambda t: t[0]) if order.index(t[2]) == best][-1][1]


def test_random_histories_agree_with_the_rule_read_aloud():
    rng = np.random.default_rng(4)
    order = ("adjudication", "follow_up", "report")
    made = plan(truth={"flagged": list(order), "unflagged": list(order)})
    histories = [
        [
            (day, int(rng.integers(3)), str(rng.choice([*order, "audit"])))
            for day in rng.permutation(20)[: rng.integers(6)]
        ]
        for _ in range(200)
    ]
    framed = frame(made, log([Study(i * 1e-4, called=1, truths=h) for i, h in enumerate(histories)]), week(8))
    for day in (0.5, 3.5, 9.5, 20.5):
        expected = [by_hand(history, order, day) for history in histories]
        assert framed.truth.known_at(START + round(day * DAY)).tolist() == expected
