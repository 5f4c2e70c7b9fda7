"""The false-alarm page adds up what the stored designs say, and says what it does not know."""

import pytest

from surveillance.domain.plan import load_plan
from surveillance.domain.roles import Role
from surveillance.errors import NotAllowed
from surveillance.services.charts import charts
from surveillance.services.false_alarm_arithmetic import arithmetic
from surveillance.services.false_alarms import false_alarms
from surveillance.services.stored_designs import stored_design
from surveillance.services.stored_series import read_series
from surveillance.storage import register


def kept_designs(store):
    with store.read() as connection:
        kept = read_series(connection, 1)
    return [stored_design(chart["design"]) for chart in kept.summary["charts"] if chart["design"] is not None]


def test_a_row_is_the_sum_of_its_charts_and_the_total_that_of_its_rows(read_only, actor):
    page = false_alarms(actor(Role.GOVERNANCE), read_only.store)
    designs = kept_designs(read_only.store)
    (row,) = page.rows

    assert row.alarms_per_year == pytest.approx(sum(1 / one.alarm.stated_years for one in designs))
    false = sum(1 / one.action.stated_years for one in designs if one.action)
    assert row.recommendations_per_year == pytest.approx(false)
    assert row.true_share == pytest.approx((1 / 3) / (1 / 3 + false))  # the template's fault in three years
    assert "one AI version" in page.sentence


def test_the_arithmetic_goes_from_share_to_years_to_studies_to_what_is_achieved(read_only, actor, words):
    found = arithmetic(actor(Role.PHYSICIST), read_only.store, 1)
    plan = load_plan(words.plan_toml())
    asked = {(line.chart, line.tier): line for line in found.lines}
    missed = asked[("Positives the AI did not flag", "alarm")]

    assert missed.share.replace("\u00a0", " ") == "40 % of 1 a year"
    assert missed.asked == "2.5 years"  # 1 / (0.4 x 1)
    assert float(missed.achieved.replace(",", "")) >= float(missed.asked_studies.replace(",", ""))
    assert len(found.sums) == 2
    assert f"of {plan.budget.alarms_per_year:g} a year" in found.sums[0]


def test_a_deployment_out_of_use_is_left_out_and_counted(told, actor, words):
    with told.store.write(actor="rc_ai", role="rc_ai", action="stop", at=words.monday(30)) as unit:
        register.set_status(
            unit.connection, deployment_id=1, status="stopped", at=words.monday(30), by="rc_ai", reason="test"
        )
        unit.record({})
    page = false_alarms(actor(Role.RC_AI), told.store)

    assert page.rows == ()
    assert "1 out of use" in page.left_out


def test_before_any_week_is_judged_a_row_says_why_it_has_no_figure(ready, actor):
    (row,) = false_alarms(actor(Role.RC_AI), ready.store).rows

    assert row.alarms_per_year is None
    assert row.note == "Not estimable: no week has been evaluated yet"


def test_a_trainee_reads_no_budget(read_only, actor):
    with pytest.raises(NotAllowed, match="trainee"):
        false_alarms(actor(Role.TRAINEE), read_only.store)


def test_every_chart_prints_its_limits_rates_chances_and_how_its_run_length_is_known(read_only, actor):
    page = charts(actor(Role.RADIOGRAPHER), read_only.store, 1)

    for line in page.lines:
        named = [name for name, *_ in line.costs]
        assert {"Limit", "Asked by the budget", "Chance of a false one within two years"} <= set(named)
        assert "Run length: " in line.design_words
        if line.unit == "events":
            assert "a standard of the plan" in line.design_words
            assert "as asked and" in line.design_words
        else:
            assert any(name.startswith("10th percentile") for name in named)
    said = " ".join(page.notes)
    assert "head start" in said.lower()
    assert "after a decline" in said
