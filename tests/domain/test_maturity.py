"""When a week may be charted: both strata, shares of the truths expected, and never for ever."""

import numpy as np

from surveillance.domain.case_log import NEVER
from surveillance.domain.evaluation import evaluate_weeks
from surveillance.domain.maturity import maturity
from surveillance.domain.study_frame import frame
from tests.domain.small_log import Study, end, log, plan, week


def grown(studies, *, weeks=20, **truth):
    """Return the maturity of a log; both strata take adjudication."""
    made = plan(truth={"flagged": ["adjudication"], "unflagged": ["adjudication"], **truth})
    return maturity(made, frame(made, log(studies), week(weeks)))


def study(day, called, truth_day=None):
    """Return a study with an adjudicated negative truth on a day, or none."""
    return Study(day, called, [] if truth_day is None else [(truth_day, 0, "adjudication")])


def test_a_week_matures_when_four_of_five_truths_are_there_in_each_stratum():
    flagged = [study(1, 1, day) for day in (2, 3, 4, 5, None)]
    unflagged = [study(1, 0, day) for day in (2, 3, 4, 17, 40)]  # the fourth of five arrives in the third week

    assert grown(flagged + unflagged).charted_at[0] == end(2)
    assert grown(flagged + unflagged).complete[0]
    assert grown(flagged).charted_at[0] == end(0)
    assert grown(unflagged).charted_at[0] == end(2)


def test_three_of_five_are_not_enough_and_the_week_is_charted_as_it_stands_when_overdue():
    late = [study(1, 1, day) for day in (2, 3, 4, None, None)]
    result = grown(late)

    # twice the longer expected delay (30 days) after Sunday of week 0 is day 67, in week 9
    assert result.charted_at[0] == result.overdue_at[0] == end(9)
    assert not result.complete[0]


def test_the_denominator_is_what_was_expected_not_what_was_done():
    # Ten unflagged studies of which one was drawn for audit: its truth alone makes the week complete.
    drawn = Study(1, 0, [(3, 0, "audit")], audited=True)
    rest = [Study(1.1, 0, [], audited=False) for _ in range(9)]
    result = grown([drawn, *rest], unflagged=["audit"], audit_fraction_unflagged=0.1)

    assert result.expected[0] == 1
    assert result.charted_at[0] == end(0)


def test_weeks_are_charted_in_order():
    slow, quick = study(1, 1, 25), study(8, 1, 9)
    result = grown([slow, quick])

    assert result.charted_at[:2].tolist() == [end(3), end(3)]
    assert result.complete_to(end(2)) == -1
    assert result.complete_to(end(3)) == 3  # weeks without studies wait for nothing


def test_an_indeterminate_truth_has_arrived():
    assert grown([Study(1, 1, [(2, 2, "adjudication")])]).charted_at[0] == end(0)


def test_a_failed_study_expects_no_truth():
    assert grown([Study(1, status="failed"), study(1, 1, 2)]).expected[0] == 1


def test_what_is_recorded_at_the_end_of_a_week_is_known_a_week_later():
    assert grown([study(1, 1, 7)]).charted_at[0] == end(1)


def test_a_week_that_may_still_mature_is_not_charted_in_advance():
    result = grown([study(1, 1, None)], weeks=4)

    assert result.charted_at[0] == NEVER
    assert result.complete_to(end(4)) == -1


def test_overdue_outcomes_are_a_fact_once_with_the_count_missing():
    made = plan(truth={"flagged": ["adjudication"]})
    late = [study(1, 1, day) for day in (2, 3, 4, None, None)]
    found = [
        (evaluation.week, fact.text)
        for evaluation in evaluate_weeks(made, log(late), [week(i) for i in range(15)])
        for fact in evaluation.facts
        if fact.condition == "outcomes overdue"
    ]

    assert [which for which, _ in found] == [week(9)]
    assert "2 of 5 expected are missing" in found[0][1]


def test_random_weeks_agree_with_counting_by_hand():
    rng = np.random.default_rng(3)
    for _ in range(20):
        studies = [
            study(day, int(rng.integers(2)), day + rng.exponential(14) if rng.random() < 0.95 else None)
            for day in np.sort(rng.uniform(0, 49, 60))
        ]
        result = grown(studies, weeks=30)
        before = 0
        for index in range(7):
            at = next(i for i in range(31) if i >= before and _ready(studies, index, i))
            before = at
            assert result.charted_at[index] == end(at)


def _ready(studies, index, now):
    """Say whether a week may be charted at the end of another, read from DESIGN word by word."""
    if now < index:
        return False
    if 7 * (now + 1) >= 7 * (index + 1) + 60:
        return True
    for called in (0, 1):
        mine = [s for s in studies if s.called == called and 7 * index <= s.day < 7 * index + 7]
        here = sum(bool(s.truths) and s.truths[0][0] < 7 * (now + 1) for s in mine)
        if mine and here < 0.80 * len(mine) - 1e-9:
            return False
    return True
