"""Evaluations at the edges: no study at all, a moment before the first, a log that stops."""

from dataclasses import replace

import numpy as np
import pytest

from surveillance.domain.case_log import UnregisteredVersion
from surveillance.domain.evaluation import evaluate, evaluate_weeks
from surveillance.domain.verdict import Verdict
from surveillance.errors import NotEstimable
from tests.domain.small_log import START, Study, log, plan, week


def conditions(evaluation):
    return [fact.condition for fact in evaluation.facts]


def test_an_empty_log_says_that_the_log_is_missing_and_nothing_else():
    evaluation = evaluate(plan(), log([]), week(3).end("UTC"))

    assert conditions(evaluation) == ["log missing"]
    assert evaluation.points.n.sum() == 0
    assert all(not path.signals for path in evaluation.charts)
    assert {verdict.verdict for verdict in evaluation.verdicts} == {Verdict.NOT_ESTIMABLE}
    assert (evaluation.coverage.data_to, evaluation.coverage.complete_to) == (None, None)


@pytest.mark.parametrize("now", [-1, -4])
def test_a_moment_before_the_first_study_knows_nothing(now):
    studies = [Study(i * 0.3, 1, [(i * 0.3 + 1, 1, "report")]) for i in range(60)]
    evaluation = evaluate(plan(), log(studies), week(now).end("UTC"))

    assert evaluation.points.n.sum() == 0
    assert evaluation.coverage.studies == 0
    assert all(not path.signals for path in evaluation.charts)


def test_weeks_that_begin_before_the_log_lead_into_it():
    studies = [Study(i * 0.3, 1, [(i * 0.3 + 1, 1, "report")]) for i in range(60)]
    *_, last = evaluate_weeks(plan(), log(studies), [week(i) for i in range(-3, 3)])

    assert (
        last.points.at("sensitivity", 4, 2).n
        == evaluate(plan(), log(studies), week(2).end("UTC")).points.at("sensitivity", 4, 2).n
    )


def test_a_log_that_stops_is_a_fact_in_each_empty_week_and_moves_no_chart():
    studies = [Study(i * 0.3, 1, [(i * 0.3 + 1, 1, "report")]) for i in range(70)]
    course = list(evaluate_weeks(plan(), log(studies), [week(i) for i in range(6)]))

    assert [conditions(e) for e in course] == [[], [], [], ["log missing"], ["log missing"], ["log missing"]]
    for before, now in zip(course[2].charts, course[5].charts, strict=True):
        assert before.current == now.current


def test_a_version_never_seen_is_a_fact_once_the_store_has_seen_it():
    strange = replace(log([Study(0, 1)]), unregistered=(UnregisteredVersion("9.9", 12, START + 1),))
    evaluation = evaluate(plan(), strange, week(0).end("UTC"))

    assert "version never seen" in conditions(evaluation)
    assert "12 studies carry version 9.9" in next(f.text for f in evaluation.facts if f.subject == "9.9")


def test_a_product_without_flags_or_scores_is_complete_and_says_what_it_does_not_give():
    bare = plan().model_dump(by_alias=True) | {"score": "none", "gives_flag": False, "kpi": [], "trigger": []}
    bare["chart"] = [chart for chart in bare["chart"] if chart["watches"] == "technical_failures"]
    made = type(plan()).model_validate(bare)
    silent = [
        replace(s, score=float("nan"), called=-1) for s in (Study(i * 0.3, truths=[(9, 1, "report")]) for i in range(9))
    ]
    evaluation = evaluate(made, log(silent), week(2).end("UTC"))

    assert isinstance(evaluation.points.at("auroc", 1, 0).estimate, NotEstimable)
    assert isinstance(evaluation.points.at("sensitivity", 1, 0).estimate, NotEstimable)
    assert evaluation.points.at("eligible", 1, 0).value == 9
    assert np.isfinite(evaluation.charts[0].current)
