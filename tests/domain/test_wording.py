"""Sentences: each carries its numbers, and says neither more nor less than was found."""

import re

import pytest

from surveillance.domain.alarm import from_fact, from_signal
from surveillance.domain.episode import OpenEpisode, joins
from surveillance.domain.evaluation import evaluate
from surveillance.domain.numbers import JOINER, NO_BREAK, number, percent, span
from surveillance.domain.stop_use import recommend
from surveillance.domain.wording import kpi_sentence, row_sentence
from tests.domain.small_log import Study, content, log, plan, week

KPI = {"metric": "sensitivity", "window": 4, "threshold": 0.85, "better": "higher"}


def bleeds(flagged, missed, first):
    """Return confirmed bleeds half a day apart, the flagged first; reports follow within the hour."""
    calls = [1] * flagged + [0] * missed
    return [
        Study(first + i * 0.25, call, [(first + i * 0.25 + 0.05, 1, "report")], 0.9) for i, call in enumerate(calls)
    ]


def fault(now=3, **changes):
    """Return plan and evaluation of a fortnight that is well and a week and a half in which every bleed is missed."""
    made = plan(top={"kpi": [KPI], **changes})
    studies = [*bleeds(56, 0, 0), *bleeds(0, 42, 14)]
    return made, evaluate(made, log(studies), week(now).end("UTC"))


def plain(text):
    """Return a sentence without its invisible characters."""
    return text.replace(JOINER, "").replace(NO_BREAK, " ").replace("**", "")


def test_the_row_says_how_many_of_how_many_since_when_and_which_limit():
    made, evaluation = fault()
    path = evaluation.charts[0]
    signal = path.signals[-1]
    said = plain(row_sentence(made, evaluation))

    assert signal.limit == "action"
    assert f"fewer confirmed bleeds than agreed: {signal.events} of {signal.studies} not flagged" in said
    assert f"({signal.expected:.0f} agreed)" in said
    assert "It began about week 4" in said  # the third week from 5 January
    assert "stop-use limit in week 4" in said


def test_the_reason_of_a_recommendation_counts_what_the_chart_counted():
    made, evaluation = fault()
    (draft,) = recommend(made, evaluation)
    signal = next(s for s in evaluation.charts[0].signals if s.limit == "action")

    assert f"did not flag {signal.events} of {signal.studies} confirmed bleeds since week 4" in plain(draft.reason)
    assert signal.events == signal.studies  # every bleed of the excursion was missed
    assert draft.hours == 48
    assert (draft.chart, draft.key, draft.onset) == ("missed_positives", signal.key, week(2))


def test_the_evidence_holds_the_kpi_with_range_counts_and_plan_and_the_odds_of_being_wrong():
    made, evaluation = fault()
    (draft,) = recommend(made, evaluation)
    evidence = {name: plain(text) for name, text in draft.evidence}
    point = evaluation.points.latest_mature("sensitivity", 4)

    assert f"{point.events} of {point.n} in four weeks; plan at least 85 %" in evidence["Sensitivity"]
    assert f"{percent(point.value)}".replace(NO_BREAK, " ") in evidence["Sensitivity"]
    assert "18%" in evidence["How sure"]
    assert f"once in {evaluation.charts[0].design.action_years:.0f} years" in evidence["How sure"]
    assert "77%" in evidence["How sure"]  # (1/3) / (1/3 + 1/10)


def test_an_audited_chart_says_that_its_counts_are_few_because_of_the_audit():
    audit = {"audit_fraction_unflagged": 0.10}
    made = plan(truth=audit, top={"kpi": [KPI]})
    evaluation = evaluate(made, log([*bleeds(56, 0, 0), *bleeds(0, 42, 14)]), week(3).end("UTC"))

    assert "Only 10% of unflagged studies are audited" in recommend(made, evaluation)[0].reason


def test_what_speaks_against_stopping_names_quiet_charts_and_that_a_person_reads_every_study():
    made, evaluation = fault()
    against = plain(recommend(made, evaluation)[0].against)

    assert "false flags" in against
    assert "Every study is read by a person" in against


def test_a_trigger_that_leaves_a_chart_out_recommends_nothing_on_it():
    made, evaluation = fault()
    other = made.model_dump(by_alias=True)
    other["trigger"] = [t for t in other["trigger"] if t["then"] == "alarm"] + [
        {"when": "action limit crossed", "on": ["false_flags"], "then": "recommend stop-use", "answer_within_hours": 48}
    ]

    assert recommend(type(made).model_validate(other), evaluation) == ()


def test_without_a_trigger_every_chart_that_may_recommend_does():
    made, evaluation = fault(trigger=[])

    assert [draft.chart for draft in recommend(made, evaluation)] == ["missed_positives"]


def test_an_alarm_says_which_limit_and_how_often_chance_does_that():
    made, evaluation = fault()
    path = evaluation.charts[0]
    alarm, action = (from_signal(made, path, signal) for signal in path.signals)

    assert "passed its alarm limit in week 4" in alarm.headline
    assert f"once in {path.design.alarm_years:.0f} years" in alarm.headline
    assert "passed its stop-use limit in week 4" in action.headline
    assert (alarm.onset, action.onset) == (week(2), week(2))
    assert action.hours == 48
    assert alarm.key != action.key


def test_alarm_and_recommendation_of_one_fault_share_an_episode_and_a_later_one_opens_another():
    made, evaluation = fault()
    path = evaluation.charts[0]
    draft = from_signal(made, path, path.signals[0])

    assert joins(draft, (OpenEpisode(7, week(1).number, week(2).number),)) == 7
    assert joins(draft, (OpenEpisode(7, week(-9).number, week(-3).number),)) is None


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
    quiet = type(evaluation)(**{
        **{name: getattr(evaluation, name) for name in evaluation.__dataclass_fields__}, "charts": (path,)
    })  # fmt: skip
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


def test_a_breach_without_a_signal_says_that_no_chart_signalled():
    rare = {"alarms_per_year": 1e-6, "recommendations_per_year": 1e-7}
    made, evaluation = fault(budget=rare)
    said = plain(row_sentence(made, evaluation))

    assert "Sensitivity is beyond the plan with its whole range" in said
    assert said.endswith("No chart has signalled.")


def test_overdue_outcomes_open_the_row_with_both_counts():
    made = plan(top={"kpi": [KPI]})
    studies = [*bleeds(20, 0, 0), *(Study(7.5 + i * 0.01, 1) for i in range(5))]
    evaluation = evaluate(made, log(studies), week(11).end("UTC"))
    fact = next(f for i in range(12) for f in evaluate(made, log(studies), week(i).end("UTC")).facts
                if f.condition == "outcomes overdue")  # fmt: skip

    assert re.search(r"\d+ of \d+ expected are missing", plain(fact.text))
    assert from_fact(made, fact).hours == 168
    assert "Outcomes are late" in plain(row_sentence(made, evaluation))


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
