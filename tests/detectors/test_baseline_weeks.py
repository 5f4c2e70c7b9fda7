"""The checks of a baseline: size with nothing there, power with something, and run lengths by brute force."""

import numpy as np
import pytest

from surveillance.detectors import BernoulliCusum
from surveillance.detectors.block_bootstrap import block_bootstrap_run_length
from surveillance.detectors.weekly_dependence import level_fitted, rate_dependence, risk_dependence
from surveillance.errors import NotEstimable


def streams(weeks, studies, spread, rho, rng):
    """Return events by week and study at about one in ten, with an AR(1) walk of the weekly log-odds."""
    walk = np.empty(weeks)
    walk[0] = rng.normal()
    for week in range(1, weeks):
        walk[week] = rho * walk[week - 1] + np.sqrt(1 - rho**2) * rng.normal()
    rate = 1 / (1 + np.exp(2.2 - spread * walk))
    return rng.random((weeks, studies)) < rate[:, None]


def brute_force(steps, limit):
    """Return the mean number of cases between signals of a path that restarts at zero."""
    level = signals = 0
    for step in steps.tolist():
        level = max(0, level + step)
        if level >= limit:
            level, signals = 0, signals + 1
    return len(steps) / signals


def found_share(spread, rho, plays, weeks=43, studies=22):
    rng = np.random.default_rng(5)
    found = []
    for _ in range(plays):
        events = streams(weeks, studies, spread, rho, rng).sum(axis=1)
        found.append(rate_dependence(events, np.full(weeks, studies), rng).found)
    return float(np.mean(found))


def test_independent_weeks_are_found_wanting_at_most_as_often_as_stated():
    # Two tests at .5 % each: 1 % of 300 sound baselines, z < 3.
    assert found_share(0.0, 0.0, 300) < 0.01 + 3 * np.sqrt(0.01 * 0.99 / 300)


def test_weeks_that_differ_or_follow_each_other_are_found():
    assert found_share(0.8, 0.0, 40) > 0.8
    assert found_share(0.8, 0.8, 40) > 0.5


def test_the_statistics_are_pearsons_dispersion_and_the_lag_one_autocorrelation():
    events, studies = np.arange(2, 22), np.full(20, 40)
    found = rate_dependence(events, studies, np.random.default_rng(0))
    rate = events.sum() / studies.sum()
    residual = (events - 40 * rate) / np.sqrt(40 * rate * (1 - rate))

    assert found.dispersion == pytest.approx((residual**2).sum() / 19)
    assert found.autocorrelation == pytest.approx((residual[1:] * residual[:-1]).sum() / (residual**2).sum())
    assert found.found


def test_a_level_of_risk_that_is_wrong_throughout_is_no_dependence():
    rng = np.random.default_rng(8)
    week = np.repeat(np.arange(40), 50)
    found = 0
    for _ in range(60):
        risk = rng.beta(0.5, 4, 2000).clip(0.005, 0.95)
        truth = (rng.random(2000) < 0.6 * risk).astype(np.int64)
        found += risk_dependence(truth, risk, week, rng).found
    assert found <= 3  # 0.6 expected


def test_outcomes_that_come_in_waves_about_their_risk_are_found():
    rng = np.random.default_rng(9)
    week, wave = np.repeat(np.arange(40), 50), np.repeat(np.tile(np.repeat([0.5, 1.6], 5), 4), 50)
    risk = rng.beta(2, 10, 2000)
    truth = (rng.random(2000) < wave * risk).astype(np.int64)

    assert risk_dependence(truth, risk, week, rng).found


def test_fitted_risks_add_up_to_the_outcomes():
    risk = np.linspace(0.01, 0.6, 300)
    assert level_fitted((np.arange(300) % 9 == 0).astype(np.int64), risk).sum() == pytest.approx(34)


def test_the_same_seed_gives_the_same_answer():
    events, studies = np.random.default_rng(2).binomial(25, 0.1, 40), np.full(40, 25)
    one, two = (rate_dependence(events, studies, np.random.default_rng(7)) for _ in range(2))
    assert one == two


def test_too_small_a_baseline_is_not_checked():
    with pytest.raises(NotEstimable, match=r"needs 13 weeks and 10 events, got 5 weeks"):
        rate_dependence(np.full(5, 4), np.full(5, 40), np.random.default_rng(0))


def test_a_run_length_on_two_blocks_by_hand():
    # Blocks (+2, -1) and (-1, -1), limit 4: L0 = 4 + L1, L1 = 2.75 + .75 L0, so L0 = 27.
    steps, starts = np.array([2, -1, -1, -1]), np.array([0, 2, 4])
    assert block_bootstrap_run_length(steps, starts, 4, block=1) == pytest.approx(27)


@pytest.mark.parametrize(("spread", "rho"), [(0.0, 0.0), (0.4, 0.0), (0.4, 0.5)])
def test_blocks_of_a_long_baseline_give_the_run_length_of_brute_force(spread, rho):
    rng = np.random.default_rng(21)
    chart = BernoulliCusum.design(in_control=0.11, out_of_control=0.22, run_length=1500)
    steps = chart.steps(streams(30_000, 22, spread, rho, rng).ravel())
    truth = brute_force(steps, chart.limit_steps)
    weeks = 4000
    found = block_bootstrap_run_length(steps[: weeks * 22], np.arange(weeks + 1) * 22, chart.limit_steps, block=4)

    assert found == pytest.approx(truth, rel=0.2)


def test_a_drawn_bootstrap_gives_what_the_solved_one_does():
    rng = np.random.default_rng(3)
    chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=300)
    events = streams(40, 20, 0.5, 0.5, rng)
    steps, starts = chart.steps(events.ravel()), np.arange(41) * 20
    solved = block_bootstrap_run_length(steps, starts, chart.limit_steps, block=4)
    twice = np.tile(steps.reshape(40, 20), (2, 1))
    lengths = []
    for _ in range(400):
        level, cases = 0, 0
        while True:
            first = int(rng.integers(40))
            block = twice[first : first + 4].ravel().tolist()
            for step in block:
                level, cases = max(0, level + step), cases + 1
                if level >= chart.limit_steps:
                    break
            else:
                continue
            break
        lengths.append(cases)
    z = (np.mean(lengths) - solved) / (np.std(lengths, ddof=1) / np.sqrt(400))
    assert abs(z) < 3


def test_a_fine_lattice_is_solved_as_a_coarse_one():
    chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=600)
    events = streams(60, 20, 0.3, 0.3, np.random.default_rng(6))
    steps, starts = chart.steps(events.ravel()), np.arange(61) * 20
    exact = block_bootstrap_run_length(steps, starts, chart.limit_steps, block=4)
    fine = block_bootstrap_run_length(steps * 1000, starts, chart.limit_steps * 1000, block=4)

    assert fine == pytest.approx(exact, rel=0.02)


def test_weeks_that_never_lift_the_path_have_no_run_length():
    with pytest.raises(NotEstimable, match=r"got none in this baseline"):
        block_bootstrap_run_length(np.full(20, -1), np.arange(11) * 2, 4, block=2)
    with pytest.raises(NotEstimable, match=r"needs 8 weeks, got 5"):
        block_bootstrap_run_length(np.full(10, -1), np.arange(6) * 2, 4, block=4)


@pytest.mark.parametrize("edge", [0.0, 1.0])
def test_a_risk_without_odds_is_refused_and_not_called_dependence(edge):
    risk, week = np.full(800, 0.1), np.repeat(np.arange(40), 20)
    risk[:3] = edge
    truth = (np.random.default_rng(4).random(800) < risk).astype(np.int64)

    with pytest.raises(ValueError, match="strictly between 0 and 1"):
        risk_dependence(truth, risk, week, np.random.default_rng(1))
