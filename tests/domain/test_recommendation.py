"""Alarms and stop-use recommendations: what they count, cite, and leave to a person."""

from dataclasses import replace

import pytest

from surveillance.domain.alarm import from_signal
from surveillance.domain.episode import OpenEpisode, joins
from surveillance.domain.evaluation import evaluate
from surveillance.domain.numbers import NO_BREAK, percent
from surveillance.domain.rarity import years
from surveillance.domain.stop_use import recommend
from tests.domain.fault_story import KPI, bleeds, fault, plain
from tests.domain.small_log import log, plan, week


def test_the_reason_of_a_recommendation_counts_what_the_chart_counted():
    made, evaluation = fault()
    (draft,) = recommend(made, evaluation)
    signal = next(s for s in evaluation.charts[0].signals if s.limit == "action")

    assert f"did not flag {signal.events} of {signal.studies} confirmed bleeds from week 4 until" in plain(draft.reason)
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
    assert f"once in {years(evaluation.charts[0].design.action_years)};" in evidence["How sure"]


def told(evaluation, *, years, chance, factor=None, low=None):
    """Return an evaluation each of whose stop-use limits is passed by chance so often; weeks dependent by a factor."""
    charts = []
    for path in evaluation.charts:
        action = path.design.action if path.design else None
        if action is not None:
            cost = replace(action, years=years, chance_two_years=chance, low_years=low)
            cost = cost if factor is None else cost.simulated(factor)
            path = replace(path, design=replace(path.design, action=cost))
        charts.append(path)
    return replace(evaluation, charts=tuple(charts))


def how_sure(made, evaluation):
    return plain(dict(recommend(made, evaluation)[0].evidence)["How sure"])


def test_how_sure_adds_up_what_the_limits_achieve():
    made, evaluation = fault()
    limits = sum(path.design is not None and path.design.action is not None for path in evaluation.charts)
    said = how_sure(made, told(evaluation, years=30.0, chance=0.065))

    assert limits == 3
    assert "once in 30 years;" in said
    assert f"{percent(1 - 0.935**3)}".replace(NO_BREAK, " ") in said  # 18 %
    assert "77 % of such recommendations are true" in said  # (1/3) / (1/3 + 3/30)


def test_dependent_weeks_make_it_as_unsure_as_the_pages_say():
    made, evaluation = fault()
    said = how_sure(made, told(evaluation, years=10.0, chance=0.18, factor=0.01, low=3.0))

    assert "once in 2 weeks, or more rarely, in nine of ten such baselines" in said  # a hundredth of three years
    assert "two years is over 99.9 %" in said
    assert "1.1 % of such recommendations are true" in said  # (1/3) / (1/3 + 3 x 10)
    assert "0 years" not in said


def test_charts_that_no_trigger_names_recommend_nothing_and_are_not_counted():
    made, evaluation = fault()
    other = made.model_dump(by_alias=True)
    other["trigger"] = [
        {"when": "action limit crossed", "on": [name], "then": "recommend stop-use", "answer_within_hours": 48}
        for name in ("missed_positives",)
    ]
    said = how_sure(type(made).model_validate(other), told(evaluation, years=30.0, chance=0.065))

    assert "two years is 6.5 %" in said
    assert f"{percent((1 / 3) / (1 / 3 + 1 / 30))} of such".replace(NO_BREAK, " ") in said


@pytest.mark.parametrize(
    ("low", "said"),
    [(None, "once in 2.6 years."), (1.2, "once in 1.2 years, or more rarely, in nine of ten such baselines.")],
    ids=["a standard", "an estimated baseline"],
)
def test_an_alarm_of_an_estimated_baseline_cites_its_percentile_and_never_its_average(low, said):
    made, evaluation = fault()
    path = evaluation.charts[0]
    design = replace(path.design, alarm=replace(path.design.alarm, years=2.6, low_years=low))

    assert f"By chance that happens {said}" in from_signal(made, replace(path, design=design), path.signals[0]).headline


def test_an_audited_chart_says_that_its_counts_are_few_because_of_the_audit():
    audit = {"audit_fraction_unflagged": 0.10}
    made = plan(truth=audit, top={"kpi": [KPI]})
    evaluation = evaluate(made, log([*bleeds(56, 0, 0), *bleeds(0, 42, 14)]), week(3).end("UTC"))

    assert "only 10\u00a0% of the unflagged, each of which stands for about 10" in recommend(made, evaluation)[0].reason


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
    assert f"once in {years(path.design.alarm_years)}." in alarm.headline
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
