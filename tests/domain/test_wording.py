"""Sentences: each carries its numbers, and says neither more nor less than was found."""

from dataclasses import replace

import pytest

from surveillance.domain.alarm import from_fact, from_signal
from surveillance.domain.evaluation import evaluate, evaluate_weeks
from surveillance.domain.numbers import number, percent, span
from surveillance.domain.stop_use import recommend
from surveillance.domain.wording import kpi_sentence, row_sentence
from tests.domain.fault_story import KPI, bleeds, fault, plain
from tests.domain.small_log import Study, content, end, log, plan, week


def test_the_row_says_how_many_of_how_many_since_when_and_which_limit():
    made, evaluation = fault()
    path = evaluation.charts[0]
    signal = path.signals[-1]
    said = plain(row_sentence(made, evaluation))

    assert signal.limit == "action"
    assert f"fewer confirmed bleeds than agreed: {signal.events} of {signal.studies} bleeds not flagged" in said
    assert f"({signal.expected:.0f} agreed)" in said
    assert "It began about week 4" in said  # the third week from 5 January
    assert "stop-use limit in week 4" in said


def doubled(weeks):
    """Return plan and evaluation of bleeds twice as frequent as the scores say; every one is flagged."""
    charts = content()["chart"]
    made = plan(top={"chart": charts, "kpi": [KPI]})
    studies = [
        Study(i * 0.04, int(i % 2), [(i * 0.04 + 0.1, int(i % 4 == 1), "report")], 0.12) for i in range(175 * weeks)
    ]
    return made, evaluate(made, log(studies), week(weeks - 1).end("UTC"))


def test_a_watch_says_that_prevalence_and_label_source_move_this_chart_too_and_stops_nothing():
    made, evaluation = doubled(6)
    path = next(path for path in evaluation.charts if path.key == "calibration:2")
    quiet = replace(evaluation, charts=(path,))
    said = plain(row_sentence(made, quiet))
    signal = path.signals[-1]

    assert "The scores promise fewer bleeds than there are" in said
    assert f"{signal.events} bleeds in {signal.studies} studies, {signal.expected:.0f} expected" in said
    assert "prevalence" in said
    assert "label source" in said
    assert "no reason to stop" in said
    assert from_signal(made, path, signal).level == "watch"
    assert "prevalence or of the label source" in from_signal(made, path, signal).headline
    assert "calibration" not in {draft.chart.split(":")[0] for draft in recommend(made, evaluation)}


def test_a_quiet_row_gives_its_kpi_with_value_range_counts_and_plan():
    made = plan(top={"kpi": [KPI]})
    evaluation = evaluate(made, log(bleeds(54, 2, 0)), week(2).end("UTC"))
    said = plain(kpi_sentence(made, evaluation))
    point = evaluation.points.latest_mature("sensitivity", 4)

    assert said.startswith("No change. Sensitivity 96.4 %")
    assert plain(span(point.low, point.high, "share")) in said
    assert "54 of 56 in four weeks; plan at least 85 %" in said


def test_too_few_is_said_with_both_numbers():
    made = plan(top={"kpi": [KPI]})
    said = plain(kpi_sentence(made, evaluate(made, log(bleeds(3, 0, 0)), week(0).end("UTC"))))

    assert "3 positives, 5 needed" in said


def test_perfect_separation_of_many_studies_is_not_called_too_few():
    made = plan(top={"kpi": [{**KPI, "metric": "auroc"}]})
    told = [Study(i * 0.1, i % 2, [(i * 0.1 + 0.05, i % 2, "report")], 0.2 + 0.6 * (i % 2)) for i in range(60)]
    said = plain(kpi_sentence(made, evaluate(made, log(told), week(0).end("UTC"))))

    assert "needed" not in said
    assert said.startswith("AUROC cannot be judged: every positive scored on one side of every negative")


def test_a_breach_without_a_signal_says_that_no_chart_signalled():
    rare = {"alarms_per_year": 1e-6, "recommendations_per_year": 1e-7}
    made = plan(top={"kpi": [{**KPI, "threshold": 0.95}], "budget": rare})
    said = plain(row_sentence(made, evaluate(made, log(bleeds(50, 12, 0)), week(2).end("UTC"))))

    assert "Sensitivity is beyond the plan with its whole range" in said
    assert "50 of 62 in four weeks; plan at least 95 %" in said
    assert said.endswith("No chart has signalled.")


def test_overdue_outcomes_open_the_row_with_both_counts():
    made = plan(top={"kpi": [KPI]})
    without = [Study(7 * index + 0.5 + i * 0.01, 1) for index in range(1, 12) for i in range(5)]
    studies = log([*bleeds(20, 0, 0), *without])
    course = list(evaluate_weeks(made, studies, [week(i) for i in range(12)]))
    overdue = [fact for evaluation in course for fact in evaluation.facts if fact.condition == "outcomes overdue"]

    assert "5 of 5 expected are missing" in plain(overdue[0].text)
    assert from_fact(made, overdue[0]).hours == 168
    assert from_fact(made, overdue[0]).as_of == end(10)  # known then: day 77 is the first week's end after 14 + 60
    assert plain(row_sentence(made, course[-1])).startswith("Outcomes are late: 45 of 45 expected are missing.")


@pytest.mark.parametrize("phrase", ["patients missed", "patients affected", "PSI"])
def test_no_sentence_uses_the_words_that_the_design_bars(phrase):
    made, evaluation = fault()
    (draft,) = recommend(made, evaluation)
    texts = [row_sentence(made, evaluation), draft.reason, draft.against, *(text for _, text in draft.evidence)]

    assert not any(phrase in text for text in texts)


def test_numbers_are_written_as_a_reader_of_the_nhs_expects():
    assert plain(percent(0.9453)) == "94.5 %"
    assert number(-0.0451) == "−0.045"
    assert plain(span(0.67, 0.85, "share")) == "67–85"
