"""Charts on the baseline's own rate: when they start, what they are designed for, and what they say of it."""

import numpy as np
import pytest

from surveillance.domain.baseline_sample import FrozenBaseline
from surveillance.domain.case_log import NEVER
from surveillance.domain.chart_design import rate_design
from surveillance.domain.evaluation import evaluate_weeks
from surveillance.domain.in_control import estimated
from surveillance.domain.maturity import maturity
from surveillance.domain.plan import Plan
from surveillance.domain.study_frame import frame
from surveillance.domain.weeks import micros
from surveillance.errors import InvalidPlan, NotEstimable
from tests.domain.small_log import Study, content, log, plan, week

WEEKS = 16


def baseline_plan(*, acceptance=None, baseline=None, truth=None, **changes):
    """Return the bleed plan with one chart, of positives not flagged, on the baseline's own rate."""
    chart = dict(content()["chart"][0]) | {"acceptable": "baseline", "unacceptable": None}
    chart |= {"unacceptable_odds_ratio": 2.0, **changes}
    top = {"chart": [chart], "trigger": [], "acceptance": acceptance or {}}
    if baseline:
        top["baseline"] = baseline
    return plan(top=top, truth=truth)


def small_studies(*, miss_every=8, late=()):
    """Return 16 weeks of 12 positives and 4 negatives; every eighth positive is not flagged; truth in a day."""
    studies, positives = [], 0
    for index in range(WEEKS):
        for number in range(16):
            day = 7 * index + number * 0.4
            if number < 12:
                positives += 1
                known = day + (40 if number in late else 0.2)
                studies.append(Study(day, int(positives % miss_every != 0), [(known, 1, "report")]))
            else:
                studies.append(Study(day, 0, [(day + 0.2, 0, "report")]))
    return studies


def judged(made, studies):
    """Return the chart's path at every week."""
    weeks = [week(index) for index in range(WEEKS)]
    return [one.charts[0] for one in evaluate_weeks(made, log(studies), weeks)]


def test_the_chart_waits_with_its_reason_then_takes_the_rate_of_the_complete_baseline():
    paths = judged(baseline_plan(), small_studies())
    met = next(place for place, path in enumerate(paths) if path.design is not None)

    assert met == 7  # the week in which the baseline ends, its truths known within hours
    assert "waits for the baseline's own rate (provisional, week 5 of about 8)" in paths[4].waiting
    design = paths[met].design
    assert design.in_control == pytest.approx(12 / 96)  # 8 weeks of 12 positives, every eighth not flagged
    assert (design.estimated.events, design.estimated.studies) == (12, 96)
    assert design.asked_out_of_control == pytest.approx(2 * (12 / 84) / (1 + 2 * (12 / 84)))
    assert paths[met].changed_from == 0


def test_a_stated_truth_error_is_undone_at_the_prevalence_that_the_baseline_had():
    paths = judged(baseline_plan(truth={"error": {"sensitivity": 0.95, "specificity": 0.99}}), small_studies())
    design = paths[-1].design

    # 12 of 16 studies are recorded as bleeds: (.75 - .01) / (.95 + .99 - 1) of them are; the plan expected 8 %.
    bleeds = 0.74 / 0.94
    wrongly = 0.01 * (1 - bleeds) / (0.01 * (1 - bleeds) + 0.95 * bleeds)
    assert design.estimated.clinical == pytest.approx((12 / 96 - wrongly * 0.95) / (1 - wrongly))


def test_a_correction_after_the_baseline_was_met_changes_no_design():
    studies = small_studies()
    day = 7 * 10.0
    corrected = [
        Study(s.day, s.called, [*s.truths, (day, 0, "audit")]) if not s.called and s.day < 30 else s for s in studies
    ]
    before, after = judged(baseline_plan(), studies)[-1], judged(baseline_plan(), corrected)[-1]

    assert after.design.in_control == before.design.in_control == pytest.approx(12 / 96)


def test_until_the_baseline_is_met_acceptance_values_stand_in_and_say_so():
    accepted = {"sensitivity": {"value": 0.85, "source": "local validation"}}
    paths = judged(baseline_plan(acceptance=accepted), small_studies())
    first, last = paths[4].design, paths[-1].design

    assert first.in_control == pytest.approx(0.15)
    assert first.estimated.source == "acceptance"
    assert "provisional" in first.estimated.words
    assert "local validation" in first.estimated.words
    assert first.alarm.low_years is None
    assert last.estimated.source == "baseline"


def test_an_estimated_chart_carries_its_tenth_percentile_and_what_more_would_buy_and_a_standard_does_not():
    design = judged(baseline_plan(), small_studies())[-1].design
    assert design.alarm.low_years < design.alarm.larger_low_years < design.alarm.years
    assert design.action.low_years < design.action.larger_low_years < design.action.years

    standard = plan()
    assert rate_design(standard, standard.chart[0], "Northtown").alarm.low_years is None


def test_a_baseline_at_the_unacceptable_level_designs_no_chart():
    made = baseline_plan(unacceptable=0.10, unacceptable_odds_ratio=None)
    path = judged(made, small_studies())[-1]

    assert path.design is None
    assert "the baseline's own rate, 12\u00a0%, already stands at the unacceptable 10\u00a0%" in path.waiting


@pytest.mark.parametrize("events", [0, 50])
def test_a_baseline_without_an_event_or_without_any_other_designs_no_chart(events):
    made = baseline_plan()
    with pytest.raises(NotEstimable, match=r"needs at least one event"):
        estimated(made, made.chart[0], "Northtown", events, 50)


@pytest.mark.parametrize("watches", ["missed_positives", "false_flags"])
def test_a_rate_of_the_verified_stream_goes_back_to_the_rate_of_all_studies(watches):
    made = plan(truth={"audit_fraction_unflagged": 0.10})
    chart = next(c for c in made.chart if c.watches == watches)
    seen = rate_design(made, chart, "Northtown").in_control
    free = chart.model_copy(update={"acceptable": "baseline", "unacceptable": None, "unacceptable_odds_ratio": 2.0})
    rates, source = estimated(made, free, "Northtown", round(seen * 1e9), 10**9)

    assert source.clinical == pytest.approx(chart.acceptable, abs=1e-6)
    assert rates.out_of_control / (1 - rates.out_of_control) == pytest.approx(2 * seen / (1 - seen), rel=1e-6)


def test_the_baseline_is_frozen_only_when_its_last_week_is_complete_at_every_site():
    made = baseline_plan(baseline={"from": plan().baseline.start, "to": plan().baseline.end, "minimum_positives": 20})
    frames = tuple(frame(made, log(small_studies(late=late)), week(WEEKS - 1)) for late in ((), (9, 10, 11)))
    ready = tuple(maturity(made, one) for one in frames)
    alone, both = FrozenBaseline(made, frames[:1], ready[:1]), FrozenBaseline(made, frames, ready)

    assert alone.at == micros(week(7).end("UTC"))
    assert alone.at < both.at < NEVER
    assert both.counts("missed_positives")[1] > alone.counts("missed_positives")[1]
    assert np.all(np.diff(alone.own("missed_positives").week) >= 0)


@pytest.mark.parametrize(
    "changes",
    [{"unacceptable": 0.2}, {"unacceptable_odds_ratio": None}, {"unacceptable_odds_ratio": 1.0}],
    ids=["both", "neither", "no change"],
)
def test_a_plan_names_one_unacceptable_level(changes):
    with pytest.raises((InvalidPlan, ValueError), match="unacceptable"):
        baseline_plan(**changes)


def test_an_odds_ratio_beside_a_standard_is_the_rate_it_stands_for():
    chart = dict(content()["chart"][0]) | {"unacceptable": None, "unacceptable_odds_ratio": 2.25}
    made = plan(top={"chart": [chart], "trigger": []})

    assert isinstance(made, Plan)
    assert rate_design(made, made.chart[0], "Northtown").asked_out_of_control == pytest.approx(0.20)
