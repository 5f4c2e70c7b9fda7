"""Charts after a decision, after an alarm of their own and after a correction, against the plain reading."""

import pytest

from surveillance.domain.case_log import Decision
from surveillance.domain.evaluation import evaluate
from tests.domain.plain_chart import follow
from tests.domain.small_charts import LAST, batches, moves, said, small_log, small_plan
from tests.domain.small_log import Study, end, log, week


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
            moves(design),
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
        _, signals = follow(batches(studies, path.key, LAST), moves(design), design.alarm_steps, design.action_steps)
        assert design.action_steps is None
        assert said(path) == sorted((end(i), limit) for limit, i in signals)


def test_a_correction_replays_the_chart_and_a_late_truth_only_appends():
    missed = [Study(i * 0.5, 0, [(i * 0.5 + 1, 1, "report")]) for i in range(14)]
    corrected = [*missed[:-1], Study(6.5, 0, [(7.5, 1, "report"), (20, 0, "adjudication")])]
    before = evaluate(small_plan(), log(missed), week(3).end("UTC")).charts[0]
    after = evaluate(small_plan(), log(corrected), week(3).end("UTC")).charts[0]
    then = evaluate(small_plan(), log(corrected), week(1).end("UTC")).charts[0]

    up, _ = moves(before.design)
    assert round(before.current * before.design.steps_per_unit) == 14 * up
    assert round(after.current * before.design.steps_per_unit) == 13 * up
    assert round(then.current * before.design.steps_per_unit) == 14 * up
