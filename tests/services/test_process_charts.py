"""XmR charts from kept points: which weeks are judged, which fix the limits, and what a week without a value says."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from surveillance.domain.plan import load_plan, plan_template
from surveillance.domain.points import ROW, empty_points
from surveillance.domain.weeks import Week, micros
from surveillance.services.process_charts import process_chart
from surveillance.services.stored_series import StoredSeries
from surveillance.storage.evaluations import EvaluationRecord

FIRST = Week.of(date(2026, 1, 5))
SOME = [50.0, 52, 49, 51, 50, 53, 48, 51, 50, 52, 49, 51, 50, 52, 50, 51]
NEWEST = Week(FIRST.number + len(SOME) - 1)


def kept(volume=None, *, begins=date(2026, 1, 5), ends=date(2026, 3, 29), data_to=None):
    """Return weeks of a bleed triage; turnaround is a tenth of the volume, in minutes."""
    studies = np.array(SOME if volume is None else volume)
    plan = load_plan(plan_template("ich-triage"))
    baseline = plan.baseline.model_copy(update={"start": begins, "end": ends})
    points = empty_points(FIRST.number, (1, 4), len(studies))
    points.value[ROW["eligible"], 0] = studies
    points.value[ROW["turnaround_median"], 0] = np.where(studies > 0, studies / 10, np.nan)
    points.value[ROW["flag_rate"], 0] = np.where(studies > 0, 0.1, np.nan)
    day = NEWEST.sunday if data_to is None else data_to
    seen = micros(datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    newest = EvaluationRecord(
        1, 1, 1, datetime(2026, 5, 1, tzinfo=UTC), 1, datetime(2026, 5, 1, tzinfo=UTC), NEWEST.label,
        {"coverage": {"data_to": seen, "complete_to": None}}, b"", b"", None,
    )  # fmt: skip
    plan = plan.model_copy(update={"baseline": baseline})
    return StoredSeries(SimpleNamespace(id=1), plan, newest, points, {}, None)


def test_the_weeks_wholly_inside_the_plans_baseline_fix_the_limits():
    chart = process_chart(kept(begins=date(2026, 1, 6), ends=date(2026, 4, 11)), "eligible")

    assert (chart.fixed_from, chart.fixed_to, chart.fixed_by) == (date(2026, 1, 12), date(2026, 4, 5), 12)
    assert chart.kind[0] == "not judged"
    assert chart.why[0] == "before the plan's baseline"


@pytest.mark.parametrize(("days", "kind"), [(3, "not judged"), (4, "common cause")], ids=["Thursday", "Friday"])
def test_a_log_that_ends_before_friday_leaves_its_newest_week_unjudged(days, kind):
    chart = process_chart(kept(data_to=NEWEST.monday + timedelta(days=days)), "eligible")

    assert chart.kind[-1] == kind
    assert (chart.why[-1] == "the log does not reach the end of this week") == (kind == "not judged")
    assert "not judged" not in chart.kind[:-1]


def test_a_week_without_studies_is_no_turnaround_of_zero_but_a_volume_of_zero():
    volume = [*SOME[:13], 0.0, *SOME[14:]]
    turnaround, eligible = (process_chart(kept(volume), metric) for metric in ("turnaround_median", "eligible"))

    assert (turnaround.value[13], turnaround.kind[13], turnaround.why[13]) == (
        None,
        "not judged",
        "no studies this week",
    )
    assert (eligible.value[13], eligible.kind[13]) == (0.0, "low")
    assert eligible.why[13] == "no study in the log: none was done, or the log is missing"


def test_a_baseline_that_still_runs_says_that_its_limits_move():
    chart = process_chart(kept(ends=date(2026, 12, 27)), "turnaround_median")

    assert chart.fixed_by == 16
    assert chart.limits_words.endswith("; they move until that baseline ends.")


def test_a_short_baseline_says_that_the_first_weeks_stand_in():
    chart = process_chart(kept(begins=date(2026, 3, 2)), "turnaround_median")

    assert (
        "limits fixed by the first 12 weeks, week 2 to week 13, as the plan's baseline has fewer" in chart.limits_words
    )


def test_special_cause_inside_the_baseline_is_said():
    chart = process_chart(kept([*SOME[:5], 90.0, *SOME[6:]]), "eligible")

    assert "of these weeks are themselves special cause" in chart.limits_words  # and no others without it
    assert "special cause" not in process_chart(kept(), "eligible").limits_words


def test_too_few_weeks_have_no_limits_and_no_word():
    chart = process_chart(kept(SOME[:11]), "turnaround_median")

    assert (chart.mean, chart.lower, chart.upper) == (None, None, None)
    assert set(chart.kind) == {"not judged"}
    assert chart.absent.startswith("Too few weeks to say")
