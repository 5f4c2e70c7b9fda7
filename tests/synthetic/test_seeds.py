"""The same seed gives the same log, and a scenario can be told from its control only after its onset."""

from datetime import date

import numpy as np
import pytest

from surveillance.domain.case_log import CaseLog
from surveillance.synthetic import SCENARIOS, case_log, generate

START = date(2025, 3, 3)
EVERY = pytest.mark.parametrize("name", SCENARIOS)


def text(name: str, seed: int) -> tuple[str, str]:
    """Return both files of a short log as text."""
    log = generate(SCENARIOS[name], seed=seed, weeks=3, start=START)
    return log.results.to_csv(index=False), log.outcomes.to_csv(index=False)


@EVERY
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(name):
    assert text(name, 5) == text(name, 5)
    assert text(name, 5)[0] != text(name, 6)[0]
    assert text(name, 5)[1] != text(name, 6)[1]


@EVERY
def test_scenarios_are_named_once_seeded_once_and_say_what_is_expected(name):
    scenario = SCENARIOS[name]

    assert scenario.name == name
    assert len({other.seed for other in SCENARIOS.values()}) == len(SCENARIOS)
    assert (scenario.onset_week is None) == (scenario.fault == "nothing is planted")
    assert scenario.expected == "alarm" or not scenario.harms_performance


@pytest.mark.parametrize(
    "name", ["ich-scanner-change", "ich-score-shift", "ich-pipeline-break", "ich-sensitivity-decay-audit"]
)
def test_before_the_onset_a_scenario_equals_its_control(name):
    changed = generate(SCENARIOS[name], seed=4, weeks=90, start=START).studies
    control = generate(SCENARIOS["ich-stable"], seed=4, weeks=90, start=START).studies
    before = changed.week < SCENARIOS[name].onset_week

    assert np.array_equal(changed.score[before], control.score[before], equal_nan=True)
    assert np.array_equal(changed.recorded_at[before], control.recorded_at[before])
    assert not np.array_equal(changed.score[~before], control.score[~before], equal_nan=True)


def test_arrays_hold_every_column_with_one_value_a_study():
    log = generate(SCENARIOS["ich-stable"], seed=1, weeks=2, start=START)
    arrays = log.arrays()

    assert {"acquired_at", "result_at", "recorded_at", "status", "score", "called", "truth"} <= set(arrays)
    assert {len(column) for column in arrays.values()} == {len(log.studies)}


def test_nothing_recorded_later_is_known_before_a_moment():
    log = generate(SCENARIOS["ich-stable"], seed=1, weeks=4, start=START)
    moment = int(log.studies.acquired_at[-1])
    known = log.known_before(moment).studies

    assert known.recorded_at[known.recorded_truth >= 0].max() < moment
    assert 0 < np.sum(known.recorded_truth >= 0) < np.sum(log.studies.recorded_truth >= 0)


def test_the_rule_book_gets_one_site_sorted_with_its_outcomes():
    log = generate(SCENARIOS["lvo-stable"], seed=2, weeks=9, start=START)
    cases = case_log(log, "Eastfield")
    table = log.results[log.results["site"] == "Eastfield"]

    assert isinstance(cases, CaseLog)
    assert sorted(cases.case_id) == sorted(table["case_id"])
    assert (np.diff(cases.acquired_at) >= 0).all()
    assert len(cases.outcome_case) == (log.outcomes["site"] == "Eastfield").sum()
    assert (cases.outcome_recorded_at > cases.acquired_at[cases.outcome_case]).all()
