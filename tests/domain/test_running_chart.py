"""The charts against a plain reading of DESIGN, study by study, with late truths, corrections and decisions."""

import numpy as np
import pytest

from surveillance.domain.case_log import Decision
from surveillance.domain.evaluation import evaluate, evaluate_weeks
from surveillance.domain.weeks import micros
from tests.domain.plain_chart import charted_weeks, entries, first_of_patient, follow, newest_truth
from tests.domain.small_log import Study, content, end, log, plan, week

ORDER = ["adjudication", "report"]
LAST = 29
RATE_CHARTS = ("missed_positives", "false_flags", "technical_failures")


def small_plan():
    """Return a plan with limits low enough to be passed by small logs, all studies verified."""
    charts = [dict(chart) for chart in content()["chart"][:3]]
    for chart, unacceptable in zip(charts, (0.30, 0.20, 0.15), strict=True):
        chart["unacceptable"] = unacceptable
    return plan(
        top={
            "chart": charts,
            "expected_per_week": {"studies": 20, "prevalence": 0.3},
            "budget": {"alarms_per_year": 6.0, "recommendations_per_year": 2.0},
        },
        truth={"flagged": ORDER, "unflagged": ORDER},
    )


def small_log(seed):
    """Return 30 weeks of about 20 studies whose AI worsens, with late, missing, corrected and doubtful truths."""
    rng = np.random.default_rng(seed)
    studies = []
    for day in np.sort(rng.uniform(0, 7 * (LAST + 1), 600)):
        worse = day > 100
        truth = rng.random() < 0.3
        called = int(rng.random() < ((0.7 if worse else 0.9) if truth else (0.2 if worse else 0.05)))
        reported = day + rng.exponential(3 if called else 15)
        truths = [] if rng.random() < 0.1 else [(reported, int(rng.choice([truth, 2], p=[0.95, 0.05])), "report")]
        if rng.random() < 0.3:
            settled = int(truth if rng.random() < 0.8 else not truth)
            truths.append((day + rng.exponential(30), settled, "adjudication"))
        if rng.random() < 0.05:
            truths.append((day + rng.exponential(60), int(truth), "adjudication"))
        status = "processed" if rng.random() < 0.95 else str(rng.choice(["failed", "not_sent"]))
        patient = int(rng.integers(400))
        studies.append(Study(float(day), called, sorted(truths), 0.5, status, patient=patient))
    return studies


def batches(studies, watches, now):
    """Return the events of each weekly `as_of` up to now, with the truth as it is known now."""
    if watches == "technical_failures":
        rows = {i: [r for r, s in enumerate(studies) if s.day // 7 == i] for i in range(now + 1)}
        return [
            [studies[r].status != "processed" for r in rows[i] if first_of_patient(studies, r)] for i in range(now + 1)
        ]
    entering = entries(studies, ORDER, LAST)
    kind = 1 if watches == "missed_positives" else 0

    def event(row):
        if newest_truth(studies[row], ORDER, 7 * (now + 1)) != kind:
            return None
        return studies[row].called != kind

    return [[event(row) for row in sorted(entering.get(i, []))] for i in range(now + 1)]


def said(path):
    """Return a chart's signals by the moment they were known."""
    return sorted((signal.as_of, signal.limit) for signal in path.signals)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("now", [9, 17, LAST])
def test_heights_and_signals_are_those_of_a_plain_reading(seed, now):
    studies = small_log(seed)
    evaluation = evaluate(small_plan(), log(studies), week(now).end("UTC"))
    charted = charted_weeks(studies, ORDER, now)
    for path in evaluation.charts:
        design = path.design
        heights, signals = follow(
            batches(studies, path.key, now), design.steps_per_unit - 1, design.alarm_steps, design.action_steps
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
            heights, _ = follow(
                batches(studies, chart, now), design.steps_per_unit - 1, design.alarm_steps, design.action_steps
            )
            charted = (
                {i: i for i in range(now + 1)} if chart == "technical_failures" else charted_weeks(studies, ORDER, now)
            )
            for index in range(path.complete_to + 1):
                last_of_its_batch = charted.get(index + 1) != charted[index]
                following = charted.get(index + 1, now + 1)
                if last_of_its_batch:
                    expected = heights[following - 1]
                    assert round(path.statistic[index] * design.steps_per_unit) == expected


@pytest.mark.parametrize("seed", range(4))
def test_a_decision_starts_the_chart_again_from_zero_and_a_fault_that_stays_signals_again(seed):
    studies = small_log(seed)
    made = small_plan()
    moment = week(LAST).end("UTC")
    first = evaluate(made, log(studies), moment)
    decided = {
        path.key: next((s for s in path.signals if s.limit == "action"), None)
        for path in first.charts
        if any(s.limit == "action" for s in path.signals)
    }
    decisions = [Decision(key, signal.as_of + 3_600_000_000) for key, signal in decided.items()]
    evaluation = evaluate(made, log(studies, decisions), moment)
    for path in evaluation.charts:
        design, after = path.design, []
        if path.key in decided:
            after = [i for i in range(LAST) if end(i) == decided[path.key].as_of]  # after the last week: not yet known
        taken = batches(studies, path.key, LAST)
        heights, signals = follow(
            taken,
            design.steps_per_unit - 1,
            design.alarm_steps,
            design.action_steps,
            after,
        )
        assert said(path) == sorted((end(i), limit) for limit, i in signals)
        if not after or any(taken[after[0] + 1 :]):  # until then the line ends at the height that was decided on
            assert round(path.current * design.steps_per_unit) == heights[-1]


def test_a_chart_stands_at_zero_once_decided_until_the_next_study():
    missed = [Study(i * 0.5, 0, [(i * 0.5 + 0.1, 1, "report")]) for i in range(14)]
    made = small_plan()
    (signal,) = [s for s in evaluate(made, log(missed), week(0).end("UTC")).charts[0].signals if s.limit == "action"]
    decided = log(missed, [Decision("missed_positives", signal.as_of + 3_600_000_000)])
    at_once, later = (evaluate(made, decided, week(i).end("UTC")).charts[0] for i in (0, 1))

    assert at_once.current >= at_once.design.action_limit
    assert later.current == 0.0
    assert later.statistic.tolist() == [at_once.current, 0.0]
    assert [s.limit for s in later.signals] == [s.limit for s in at_once.signals]


def test_a_chart_that_may_not_recommend_starts_again_by_itself_at_its_alarm():
    studies = small_log(2)
    barred = small_plan().model_dump(by_alias=True)
    for chart in barred["chart"]:
        chart["may_recommend_stop"] = False
    barred["trigger"] = []
    made = type(small_plan()).model_validate(barred)
    for path in evaluate(made, log(studies), week(LAST).end("UTC")).charts:
        design = path.design
        _, signals = follow(
            batches(studies, path.key, LAST), design.steps_per_unit - 1, design.alarm_steps, design.action_steps
        )
        assert design.action_steps is None
        assert said(path) == sorted((end(i), limit) for limit, i in signals)


def test_a_correction_replays_the_chart_and_a_late_truth_only_appends():
    missed = [Study(i * 0.5, 0, [(i * 0.5 + 1, 1, "report")]) for i in range(14)]
    corrected = [*missed[:-1], Study(6.5, 0, [(7.5, 1, "report"), (20, 0, "adjudication")])]
    before = evaluate(small_plan(), log(missed), week(3).end("UTC")).charts[0]
    after = evaluate(small_plan(), log(corrected), week(3).end("UTC")).charts[0]
    then = evaluate(small_plan(), log(corrected), week(1).end("UTC")).charts[0]

    up = before.design.steps_per_unit - 1
    assert round(before.current * (up + 1)) == 14 * up
    assert round(after.current * (up + 1)) == 13 * up
    assert round(then.current * (up + 1)) == 14 * up


def test_counts_since_the_onset_are_those_of_the_excursion():
    quiet = [Study(i * 0.5, 1, [(i * 0.5 + 1, 1, "report")]) for i in range(28)]
    missed = [Study(14 + i * 0.5, 0, [(14.5 + i * 0.5, 1, "report")]) for i in range(14)]
    path = evaluate(small_plan(), log([*quiet, *missed]), week(4).end("UTC")).charts[0]
    signal = path.signals[0]
    needed = -(-path.design.alarm_steps // (path.design.steps_per_unit - 1))

    assert (signal.events, signal.studies) == (needed, needed)
    assert signal.expected == pytest.approx(needed * 0.10)
    assert signal.onset == week(2)
    assert signal.as_of == micros(signal.week.end("UTC"))
