"""Run-length quantiles by repeated squaring against the walk case by case and the geometric law."""

import numpy as np
import pytest

from surveillance.detectors import BernoulliCusum, RiskAdjustedCusum
from surveillance.detectors.lattice_chain import LatticeChain
from surveillance.detectors.run_length_quantiles import quantiles, risk_delay

SHARES = (0.05, 0.5, 0.95)


@pytest.mark.parametrize("rate", [0.05, 0.10, 0.20, 0.60])
def test_squaring_finds_what_the_walk_finds(rate):
    chart = BernoulliCusum.design(in_control=0.10, out_of_control=0.20, run_length=1040)
    chain = LatticeChain(np.array([6, -1]), np.array([rate, 1.0 - rate]), chart.limit_steps)

    assert quantiles(chain, SHARES) == tuple(chart.delay_quantile(rate, share) for share in SHARES)


def test_a_chart_of_one_step_waits_geometrically():
    chain = LatticeChain(np.array([1, -1]), np.array([0.1, 0.9]), 1)

    # The first event signals: P(within n) = 1 - .9^n, so half have signalled within 7.
    assert quantiles(chain, (0.5, 0.95)) == (7, 29)


@pytest.mark.parametrize("odds_ratio", [2.0, 0.5])
def test_risk_delays_on_a_coarse_lattice_are_within_three_percent(odds_ratio):
    risk = np.random.default_rng(6).beta(1.0, 9.0, 2000)
    chart = RiskAdjustedCusum.design(risk=risk, odds_ratio=odds_ratio, run_length=2000, steps=256)

    walked = [chart.delay_quantile(risk, share, odds_ratio) for share in (0.5, 0.95)]

    assert risk_delay(chart, risk, odds_ratio, (0.5, 0.95)) == pytest.approx(walked, rel=0.03)
