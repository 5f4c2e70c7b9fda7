"""The running AUROC chart against a plain reading: batches, limits, the open batch, corrections and decisions."""

from dataclasses import replace

import numpy as np
import pytest

from surveillance.domain.case_log import Decision
from surveillance.domain.evaluation import evaluate, evaluate_weeks
from surveillance.domain.stop_use import recommend
from surveillance.domain.wording import row_sentence
from tests.domain.auroc_log import A_WEEK, WEEKS, auroc_plan, scored_studies
from tests.domain.plain_auroc_chart import MILLION, baseline_of, known_by, plain_path
from tests.domain.small_log import end, log, week

ONSET, SEED, HOUR = 14, 7, 3_600_000_000
FALLEN = scored_studies(SEED, lower_from=ONSET)


def judged(studies, now=WEEKS - 1, decisions=()):
    """Return the chart as it stood after a week."""
    return evaluate(auroc_plan(), log(studies, decisions), week(now).end("UTC")).charts[0]


def assert_line(path, heights):
    """Check a line of a stream whose studies are charted in the week they are acquired."""
    line = np.array(heights[A_WEEK - 1 :: A_WEEK])
    np.testing.assert_array_equal(np.rint(path.statistic * MILLION), line[: len(path.statistic)])


def test_the_line_and_the_signals_are_those_of_a_plain_reading():
    path = judged(FALLEN)
    heights, _ = plain_path(known_by(FALLEN, 7 * WEEKS), baseline_of(FALLEN, 56))
    design = path.design
    alarm = next(place for place, height in enumerate(heights) if height >= design.alarm_steps)
    action = next(place for place, height in enumerate(heights) if height >= design.action_steps)

    assert_line(path, heights)
    expected = [("alarm", alarm // A_WEEK), ("action", action // A_WEEK)]
    assert [(s.limit, s.week.number - week(0).number) for s in path.signals] == expected
    assert [s.as_of for s in path.signals] == [end(index) for _, index in expected]


def test_a_planted_fall_alarms_from_its_onset_on_and_not_before():
    whole, quiet = judged(FALLEN), judged(scored_studies(SEED))

    assert quiet.signals == ()
    assert {s.limit for s in whole.signals} == {"alarm", "action"}
    assert all(s.week >= week(ONSET) for s in whole.signals)
    assert all(s.onset_low <= week(ONSET) <= s.onset_high and s.onset_low <= s.onset for s in whole.signals)


def test_a_signal_tells_how_many_batches_averaged_what():
    path = judged(FALLEN)
    heights, batches = plain_path(known_by(FALLEN, 7 * WEEKS), baseline_of(FALLEN, 56))
    signal = path.signals[-1]
    place = next(place for place, height in enumerate(heights) if height >= path.design.action_steps)
    zero = max(p for p in range(place) if heights[p] == 0)
    these = [(p, area) for p, area in batches if zero < p <= place]
    opened = max((p for p, _ in batches if p <= zero), default=-1)

    assert signal.events == len(these) > 1
    assert signal.studies == place - opened
    assert signal.seen == pytest.approx(np.mean([area for _, area in these]), abs=1e-12)
    assert signal.expected == pytest.approx(baseline_of(FALLEN, 56).auroc.value, abs=1e-12)
    assert signal.onset == week((opened + 1) // A_WEEK)  # the first study of the first batch of the excursion

    evaluation = evaluate(auroc_plan(), log(FALLEN), week(WEEKS - 1).end("UTC"))
    told = f"AUROC of the last {len(these)} batches averaged **{signal.seen:.3f}** against the baseline's"
    assert told in row_sentence(auroc_plan(), evaluation)
    assert told in recommend(auroc_plan(), evaluation)[0].reason


def test_a_correction_after_the_baseline_replays_the_line_and_leaves_the_design():
    place = 10 * A_WEEK + next(i for i, s in enumerate(FALLEN[10 * A_WEEK :]) if s.truths[0][1] == 1)
    corrected = list(FALLEN)
    corrected[place] = replace(FALLEN[place], truths=[*FALLEN[place].truths, (7 * 13.5, 0, "adjudication")])
    heights, _ = plain_path(known_by(corrected, 7 * WEEKS), baseline_of(FALLEN, 56))

    after = list(evaluate_weeks(auroc_plan(), log(corrected), [week(12), week(13), week(14)]))
    assert after[0].charts[0].design == after[2].charts[0].design == judged(FALLEN).design
    assert [one.charts[0].changed_from for one in after] == [
        11,
        0,
        13,
    ]  # from the last week that was complete a week before
    assert_line(judged(corrected), heights)
    np.testing.assert_array_equal(judged(corrected, 12).statistic, judged(FALLEN, 12).statistic)


def test_a_correction_inside_the_frozen_baseline_changes_no_design_and_one_before_it_does():
    place = next(i for i, s in enumerate(FALLEN) if s.truths[0][1] == 1)
    designs = []
    for day in (7 * 7.5, 7 * 8.5):
        corrected = list(FALLEN)
        corrected[place] = replace(FALLEN[place], truths=[*FALLEN[place].truths, (day, 0, "adjudication")])
        designs.append(judged(corrected).design)

    assert designs[1] == judged(FALLEN).design
    assert designs[0].estimated.events == designs[1].estimated.events - 1


@pytest.mark.parametrize("now", [11, 12, 13])
def test_the_provisional_tail_goes_on_from_the_open_batch(now):
    studies = scored_studies(SEED)
    late = [
        replace(s, called=0, truths=[(s.day + 6, *s.truths[0][1:])] if s.day // 7 == now else s.truths) for s in studies
    ]
    path = judged(late, now)
    heights, batches = plain_path(known_by(late, 7 * (now + 1)), baseline_of(studies, 56))

    assert path.complete_to == now - 1
    assert max(place for place, _ in batches if place < now * A_WEEK) < now * A_WEEK - 1  # a batch stands open
    assert round(path.statistic[now] * MILLION) == heights[-1]


def test_a_decision_starts_the_path_at_zero_and_a_fall_that_stays_asks_again():
    first = judged(FALLEN).signals[-1]
    decided = judged(FALLEN, decisions=[Decision("batch_auroc", first.as_of + HOUR)])
    restart = (first.week.number - week(0).number + 1) * A_WEEK - 1
    heights, _ = plain_path(known_by(FALLEN, 7 * WEEKS), baseline_of(FALLEN, 56), {restart})

    again = [s for s in decided.signals if s.limit == "action"]
    assert len(again) == 2
    after = next(p for p in range(restart + 1, len(heights)) if heights[p] >= decided.design.action_steps)
    assert again[1].week == week(after // A_WEEK)
    assert round(decided.current * MILLION) == heights[-1]


def test_a_chart_that_may_not_recommend_starts_again_by_itself_after_each_alarm():
    made = auroc_plan(share_of_budget={"alarm": 1.0}, may_recommend_stop=False)
    path = evaluate(made, log(FALLEN), week(WEEKS - 1).end("UTC")).charts[0]
    restarts, over = set(), []
    while over is not None:
        heights, _ = plain_path(known_by(FALLEN, 7 * WEEKS), baseline_of(FALLEN, 56), restarts)
        over = next((p for p, h in enumerate(heights) if h >= path.design.alarm_steps and p not in restarts), None)
        restarts |= set() if over is None else {over}

    assert (path.design.action_steps, path.design.action) == (None, None)
    assert len(restarts) > 2
    assert [s.as_of for s in path.signals] == [end(place // A_WEEK) for place in sorted(restarts)]


def test_every_week_stands_as_it_would_alone_and_as_it_was_known_then():
    whole = [one.charts[0] for one in evaluate_weeks(auroc_plan(), log(FALLEN), [week(i) for i in range(WEEKS)])]
    halves = [
        one.charts[0]
        for part in (range(12), range(12, WEEKS))
        for one in evaluate_weeks(auroc_plan(), log(FALLEN), [week(i) for i in part])
    ]
    for index in range(0, WEEKS, 3):
        then = [s for s in FALLEN if s.day < 7 * (index + 1)]
        for other in (halves[index], judged(FALLEN, index), judged(then, index)):
            assert (other.design, other.signals, other.waiting) == (
                whole[index].design, whole[index].signals, whole[index].waiting,
            )  # fmt: skip
            np.testing.assert_array_equal(other.statistic, whole[index].statistic)
