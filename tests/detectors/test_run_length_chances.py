"""Chances of a signal within so many cases: by the walk over the chain, by hand, and as a law."""

import numpy as np
import pytest

from surveillance.detectors import BernoulliCusum, RiskAdjustedCusum
from surveillance.detectors.run_length_chances import risk_chances, signal_chances


def test_squaring_gives_the_chances_of_the_walk_case_by_case():
    chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=1040)
    cases = (1, 6, 57, 1040, 5000)

    assert signal_chances(chart.chain(0.10), cases) == pytest.approx(
        chart.run_length_distribution(0.10, list(cases)), abs=1e-9
    )


def test_the_chance_within_the_mean_run_length_is_about_that_of_a_geometric():
    risk = np.linspace(0.01, 0.4, 80)
    chart = RiskAdjustedCusum.design(risk=risk, odds_ratio=2.0, run_length=3000)
    (chance,) = risk_chances(chart, risk, (3000.0,), run_length=chart.run_length(risk))

    assert chance == pytest.approx(1 - np.exp(-1), abs=0.01)


def test_a_simulated_risk_adjusted_chart_signals_as_often_as_its_chance_says():
    rng = np.random.default_rng(11)
    risk = np.linspace(0.02, 0.3, 40)
    chart = RiskAdjustedCusum.design(risk=risk, odds_ratio=2.0, run_length=400)
    (chance,) = risk_chances(chart, risk, (200.0,), run_length=chart.run_length(risk))
    signalled = 0
    for _ in range(600):
        cases = rng.choice(risk, 200)
        signalled += len(chart.run(rng.random(200) < cases, cases).signals) > 0
    z = (signalled / 600 - chance) / np.sqrt(chance * (1 - chance) / 600)

    assert abs(z) < 3
