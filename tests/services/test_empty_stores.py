"""Stores with little or nothing in them: every page is there, says so, and nothing falls over."""

import pytest

from surveillance.domain.roles import Role
from surveillance.errors import NotFound
from surveillance.services import (
    alarms,
    calibration,
    charts,
    deployments,
    exports,
    methods,
    performance,
    plans,
    stop_use,
    this_week,
    throughput,
    trail,
)

LISTS = (alarms.alarms, stop_use.stop_uses)
TABLES = (exports.points, exports.cases, exports.alarms, exports.recommendations)


def every_page(ward, actor, at, numbers=(1,)):
    """Open every page there is; return those of the deployments."""
    reader, store = actor(Role.PHYSICIST), ward.store
    for table in TABLES:
        columns, rows = table(reader, store)
        assert all(len(row) == len(columns) for row in rows)
    for listed in LISTS:
        listed(reader, store, at=at)
    plans.plans_kept(reader, store)
    assert methods.methods(reader, store)
    assert trail.verify(reader, store).ok
    pages = []
    for number in numbers:
        pages += [
            performance.performance(reader, store, number, None),
            performance.performance(reader, store, number, 999),
            charts.charts(reader, store, number),
            calibration.calibration(reader, store, number),
            throughput.throughput(reader, store, number),
        ]
    return [this_week.this_week(reader, store, at=at), *pages]


def test_a_store_without_anything_has_every_page_and_each_is_empty(bare, actor, words):
    week, *pages = every_page(bare, actor, words.monday(0))

    assert week.summary == "Nothing is registered yet. Register a product, add its plan, then load a log."
    assert (week.needy, week.quiet, week.week_label) == ((), (), "")
    assert [page.sentence for page in pages] == [""] * 5
    assert [len(table(actor(Role.PHYSICIST), bare.store)[1]) for table in TABLES] == [0] * 4
    assert bare.evaluate(words.monday(0)).weeks == 0


def test_a_deployment_that_is_not_there_is_said_to_be_missing(bare, actor, words):
    with pytest.raises(NotFound, match="number 7"):
        deployments.head(actor(Role.PHYSICIST), bare.store, 7, at=words.monday(0))


def test_a_store_with_a_plan_and_no_log_waits(ready, actor, words):
    assert ready.evaluate(words.monday(0)).weeks == 0

    week, *_ = every_page(ready, actor, words.monday(0))

    assert [row.head.state.words for row in week.quiet] == ["No log yet"]


def test_a_log_without_any_truth_gives_figures_that_need_none_and_no_signal(ready, actor, words):
    for week in range(3):
        ready.load(words.results(week), words.monday(week))
    run = ready.evaluate(words.monday(2))

    week, rolling, *_ = every_page(ready, actor, words.monday(2))

    assert (run.weeks, run.alarms, run.recommendations) == (3, 0, 0)
    figures = {figure.metric: figure for figure in rolling.figures}
    assert figures["sensitivity"].value == "–"
    assert "is complete yet" in figures["sensitivity"].why
    assert figures["sensitivity"].verdict == "absent"
    assert "No complete window yet: Sensitivity, specificity and AUROC." in rolling.sentence
    assert "Too few" not in rolling.sentence
    assert figures["flag_rate"].value != "–"


@pytest.mark.parametrize("found", ["0", "1", "indeterminate"])
def test_weeks_of_one_class_say_what_cannot_be_given(ready, actor, words, found):
    for week in range(8):
        ready.load(words.results(week).tail(30), words.monday(week))
        if len(known := words.outcomes(week)):
            ready.load(known.assign(truth=found), words.monday(week))
        ready.evaluate(words.monday(week))

    week, rolling, *_ = every_page(ready, actor, words.monday(7))

    auroc = next(figure for figure in rolling.figures if figure.metric == "auroc")
    assert (auroc.value, auroc.verdict) in {("–", "not_estimable")}
    _, rows = exports.points(actor(Role.PHYSICIST), ready.store)
    values = [row[4] for row in rows if row[3] == "auroc"]
    assert set(values) == {""}
    assert len(week.quiet) + len(week.needy) + len(week.unsettled) == 1


def test_a_log_of_failures_only_is_judged_on_what_it_has(ready, actor, words):
    failed = {"status": "failed", "score": "", "called": "", "result_at": ""}
    for week in range(6):
        ready.load(words.results(week).assign(**failed), words.monday(week))
    run = ready.evaluate(words.monday(5))

    every_page(ready, actor, words.monday(5))

    assert run.weeks == 6
    assert run.recommendations == 1  # every study failed; the plan takes 3 % as acceptable


def test_the_told_store_has_every_page(read_only, actor, words):
    week, rolling, chart, reliability, volumes = [
        page for place, page in enumerate(every_page(read_only, actor, words.monday(words.WEEKS))) if place != 2
    ]
    assert len(week.needy) == 1
    assert rolling.series
    assert "past its stop-use limit" in chart.sentence
    assert reliability.diagram is not None
    assert volumes.figures
