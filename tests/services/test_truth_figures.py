"""Counts by source are kept with the evaluation, shown by the performance tab, and computed again exactly."""

from dataclasses import asdict, replace

import pytest

from surveillance.domain.evaluation import evaluate
from surveillance.domain.plan import KPI_METRICS, Plan, load_plan
from surveillance.domain.roles import Role
from surveillance.errors import InvalidPlan
from surveillance.services.audit_size import audit_size
from surveillance.services.case_logs import read_case_log
from surveillance.services.performance import performance
from surveillance.services.stored_series import read_series
from surveillance.services.truth_figures import kept_sources, source_rows, truth_error_words
from surveillance.storage import register
from surveillance.storage.times import to_micros


@pytest.fixture(scope="module")
def kept(read_only):
    with read_only.store.read() as connection:
        return read_series(connection, 1)


def test_counts_by_source_of_past_weeks_are_computed_again_as_they_were_kept(read_only, words):
    for week in (12, 18, 24, 29):
        as_of, seen = words.monday(week), to_micros(words.monday(week))
        with read_only.store.read() as connection:
            kept = read_series(connection, 1, as_of=as_of, seen_by=seen)
            log = read_case_log(connection, register.deployment(connection, 1), kept.plan, seen)
        computed = evaluate(kept.plan, log, as_of)
        assert [asdict(one) for one in kept_sources(kept)] == [asdict(one) for one in computed.sources]
        assert len(computed.sources) == 2


def test_counts_by_source_add_up_to_the_figures_of_the_same_window(kept):
    adjudication, audit = kept_sources(kept)
    sensitivity = kept.points.latest_mature("sensitivity", 13)
    specificity = kept.points.latest_mature("specificity", 13)

    assert (adjudication.true_flags, adjudication.true_flags + audit.missed) == (sensitivity.events, sensitivity.n)
    assert (audit.true_negatives, audit.true_negatives + adjudication.false_flags) == (
        specificity.events,
        specificity.n,
    )


def test_the_page_names_each_source_and_gives_no_sensitivity_to_one_that_saw_one_stratum(read_only, actor):
    page = performance(actor(Role.RADIOGRAPHER), read_only.store, 1, 13)

    assert [row.source for row in page.sources] == ["Adjudication", "Audit"]
    assert page.sources[0].sensitivity == "– (saw no unflagged study)"
    assert page.truth_error == ""
    assert all(not figure.metric.endswith("_naive") for figure in page.working)


def test_a_source_outside_the_plan_stands_last_and_apart(kept):
    rows = [asdict(one) for one in kept_sources(kept)]
    rows[0] |= {"source": "report", "counts_for": []}
    shown = source_rows(replace(kept, newest=replace(kept.newest, summary={**kept.summary, "truth_sources": rows})))

    assert [(row.source, row.outside) for row in shown] == [("Audit", False), ("Report", True)]
    assert shown[1].counts_for == "nothing"


def test_an_evaluation_kept_before_there_were_counts_by_source_shows_none(kept):
    summary = {name: value for name, value in kept.summary.items() if name != "truth_sources"}
    assert source_rows(replace(kept, newest=replace(kept.newest, summary=summary))) == ()


def test_a_stated_truth_error_is_told_beside_what_was_observed(kept):
    plan = Plan.model_validate(
        kept.plan.model_dump(by_alias=True)
        | {"truth": kept.plan.truth.model_dump() | {"error": {"sensitivity": 0.98, "specificity": 0.995}}}
    )
    words = truth_error_words(replace(kept, plan=plan), 13).replace("\xa0", " ")

    assert "finds 98 % of positives and is right in 99.5 % of negatives" in words
    assert "Observed: sensitivity" in words
    # The ward's product leaves half of its positives unflagged: no error of 98 / 99.5 % explains that.
    assert "lies below" in words


@pytest.mark.parametrize("metric", ["sensitivity_naive", "specificity_naive", "auroc_naive"])
def test_no_plan_may_name_an_uncorrected_figure_as_a_kpi(words, metric):
    kpi = [{"metric": metric, "window": 13, "threshold": 0.8, "better": "higher"}]

    assert metric not in KPI_METRICS
    with pytest.raises(InvalidPlan, match=f"'{metric}' is not a metric"):
        load_plan(words.plan_toml(kpi=kpi))


def test_the_audit_a_deployment_needs_is_told_for_its_own_plan(read_only, actor):
    sized = audit_size(actor(Role.RC_AI), read_only.store, 1, weeks=52.0)

    assert [row.fraction for row in sized.delays] == [1.0, 0.5, 0.25, 0.1]
    assert sized.planned == 1.0
    assert sized.for_delay.median <= 52.0
    assert audit_size(actor(Role.RC_AI), read_only.store, 99) is None
