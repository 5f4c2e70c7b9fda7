"""A chart on the baseline's own rate: its volume by hand, and an imperfect truth undone, by simulation."""

from functools import cache

import numpy as np
import pytest

from surveillance.detectors import BernoulliCusum
from surveillance.domain.budget import WEEKS_A_YEAR
from surveillance.domain.chart_design import rate_design
from surveillance.domain.in_control import estimated
from surveillance.domain.own_rate import baseline_prevalence
from surveillance.domain.plan import Plan
from surveillance.domain.verification import stream_rates
from surveillance.errors import NotEstimable
from tests.domain.small_log import content, plan

SITE = "Northtown"
REPORTS = {"error": {"sensitivity": 0.95, "specificity": 0.99}}


def own(watches, *, truth=None, lowest=0.04, **level) -> Plan:
    """Return the bleed plan with one of its charts on the baseline's own rate, and no acceptance values."""
    charts = content()["chart"]
    level = level or {"unacceptable_odds_ratio": 2.0}
    ours = next(c for c in charts if c["watches"] == watches)
    moved = ours | {"acceptable": "baseline", "unacceptable": None, "unacceptable_odds_ratio": None} | level
    top = {"chart": [moved if c is ours else c for c in charts], "acceptance": {}, "trigger": []}
    volume = content()["expected_per_week"] | {"lowest_prevalence": lowest}
    return plan(top=top | {"expected_per_week": volume}, truth=truth)


def chart_of(made, watches):
    return next(c for c in made.chart if c.watches == watches)


@pytest.mark.parametrize("rate", [0.01, 0.05, 0.15, 0.25])
def test_a_chart_of_false_flags_counts_as_many_studies_a_week_as_its_own_rate_brings(rate):
    made = own("false_flags", truth={"audit_fraction_unflagged": 0.10})
    chart, studies = chart_of(made, "false_flags"), 10**6
    events = round(studies * rate / (rate + (1 - rate) * 0.10))
    rates, source = estimated(made, chart, SITE, events, studies)
    cost = rate_design(made, chart, SITE, rates, source).alarm

    # 280 studies, 3 % fail, 92 % of the rest have no bleed: all flagged ones are verified, a tenth of the others.
    weekly = 280 * 0.97 * 0.92 * (rate + (1 - rate) * 0.10)
    assert rates.events_per_week == pytest.approx(weekly, rel=1e-4)
    assert cost.years == pytest.approx(cost.studies / weekly / WEEKS_A_YEAR, rel=1e-4)


def test_a_chart_of_positives_not_flagged_counts_as_many_as_its_own_rate_brings():
    made = own("missed_positives", truth={"audit_fraction_unflagged": 0.10})
    rates, _ = estimated(made, chart_of(made, "missed_positives"), SITE, 400, 10_000)  # 4 %: .294 of all

    rate = 0.04 / (0.04 + 0.96 * 0.10)
    assert rates.events_per_week == pytest.approx(280 * 0.97 * 0.08 * (1 - rate + rate * 0.10))


@cache
def baseline_counts(fraction, prevalence=0.08):
    """Draw a baseline of bleeds, of which a tenth is not flagged, with 5 % false flags; count what is verified.

    Its reports are right in 95 % of positives and 99 % of negatives.
    """
    rng, studies = np.random.default_rng(95), 3_000_000
    disease = rng.random(studies) < prevalence
    called = rng.random(studies) < np.where(disease, 0.90, 0.05)
    recorded = rng.random(studies) < np.where(disease, 0.95, 0.01)
    verified = called | (rng.random(studies) < fraction)
    positives, negatives = recorded & verified, ~recorded & verified
    return {
        "missed_positives": (int((positives & ~called).sum()), int(positives.sum())),
        "false_flags": (int((negatives & called).sum()), int(negatives.sum())),
    }


@pytest.mark.parametrize("fraction", [1.0, 0.10])
@pytest.mark.parametrize("lowest", [None, 0.04], ids=["one prevalence", "a lower one declared"])
@pytest.mark.parametrize(("watches", "rate"), [("missed_positives", 0.10), ("false_flags", 0.05)])
def test_a_baseline_as_good_as_the_standard_gives_the_rates_of_the_standard(watches, rate, lowest, fraction):
    made = own(watches, truth=REPORTS | {"audit_fraction_unflagged": fraction}, lowest=lowest)
    chart = chart_of(made, watches)
    counts = baseline_counts(fraction)[watches]
    rates, source = estimated(made, chart, SITE, *counts)
    standard = chart.model_copy(update={"acceptable": rate})
    asked = stream_rates(made, standard, SITE)

    # 10 000 events and more: four standard errors are 4 % of the rate at most, 6 % once the error is undone.
    assert source.clinical == pytest.approx(rate, rel=0.06)
    assert rates.in_control == pytest.approx(asked.in_control, rel=0.05)
    assert rates.out_of_control == pytest.approx(asked.out_of_control, rel=0.05)


@pytest.mark.parametrize("fraction", [1.0, 0.10])
@pytest.mark.parametrize("prevalence", [0.05, 0.12])
def test_the_prevalence_of_the_baseline_itself_undoes_the_error_whatever_the_plan_expected(prevalence, fraction):
    made = own("missed_positives", truth=REPORTS | {"audit_fraction_unflagged": fraction})
    chart, counts = chart_of(made, "missed_positives"), baseline_counts(fraction, prevalence)
    found = baseline_prevalence(made, counts["missed_positives"], counts["false_flags"])
    rates, source = estimated(made, chart, SITE, *counts["missed_positives"], found)

    assert found == pytest.approx(prevalence, rel=0.03)
    assert source.clinical == pytest.approx(0.10, rel=0.06)
    # at the lowest prevalence that the plan declares, as the standard is: 27 %, by the formula of reports' errors
    assert rates.in_control == pytest.approx(
        stream_rates(made, chart.model_copy(update={"acceptable": 0.10}), SITE).in_control, rel=0.05
    )


def test_a_baseline_rarer_than_any_prevalence_declared_is_charted_at_what_it_shows():
    made = own("missed_positives", truth=REPORTS)
    counts = baseline_counts(1.0, 0.02)
    found = baseline_prevalence(made, counts["missed_positives"], counts["false_flags"])
    rates, source = estimated(made, chart_of(made, "missed_positives"), SITE, *counts["missed_positives"], found)
    events, studies = counts["missed_positives"]

    assert rates.in_control == pytest.approx(events / studies)
    assert rates.in_control > 0.35  # 38 %, where the standard's rate at the lowest declared would be 27 %
    rarely = 0.01 * 0.98 / (0.01 * 0.98 + 0.95 * 0.02)  # of the recorded bleeds are none
    doubled = 2 * (0.10 / 0.90) / (1 + 2 * (0.10 / 0.90))
    assert rates.out_of_control == pytest.approx(rarely * 0.95 + (1 - rarely) * doubled, rel=0.03)
    assert source.carried_studies == 0


def test_a_baseline_with_fewer_positives_than_the_errors_alone_would_record_has_no_prevalence():
    with pytest.raises(NotEstimable, match=r"between 1.% and 95.%.*got 0\.5.%"):
        baseline_prevalence(own("missed_positives", truth=REPORTS), (0, 50), (0, 9950))


def test_a_true_tenth_stands_below_an_unacceptable_fifth_whatever_the_reports_make_of_it():
    made = own("missed_positives", truth=REPORTS, lowest=None, unacceptable=0.20)
    seen = (0.95 * 0.08 * 0.10 + 0.01 * 0.92 * 0.95) / (0.95 * 0.08 + 0.01 * 0.92)  # 19 %, by hand
    rates, source = estimated(made, chart_of(made, "missed_positives"), SITE, round(seen * 10**6), 10**6)

    assert source.clinical == pytest.approx(0.10, abs=1e-5)
    assert rates.in_control == pytest.approx(seen, abs=1e-5)
    assert "makes of 10\u00a0%" in source.words


def test_fewer_events_than_the_reports_errors_alone_would_give_have_no_answer():
    made = own("missed_positives", truth=REPORTS, lowest=None)
    chart = chart_of(made, "missed_positives")

    # (1 - .08) x .01 x .95 in .08 x .95 + (1 - .08) x .01: 10.3 % though the AI flagged every bleed
    with pytest.raises(NotEstimable, match=r"above the 10.% that the truth's stated error alone.*got 5.%"):
        estimated(made, chart, SITE, 50, 1000)
    with pytest.raises(NotEstimable, match="truth's stated error alone"):
        estimated(made, chart, SITE, 999, 1000)


def test_the_tenth_percentile_is_that_of_baselines_drawn_again():
    made = own("missed_positives", truth=REPORTS, lowest=0.04)
    chart, studies, rng = chart_of(made, "missed_positives"), 400, np.random.default_rng(10)
    weight = {pi: 0.01 * (1 - pi) / (0.95 * pi + 0.01 * (1 - pi)) for pi in (0.08, 0.04)}
    seen = weight[0.08] * 0.95 + (1 - weight[0.08]) * 0.10
    rates, source = estimated(made, chart, SITE, round(seen * studies), studies)
    design = rate_design(made, chart, SITE, rates, source)

    # What a like baseline may hide: the true rate behind it, carried to the lowest prevalence, in 4 000 draws.
    hidden = (rng.beta(source.events + 0.5, studies - source.events + 0.5, 4000) - weight[0.08] * 0.95) / (
        1 - weight[0.08]
    )
    carried = weight[0.04] * 0.95 + (1 - weight[0.04]) * np.quantile(hidden, 0.9)
    asked = {"out_of_control": rates.out_of_control, "run_length": design.alarm.asked_studies}
    at_worst = BernoulliCusum.design(in_control=rates.in_control, **asked).run_length(float(carried))

    assert design.alarm.low_years == pytest.approx(at_worst / rates.events_per_week / WEEKS_A_YEAR, rel=0.05)
    assert design.alarm.low_years < design.alarm.years
