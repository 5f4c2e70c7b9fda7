"""The audit that a delay or an interval needs: laws, hand counts and the chart's own simulated delay."""

import numpy as np
import pytest

from surveillance.domain.audit_size import audit_for_delay, audit_for_width, delay_by_audit_fraction, expected_width
from surveillance.domain.chart_design import rate_design
from surveillance.domain.plan import load_plan, plan_template
from surveillance.errors import NotEstimable
from surveillance.metrics import sensitivity_audited
from tests.domain.small_log import plan

SITE = "Northtown"


def test_the_smaller_the_audit_the_later_the_alarm():
    table = delay_by_audit_fraction(plan(), SITE)

    assert [row.fraction for row in table] == [1.0, 0.5, 0.25, 0.1]
    assert [row.median for row in table] == sorted(row.median for row in table)
    assert [row.p95 for row in table] == sorted(row.p95 for row in table)
    assert all(row.median < row.p95 for row in table)


def test_the_work_and_the_events_are_those_of_the_plan_counted_by_hand():
    tenth = delay_by_audit_fraction(plan(), SITE)[-1]

    # 280 studies, 3 % fail; 8 % have a bleed, of which 10 % are not flagged; of the others 95 % are not flagged.
    processed = 280 * 0.97
    assert tenth.audited_per_week == pytest.approx(processed * (0.08 * 0.10 + 0.92 * 0.95) * 0.10)
    assert tenth.events_per_week == pytest.approx(processed * 0.08 * (0.90 + 0.10 * 0.10))
    assert tenth.in_control == pytest.approx(1 / 91)


def test_the_delay_of_a_tenth_is_that_of_simulated_verified_positives():
    made = plan(truth={"audit_fraction_unflagged": 0.10})
    design, row = rate_design(made, made.chart[0], SITE), delay_by_audit_fraction(made, SITE)[-1]
    rng, delays = np.random.default_rng(26), []
    for _ in range(1500):
        events = rng.random(6000) < 2 / 82  # a miss rate of 20 % among the verified
        statistic, taken, steps = 0, 0, np.where(events, design.steps_per_unit - 1, -1).tolist()
        while statistic < design.alarm_steps:
            statistic, taken = max(0, statistic + steps[taken]), taken + 1
        delays.append(taken / row.events_per_week)

    # The error of a simulated median is about 1.25 sd / sqrt(runs): 4 of them either way.
    assert np.median(delays) == pytest.approx(row.median, abs=4 * 1.25 * np.std(delays) / np.sqrt(1500))
    assert np.quantile(delays, 0.95) == pytest.approx(row.p95, rel=0.12)


@pytest.mark.parametrize("at", ["median", "p95"])
def test_the_audit_for_a_delay_keeps_it_and_one_per_cent_less_does_not(at):
    needed = audit_for_delay(plan(), SITE, 12.0, at)
    less = delay_by_audit_fraction(plan(), SITE, (needed.fraction - 0.01,))[0]

    assert getattr(needed, at) <= 12.0 < getattr(less, at)


@pytest.mark.parametrize("weeks", [8.0, 9.0, 11.0, 36.0])
def test_no_smaller_audit_keeps_a_delay_though_delays_rise_here_and_there_as_audits_grow(weeks):
    lvo = load_plan(plan_template("lvo-triage"))
    every = delay_by_audit_fraction(lvo, lvo.sites[0], tuple(whole / 100 for whole in range(1, 101)))
    enough = [row.fraction for row in every if row.median <= weeks]

    assert [row.median for row in every] != sorted((row.median for row in every), reverse=True)
    assert audit_for_delay(lvo, lvo.sites[0], weeks) == next(row for row in every if row.fraction == enough[0])


def test_the_audit_for_a_width_keeps_it_and_one_per_cent_less_does_not():
    fraction = audit_for_width(plan(), SITE, 0.15, 13)

    assert expected_width(plan(), SITE, fraction, 13) <= 0.15 < expected_width(plan(), SITE, fraction - 0.01, 13)


def test_the_expected_width_is_that_of_the_interval_at_the_expected_counts():
    # 13 weeks bring 282.5 positives: 254 flagged, and 28 not, of which a quarter, 7, are audited.
    estimate = sensitivity_audited(254, 7, 0.25)
    assert expected_width(plan(), SITE, 0.25, 13) == pytest.approx(estimate.high - estimate.low, abs=0.002)


def test_what_no_audit_gives_is_said():
    with pytest.raises(NotEstimable, match="every unflagged study audited"):
        audit_for_delay(plan(), SITE, 1.0)
    with pytest.raises(NotEstimable, match="every unflagged study audited"):
        audit_for_width(plan(), SITE, 0.01, 4)


def test_a_plan_without_the_chart_has_no_such_delay():
    charts = [chart for chart in plan().model_dump(by_alias=True)["chart"] if chart["watches"] != "missed_positives"]
    with pytest.raises(NotEstimable, match="got none in the plan"):
        delay_by_audit_fraction(plan(top={"chart": charts, "trigger": ()}), SITE)
