"""Each scenario contains what its card says from its onset, and nothing before."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import norm

from surveillance.synthetic import SCENARIOS, Studies

CUT = norm.ppf(0.95)
MISSED = 1 - (0.92 * norm.cdf(3.58 - CUT) + 0.08 * 0.05)


def share(log: Studies, of: np.ndarray, among: np.ndarray) -> tuple[float, int]:
    """Return the share and the number of studies it rests on."""
    return float(of[among].mean()), int(among.sum())


def test_the_miss_rate_path_is_a_ramp_from_a_tenth_to_a_fifth_over_26_weeks():
    scenario = SCENARIOS["ich-sensitivity-decay-full"]
    path = scenario.miss_rate(np.array([0, 60, 61, 73, 74, 86, 87, 200]))
    step = (0.20 - MISSED) / 26

    by_hand = [0, 0, 0.5, 12.5, 13.5, 25.5, 26, 26]
    assert path == pytest.approx([MISSED + weeks * step for weeks in by_hand], abs=1e-9)


@pytest.mark.parametrize("name", ["ich-sensitivity-decay-full", "ich-sensitivity-decay-audit"])
def test_the_log_follows_the_planted_miss_rate(name, many, near):
    log = many(name, seeds=30, weeks=110)
    scenario = SCENARIOS[name]
    processed = log.status == 0
    for first, last in ((0, 61), (61, 70), (70, 80), (80, 87), (87, 110)):
        among = processed & log.truth & (log.week >= first) & (log.week < last)
        missed, positives = share(log, log.called == 0, among)

        assert missed == near(scenario.miss_rate(np.arange(first, last)).mean(), positives)
    negatives = processed & ~log.truth
    assert share(log, log.called == 1, negatives)[0] == near(0.05, negatives.sum())


def test_a_scanner_change_multiplies_false_flag_odds_by_seven_on_one_scanner_only(many, near):
    log = many("ich-scanner-change", seeds=10, weeks=130)
    negative = (log.status == 0) & ~log.truth
    after = log.week >= 65
    odds = 7 * 0.05 / 0.95
    for scanner, then in enumerate((0.05, odds / (1 + odds), 0.05)):
        mine = negative & (log.scanner == scanner)

        assert share(log, log.called == 1, mine & ~after)[0] == near(0.05, (mine & ~after).sum())
        assert share(log, log.called == 1, mine & after)[0] == near(then, (mine & after).sum())
    overall = share(log, log.called == 1, negative & after)
    positives = (log.status == 0) & log.truth & after
    assert overall[0] == near(float(SCENARIOS["ich-scanner-change"].false_flag_rate(80)), overall[1])
    assert share(log, log.called == 0, positives)[0] == near(MISSED, positives.sum())


@pytest.mark.parametrize("name", ["ich-prevalence-fall-adjudicated", "ich-prevalence-fall-report"])
def test_a_prevalence_fall_halves_prevalence_and_leaves_the_ai_alone(name, many, near):
    log = many(name, seeds=10, weeks=130)
    settled = log.week >= 70  # a repeat study within 30 days of the onset may share an earlier truth
    positives = (log.status == 0) & log.truth & settled

    assert log.truth[log.week < 65].mean() == near(0.08, (log.week < 65).sum() / 1.1)
    assert log.truth[settled].mean() == near(0.04, settled.sum() / 1.1)
    assert share(log, log.called == 0, positives)[0] == near(MISSED, positives.sum())


def test_a_score_shift_moves_every_logit_by_one_and_no_flag(many):
    scenario = SCENARIOS["ich-score-shift"]
    log = many("ich-score-shift", seeds=1, weeks=90)
    same = many("ich-stable", seeds=1, weeks=90)
    after = (log.week >= 65) & (log.status == 0) & (same.score > 0.02) & (same.score < 0.98)
    logit = np.log(log.score / (1 - log.score)) - np.log(same.score / (1 - same.score))

    assert np.array_equal(log.called, same.called)
    assert np.array_equal(log.score[log.week < 65], same.score[same.week < 65], equal_nan=True)
    assert logit[after] == pytest.approx(np.full(after.sum(), scenario.change.score_shift), abs=0.01)


def test_a_pipeline_break_fails_sixty_per_cent_on_two_of_three_scanners(many, near):
    log = many("ich-pipeline-break", seeds=10, weeks=130)
    after = log.week >= 65
    for scanner, then in enumerate((0.60, 0.03, 0.60)):
        mine = log.scanner == scanner

        assert share(log, log.status == 1, mine & ~after)[0] == near(0.03, (mine & ~after).sum())
        assert share(log, log.status == 1, mine & after)[0] == near(then, (mine & after).sum())
    overall = share(log, log.status == 1, after)
    assert overall[0] == near(float(SCENARIOS["ich-pipeline-break"].failure_rate(65)), overall[1])


def test_a_label_delay_makes_outcomes_four_times_as_late_and_changes_nothing_else(many):
    late, same = many("ich-label-delay", seeds=2, weeks=100), many("ich-stable", seeds=2, weeks=100)
    known = (same.recorded_truth >= 0) & (same.recorded_at - same.acquired_at > 3_600_000_000)
    after = known & (same.week >= 65)
    ratio = (late.recorded_at - late.acquired_at)[after] / (same.recorded_at - same.acquired_at)[after]

    assert np.array_equal(late.score, same.score, equal_nan=True)
    assert np.array_equal(late.recorded_truth, same.recorded_truth)
    assert np.array_equal(late.recorded_at[same.week < 65], same.recorded_at[same.week < 65])
    assert ratio == pytest.approx(np.full(after.sum(), 4.0), rel=0.01)


def test_the_onset_can_be_moved_for_a_simulation():
    moved = replace(SCENARIOS["ich-pipeline-break"], onset_week=10)

    assert moved.failure_rate(np.array([9, 10])) == pytest.approx([0.03, 0.35 * 0.03 + 0.65 * 0.60])
