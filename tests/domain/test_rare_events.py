"""The chart of the time between rare events in a plan: signals of the detector, a rate drawn, decisions, words."""

import numpy as np
import pytest

from surveillance.detectors import TimeBetweenEvents
from surveillance.domain.case_log import Decision
from surveillance.domain.evaluation import evaluate, evaluate_weeks
from surveillance.domain.stop_use import recommend
from surveillance.domain.verification import stream_rates
from surveillance.domain.wording import row_sentence
from tests.domain.small_log import Study, end, log, plan, week

A_WEEK, WEEKS, ONSET, HOUR = 60, 40, 20, 3_600_000_000
LOW, HIGH = 0.001, 0.02
CHART = {
    "detector": "time_between_events",
    "watches": "technical_failures",
    "acceptable": LOW,
    "unacceptable": HIGH,
    "share_of_budget": {"alarm": 1.0, "action": 1.0},
    "may_recommend_stop": True,
}


def rare_plan(**changes):
    """Return the bleed plan with one chart, of studies that the AI rarely fails to process."""
    made = {
        "chart": [CHART | changes],
        "kpi": [],
        "trigger": [],
        "windows": {"weeks": [1]},
        "expected_per_week": {"studies": A_WEEK, "prevalence": 0.3},
        "budget": {"alarms_per_year": 1.0, "recommendations_per_year": 0.2},
    }
    return plan(top=made)


def failing(seed=5, rate=0.03, early=()):
    """Return studies spread evenly; from week 20 on the AI fails to process some, before only those at given places."""
    rng = np.random.default_rng(seed)
    studies = []
    for place, day in enumerate((np.arange(WEEKS * A_WEEK) + 0.5) * 7 / A_WEEK):
        failed = place in early or (day >= 7 * ONSET and rng.random() < rate)
        truth = int(rng.random() < 0.3)
        studies.append(
            Study(float(day), truth, [(float(day) + 0.01, truth, "report")], 0.5, "failed" if failed else "processed")
        )
    return studies


FAILED = failing()


def judged(studies, now=WEEKS - 1, decisions=(), **changes):
    """Return the chart as it stood after a week."""
    return evaluate(rare_plan(**changes), log(studies, decisions), week(now).end("UTC")).charts[0]


def events_of(studies):
    return np.array([study.status == "failed" for study in studies])


@pytest.mark.parametrize("together", [1, 2, 3])
@pytest.mark.parametrize("may_recommend_stop", [True, False])
def test_every_alarm_is_the_detectors_and_the_first_action_recommends(together, may_recommend_stop):
    path = judged(FAILED, events_together=together, may_recommend_stop=may_recommend_stop)
    year = A_WEEK * 365.25 / 7
    expected = []
    for limit, per_year in (("alarm", 1.0), ("action", 0.2))[: 1 + may_recommend_stop]:
        chart = TimeBetweenEvents.design(
            in_control=LOW, out_of_control=HIGH, run_length=year / per_year, events_together=together
        )
        found = chart.run(events_of(FAILED)).signals.tolist()
        # Nobody decided: the first recommendation waits, and there is no other.
        expected += [(end(place // A_WEEK), limit) for place in (found if limit == "alarm" else found[:1])]

    assert sorted((s.as_of, s.limit) for s in path.signals) == sorted(expected)
    assert len(expected) > 3
    assert all(s.week >= week(ONSET) and s.onset_low <= s.onset <= s.onset_high for s in path.signals)


def test_the_design_says_what_the_detector_costs_in_years_and_weeks():
    design = judged(FAILED, events_together=2).design
    year = A_WEEK * 365.25 / 7
    chart = TimeBetweenEvents.design(in_control=LOW, out_of_control=HIGH, run_length=5 * year, events_together=2)

    assert (design.title, design.unit) == ("Time between technical failures", "events in 1,000 studies")
    assert design.change == "evidence that 1 in 1,000 has become 2 in 100"
    assert design.action.years == pytest.approx(chart.run_length(LOW) / year)
    assert design.action.years >= 5
    assert design.action.chance_two_years == pytest.approx(chart.run_length_distribution(LOW, round(2 * year)))
    assert design.action.delay_p95 == pytest.approx(chart.delay_quantile(HIGH, 0.95) / A_WEEK)
    assert design.action_limit == pytest.approx(2000 / chart.limit_studies, abs=1e-9)


def test_the_line_is_the_rate_of_the_newest_run_over_all_studies_since_it_began():
    """Worked by hand: a failure at study 100 and one at study 1800 of 60 a week."""
    path = judged(failing(rate=0.0, early=(99, 1799)))

    line = path.statistic
    assert line[0] == 0
    assert line[1] == pytest.approx(1000 / 120)  # 100 to the failure, 20 since
    assert line[9] == pytest.approx(1000 / 600)
    assert line[18] == 0  # 1,000 studies without another: the agreed rate
    assert path.peak[1] == pytest.approx(1000 / 100)
    assert line[29] == pytest.approx(1000 / 1700)
    assert path.peak[29] == pytest.approx(1000 / 1700)


def test_a_decision_takes_the_line_to_zero_leaves_the_alarms_and_lets_the_next_run_recommend():
    left = judged(FAILED)
    first = next(s for s in left.signals if s.limit == "action")
    decided = judged(FAILED, decisions=[Decision("technical_failures", first.as_of + HOUR)])
    chart = TimeBetweenEvents.design(in_control=LOW, out_of_control=HIGH, run_length=5 * A_WEEK * 365.25 / 7)
    all_runs = [end(place // A_WEEK) for place in chart.run(events_of(FAILED)).signals.tolist()]

    def said(path, limit):
        return [s.as_of for s in path.signals if s.limit == limit]

    assert said(decided, "alarm") == said(left, "alarm")
    assert said(decided, "action") == [all_runs[0], next(as_of for as_of in all_runs if as_of > first.as_of)]
    at = first.week.number - week(0).number
    stream = FAILED[: (at + 1) * A_WEEK] + failing(rate=0.0)[(at + 1) * A_WEEK :]
    quiet, undone = (
        judged(stream, now=at + 1, decisions=some)
        for some in ((), [Decision("technical_failures", first.as_of + HOUR)])
    )
    assert quiet.current > 0
    assert undone.current == 0
    assert undone.statistic[at] == quiet.statistic[at] > 0


def test_every_week_stands_as_it_would_alone():
    whole = [one.charts[0] for one in evaluate_weeks(rare_plan(), log(FAILED), [week(i) for i in range(WEEKS)])]
    for index in range(2, WEEKS, 9):
        other = judged([s for s in FAILED if s.day < 7 * (index + 1)], index)
        assert (other.design, other.signals) == (whole[index].design, whole[index].signals)
        np.testing.assert_array_equal(other.statistic, whole[index].statistic)


def test_rates_are_carried_to_the_verified_stream_as_for_a_bernoulli_chart():
    made = rare_plan(watches="missed_positives", acceptable=0.002, unacceptable=0.02)
    audited = made.model_copy(update={"truth": made.truth.model_copy(update={"audit_fraction_unflagged": 0.5})})
    design = evaluate(audited, log(FAILED), week(3).end("UTC")).charts[0].design
    rates = stream_rates(audited, audited.chart[0], "Northtown")

    assert (design.in_control, design.out_of_control) == (rates.in_control, rates.out_of_control)
    assert design.in_control < 0.002
    assert design.unit == "events in 1,000 verified positives"


def test_the_sentences_say_how_close_together_they_came():
    made = rare_plan(events_together=2)
    evaluation = evaluate(made, log(FAILED), week(WEEKS - 1).end("UTC"))
    actions = [s for s in evaluation.charts[0].signals if s.limit == "action"]
    signal = next(s for s in actions if s.week == actions[-1].week)

    assert signal.events == 2
    told = f"2 studies not processed within **{signal.studies:,}** studies, where 1 in 1,000 are agreed"
    assert told in row_sentence(made, evaluation)
    assert "Rare events come closer together than agreed" in row_sentence(made, evaluation)
    reason = next(draft for draft in recommend(made, evaluation) if draft.key == signal.key).reason
    assert reason.startswith(f"{told}. The chart crossed its stop-use limit in week ")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"acceptable": "baseline", "unacceptable": None, "unacceptable_odds_ratio": 2.0}, "must be a rate"),
        ({"acceptable": 0.03, "unacceptable": 0.06}, "about 1.8 events a week .*bernoulli_cusum"),
        ({"unacceptable": 0.0005}, "must be above 'acceptable'"),
        ({"events_together": 0}, "events_together"),
        ({"watches": "batch_auroc"}, "is not watched by a time_between_events"),
        ({"watches": "calibration"}, "is not watched by a time_between_events"),
    ],
)
def test_a_plan_whose_chart_cannot_be_is_refused_with_the_reason(changes, words):
    with pytest.raises(ValueError, match=words):
        rare_plan(**changes)


def test_a_budget_that_no_limit_keeps_makes_the_chart_wait_with_the_reason():
    path = judged(FAILED, share_of_budget={"alarm": 1.0, "action": 0.001}, acceptable=0.015, unacceptable=0.05)

    assert path.design is None
    assert "cannot be designed from its share of the budget, in studies" in path.waiting


def test_where_every_run_may_signal_the_limit_is_any_run():
    path = judged(FAILED, acceptable=0.0001, unacceptable=0.01)

    assert path.design.alarm_steps == 1
    alarms = [s for s in path.signals if s.limit == "alarm"]
    assert len({s.week for s in alarms}) == len(np.unique(np.flatnonzero(events_of(FAILED)) // A_WEEK))
