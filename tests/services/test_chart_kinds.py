"""The words that differ between kinds of chart: limits in studies, what a run is, where an average stands."""

import pytest

from surveillance.detectors.gap_two_limits import PER_STUDY, gap_limit_steps
from surveillance.domain.chart_path import ChartPath
from surveillance.domain.evaluation import evaluate
from surveillance.domain.independence import Independence
from surveillance.services.chart_kinds import counted, drawn_limit, kind_words, limit_cell, limit_mark, standing_words
from surveillance.services.chart_working import check_words
from surveillance.services.spark_line import spark
from tests.domain.auroc_log import auroc_plan, scored_studies
from tests.domain.small_log import log, week

GAP = {
    "detector": "time_between_events", "watches": "technical_failures", "together": 2, "odds_ratio": None,
    "steps_per_unit": PER_STUDY // 10_000, "unit": "events in 10,000 studies", "in_control": 0.0002,
    "asked_out_of_control": 0.002,
}  # fmt: skip


def test_the_limit_of_rare_events_is_said_in_studies():
    steps = gap_limit_steps(812, 2)

    assert limit_cell(GAP, steps) == "2 failures within 812 studies"
    assert limit_mark(GAP, "alarm", steps) == "alarm 2 in 812"
    assert drawn_limit(GAP, steps) == pytest.approx(2 / 812 * 10_000)


def test_where_every_run_signals_the_limit_says_so_and_is_drawn_at_the_foot():
    steps = gap_limit_steps(None, 2)

    assert limit_cell(GAP, steps) == "every 2 failures"
    assert limit_mark(GAP, "alarm", steps) == "alarm any 2"
    assert drawn_limit(GAP, steps) == 0.0


def test_a_rate_is_said_as_events_in_the_last_studies():
    assert standing_words(GAP, 2 / 910 * 10_000, 1.0, "stop-use") == "2 in the last 910"
    assert standing_words(GAP, 0.0, 1.0, "stop-use") == "no such run lately"


def test_rates_of_rare_events_are_not_rounded_to_nothing():
    assert kind_words(GAP).endswith("Acceptable 2 in 10,000, unacceptable 2 in 1,000.")


def test_a_design_kept_before_designs_named_their_detector_reads_as_before():
    kept = {"watches": "false_flags", "odds_ratio": None, "steps_per_unit": 9, "unit": "events"}

    assert (counted(kept), limit_cell(kept, 38), limit_mark(kept, "alarm", 38)) == (
        "studies",
        "4.22 events",
        "alarm 4.2",
    )
    assert kind_words(kept | {"in_control": 0.1, "asked_out_of_control": 0.2}) == ""


def test_rare_events_in_weeks_that_are_not_alike_are_told_without_a_simulated_figure():
    found = Independence(weeks=40, events=12, dispersion=3.1, dispersion_p=0.001)
    words = check_words(found, simulated=False)

    assert words.startswith(
        "Run length: exact for independent studies (Markov chain), but weeks differ by more than chance"
    )
    assert "simulated**" not in words


def test_an_average_on_the_better_side_stands_at_nothing_in_the_list():
    plan = auroc_plan(detector="ewma", weight=0.2)
    (path,) = evaluate(plan, log(scored_studies(7)), week(23).end("UTC")).charts
    better = ChartPath(
        path.design, path.key, path.title, path.first_week, -abs(path.statistic), path.peak, path.complete_to, (), "", 0
    )

    assert better.current < 0
    assert better.of_action == 0.0
    assert set(spark((better,))["values"]) == {0.0}
    assert spark((better,))["words"] == "0.0 × stop-use limit"
