"""The chart of weekly counts in a plan: one step a week, on its last study, and none for a week that is not over."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from surveillance.detectors import PoissonCusum
from surveillance.domain.case_log import Decision
from surveillance.domain.evaluation import evaluate, evaluate_weeks
from surveillance.domain.plan import Plan
from surveillance.domain.stop_use import recommend
from surveillance.domain.verification import verified_per_week
from tests.domain.small_charts import said
from tests.domain.small_log import Study, end, log, plan, week

A_WEEK, WEEKS, ONSET, HOUR, EMPTY = 50, 40, 22, 3_600_000_000, 11
CHART = {
    "detector": "poisson_cusum",
    "watches": "technical_failures",
    "acceptable_per_week": 1.0,
    "unacceptable_per_week": 3.0,
    "share_of_budget": {"alarm": 1.0, "action": 1.0},
    "may_recommend_stop": True,
}


def counted_plan(**changes):
    """Return the bleed plan with one chart, of the studies that were not processed in a week."""
    made = {
        "chart": [CHART | changes],
        "kpi": [],
        "trigger": [],
        "windows": {"weeks": [1]},
        "expected_per_week": {"studies": A_WEEK, "prevalence": 0.3},
        "budget": {"alarms_per_year": 1.0, "recommendations_per_year": 0.2},
    }
    return plan(top=made)


def failing(seed=3, worse=4.0):
    """Return 50 studies a week, none in week 11; about one fails a week, from week 22 on about four."""
    rng = np.random.default_rng(seed)
    studies = []
    for index in range(WEEKS):
        failed = set(rng.permutation(A_WEEK)[: rng.poisson(worse if index >= ONSET else 1.0)].tolist())
        for place in range(A_WEEK if index != EMPTY else 0):
            day, truth = index * 7 + (place + 0.5) * 7 / A_WEEK, int(rng.random() < 0.3)
            status = "failed" if place in failed else "processed"
            studies.append(Study(day, truth, [(day + 0.01, truth, "report")], 0.5, status))
    return studies


FAILED = failing()


def counts_of(studies):
    """Return the failures of each week that has a study, as (week, number)."""
    weeks = sorted({int(study.day // 7) for study in studies})
    return [(one, sum(s.status == "failed" for s in studies if s.day // 7 == one)) for one in weeks]


def judged(studies, now=WEEKS - 1, decisions=(), **changes):
    """Return the chart as it stood after a week."""
    return evaluate(counted_plan(**changes), log(studies, decisions), week(now).end("UTC")).charts[0]


def plain_path(counts, up, down, limits, decided=()):
    """Return the height after each week and the signals, (limit, week), by the rule that DESIGN states."""
    height, heights, signals, armed = 0, [], [], {"alarm", "action"}
    for one, count in counts:
        height = max(0, height + up * count - down)
        for name, limit in limits.items():
            if height >= limit and name in armed:
                signals.append((name, one))
                armed.discard(name)
        armed = {"alarm", "action"} if height == 0 else armed
        heights.append(height)
        if one in decided:
            height, armed = 0, {"alarm", "action"}
    return heights, signals


def limits_of(design):
    return {"alarm": design.alarm_steps, "action": design.action_steps}


def test_the_line_and_the_signals_are_those_of_a_plain_reading():
    path, counts = judged(FAILED), counts_of(FAILED)
    design = path.design
    heights, signals = plain_path(counts, design.steps_per_unit, design.steps_down, limits_of(design))

    line = np.rint(path.statistic * design.steps_per_unit)
    np.testing.assert_array_equal(line[[one for one, _ in counts]], heights)
    assert line[EMPTY] == line[EMPTY - 1]  # nothing is known of a week without a study
    assert said(path) == sorted((end(one), name) for name, one in signals)
    assert {name for name, _ in signals} == {"alarm", "action"}
    assert all(s.onset_low <= week(ONSET) <= s.onset_high for s in path.signals if s.limit == "action")
    assert all(s.as_of == end(s.week.number - week(0).number) for s in path.signals)


def test_a_signal_tells_the_events_and_studies_of_its_weeks_and_what_is_agreed():
    path = judged(FAILED)
    signal = next(s for s in path.signals if s.limit == "action")
    design = path.design
    heights, _ = plain_path(counts_of(FAILED), design.steps_per_unit, design.steps_down, limits_of(design))
    weeks = [one for one, _ in counts_of(FAILED)]
    place = weeks.index(signal.week.number - week(0).number)
    zero = max(p for p in range(place) if heights[p] == 0)

    these = counts_of(FAILED)[zero + 1 : place + 1]
    assert signal.events == sum(count for _, count in these)
    assert signal.studies == A_WEEK * len(these)
    assert signal.expected == pytest.approx(1.0 * len(these))
    made = counted_plan()
    draft = recommend(made, evaluate(made, log(FAILED), week(WEEKS - 1).end("UTC")))[0]
    assert f"**{signal.events} of {signal.studies}** eligible studies were not processed" in draft.reason


def test_the_design_is_the_detectors_with_a_week_as_its_period():
    path = judged(FAILED)
    chart = PoissonCusum.design(in_control=1.0, out_of_control=3.0, run_length=365.25 / 7 / 0.2)
    design = path.design

    assert (path.title, design.unit, design.events_per_week) == ("Technical failures a week", "events", 1.0)
    assert design.change == "evidence that 1 a week have become 3"
    assert (design.action_steps, design.steps_per_unit) == (chart.limit_steps, chart.steps_per_event)
    assert design.action.years * 365.25 / 7 == pytest.approx(chart.run_length(1.0))
    assert design.action.delay_p95 == chart.delay_quantile(3.0, 0.95)
    assert design.action.chance_one_year == pytest.approx(chart.run_length_distribution(1.0, 52))


def test_a_week_that_is_not_over_moves_nothing():
    """Half of a bad week is known on its Thursday: the chart stands where Sunday left it."""
    whole, thursday = judged(FAILED, 30), week(30).end("UTC") + timedelta(days=4)
    known = [study for study in FAILED if study.day < 7 * 31 + 4]
    path = evaluate(counted_plan(), log(known), thursday).charts[0]

    assert sum(study.status == "failed" for study in known[-28:]) > 0
    assert path.complete_to == 30
    np.testing.assert_array_equal(path.statistic[:31], whole.statistic)
    assert path.statistic[30:].tolist() == [whole.current] * len(path.statistic[30:])
    assert path.signals == whole.signals


def test_a_decision_starts_the_count_at_zero_and_a_fault_that_stays_asks_again():
    first = next(s for s in judged(FAILED).signals if s.limit == "action")
    at = first.week.number - week(0).number
    decided = judged(FAILED, decisions=[Decision("technical_failures", first.as_of + HOUR)])
    design = decided.design
    _, signals = plain_path(
        counts_of(FAILED), design.steps_per_unit, design.steps_down, limits_of(design), decided={at}
    )

    assert said(decided) == sorted((end(one), name) for name, one in signals)
    assert [name for name, _ in signals].count("action") >= 2


def test_a_baseline_that_spreads_wider_than_poisson_is_told_and_its_run_length_simulated():
    rng = np.random.default_rng(8)
    lumpy = []
    for study in failing(worse=1.0):
        bad = int(study.day // 7) % 6 == 0
        lumpy.append(replace(study, status="failed" if bad and rng.random() < 0.2 else "processed"))
    made = plan(
        top=counted_plan().model_dump(by_alias=True)
        | {"baseline": {"from": week(0).monday, "to": week(21).sunday, "minimum_positives": 20, "minimum_batches": 1}}
    )

    alike, other = (evaluate(made, log(one), week(WEEKS - 1).end("UTC")).charts[0].design for one in (FAILED, lumpy))
    assert other.check.spread
    assert other.alarm.stated_years < 0.5 * other.alarm.years
    assert not alike.check.spread


def test_every_week_stands_as_it_would_alone():
    whole = [one.charts[0] for one in evaluate_weeks(counted_plan(), log(FAILED), [week(i) for i in range(WEEKS)])]
    for index in range(2, WEEKS, 9):
        other = judged([s for s in FAILED if s.day < 7 * (index + 1)], index)
        assert (other.design, other.signals) == (whole[index].design, whole[index].signals)
        np.testing.assert_array_equal(other.statistic, whole[index].statistic)


def test_the_volume_of_other_charts_leaves_out_the_failures_that_the_count_accepts():
    assert verified_per_week(counted_plan(), "Northtown") == pytest.approx(A_WEEK * (1 - 1.0 / A_WEEK))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"acceptable_per_week": None}, "acceptable_per_week"),
        ({"unacceptable_per_week": 0.5}, "above it"),
        ({"acceptable": 0.03}, "takes no rate"),
        ({"watches": "missed_positives"}, "is not watched by a poisson_cusum"),
        ({"watches": "batch_auroc"}, "is not watched by a poisson_cusum"),
    ],
)
def test_a_plan_whose_chart_cannot_be_is_refused_with_the_reason(changes, words):
    with pytest.raises(ValueError, match=words):
        counted_plan(**changes)


def test_sites_of_unlike_volume_are_refused_since_a_mean_a_week_fits_one_of_them():
    volume = {"studies": 50, "prevalence": 0.3, "by_site": {"Northtown": 80, "Southtown": 20}}
    whole = counted_plan().model_dump(by_alias=True) | {"sites": ("Northtown", "Southtown")}

    with pytest.raises(ValueError, match="needs sites of one volume"):
        Plan.model_validate(whole | {"expected_per_week": volume})
    assert Plan.model_validate(whole).sites == ("Northtown", "Southtown")


def test_means_too_alike_make_the_chart_wait_with_the_reason():
    path = judged(FAILED, acceptable_per_week=100.0, unacceptable_per_week=100.01)

    assert path.design is None
    assert "two means further apart" in path.waiting
