"""The charts against a plain reading of DESIGN, study by study, with late, missing and corrected truths."""

import pytest

from surveillance.domain.evaluation import evaluate, evaluate_weeks
from surveillance.domain.weeks import micros
from tests.domain.plain_chart import charted_weeks, follow
from tests.domain.small_charts import LAST, ORDER, batches, moves, said, small_log, small_plan
from tests.domain.small_log import Study, end, log, week

RATE_CHARTS = ("missed_positives", "false_flags", "technical_failures")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("now", [9, 17, LAST])
def test_heights_and_signals_are_those_of_a_plain_reading(seed, now):
    studies = small_log(seed)
    evaluation = evaluate(small_plan(), log(studies), week(now).end("UTC"))
    charted = charted_weeks(studies, ORDER, now)
    for path in evaluation.charts:
        design = path.design
        heights, signals = follow(
            batches(studies, path.key, now), moves(design), design.alarm_steps, design.action_steps
        )
        complete = now if path.key == "technical_failures" else max(charted)
        assert path.complete_to == complete
        assert round(path.current * design.steps_per_unit) == heights[-1]
        assert said(path) == sorted((end(i), limit) for limit, i in signals)


def test_the_plain_reading_saw_alarms_recommendations_and_quiet_charts():
    limits = [
        [signal.limit for signal in path.signals]
        for seed in range(4)
        for path in evaluate(small_plan(), log(small_log(seed)), week(LAST).end("UTC")).charts
    ]

    assert any("action" in found for found in limits)
    assert any(not found for found in limits)


def test_the_height_after_each_complete_week_is_the_height_when_it_was_charted():
    studies = small_log(1)
    evaluations = list(evaluate_weeks(small_plan(), log(studies), [week(i) for i in range(LAST + 1)]))
    for number, chart in enumerate(RATE_CHARTS):
        for evaluation in evaluations[5::6]:
            path = evaluation.charts[number]
            assert path.key == chart
            now = evaluation.week.number - week(0).number
            design = path.design
            heights, _ = follow(batches(studies, chart, now), moves(design), design.alarm_steps, design.action_steps)
            charted = (
                {i: i for i in range(now + 1)} if chart == "technical_failures" else charted_weeks(studies, ORDER, now)
            )
            for index in range(path.complete_to + 1):
                last_of_its_batch = charted.get(index + 1) != charted[index]
                following = charted.get(index + 1, now + 1)
                if last_of_its_batch:
                    expected = heights[following - 1]
                    assert round(path.statistic[index] * design.steps_per_unit) == expected


def test_counts_since_the_onset_are_those_of_the_excursion():
    quiet = [Study(i * 0.5, 1, [(i * 0.5 + 1, 1, "report")]) for i in range(28)]
    missed = [Study(14 + i * 0.5, 0, [(14.5 + i * 0.5, 1, "report")]) for i in range(14)]
    path = evaluate(small_plan(), log([*quiet, *missed]), week(4).end("UTC")).charts[0]
    signal = path.signals[0]
    needed = -(-path.design.alarm_steps // moves(path.design)[0])

    assert (signal.events, signal.studies) == (needed, needed)
    assert signal.expected == pytest.approx(needed * 0.10)
    assert signal.onset == week(2)
    assert signal.as_of == micros(signal.week.end("UTC"))
