"""Designs of the charts that count: Bernoulli and risk-adjusted CUSUM."""

from math import log

import numpy as np

from surveillance.detectors import BernoulliCusum, RiskAdjustedCusum
from tests.simulation.run_length_rows import Design, Quantity
from tests.simulation.walks import event_run_lengths, risk_run_lengths

# Acceptable and unacceptable rate, and run length in studies: the templates' charts, whole streams and audited ones.
RATES = (
    (0.10, 0.20, 1_040),
    (0.10, 0.20, 5_700),
    (0.05, 0.10, 13_000),
    (0.03, 0.08, 20_000),
    (0.011, 0.0244, 2_000),
    (0.0526, 0.1111, 2_200),
    (0.3448, 0.5263, 9_000),
    (0.193, 0.314, 2_600),
)
# Odds ratio and run length in cases; lattice steps a unit where they are not the product's own choice.
ODDS = ((2.0, 400, None), (2.0, 3_000, None), (0.5, 3_000, None), (1.5, 3_000, None), (2.0, 3_000, 64), (0.5, 800, 32))


def reference_value(low: float, high: float) -> float:
    """Return gamma = r1 / r2 of two rates (Reynolds & Stoumbos 1999)."""
    r1 = -log((1.0 - high) / (1.0 - low))
    return r1 / log(high * (1.0 - low) / (low * (1.0 - high)))


def bernoulli_chart(low: float, high: float, run_length: int) -> BernoulliCusum:
    """Return the product's chart of a pair of rates."""
    return BernoulliCusum.design(in_control=low, out_of_control=high, run_length=run_length)


def bernoulli_designs() -> list[Design]:
    """Return every Bernoulli chart in control and at the rate worth detecting."""
    designs = []
    for low, high, run_length in RATES:
        chart = bernoulli_chart(low, high, run_length)
        gamma, limit = reference_value(chart.in_control, chart.out_of_control), chart.limit
        for rate, words in ((low, "in control"), (high, "at the rate worth detecting")):
            median, late = (chart.delay_quantile(rate, share) for share in (0.5, 0.95))
            share = {within: float(chart.run_length_distribution(rate, within)) for within in (median, late)}
            designs.append(
                Design(
                    "bernoulli_cusum",
                    f"{low:g} to {high:g}, asked {run_length} studies",
                    (
                        Quantity(f"mean {words}", chart.run_length(rate)),
                        Quantity(f"share within the median, {words}", share[median], median),
                        Quantity(f"share within the 95th percentile, {words}", share[late], late),
                    ),
                    lambda rng, runs, rate=rate, gamma=gamma, limit=limit: event_run_lengths(
                        rng, rate, gamma, limit, runs
                    ),
                )
            )
    return designs


def mix_of_risks() -> np.ndarray:
    """Return two thousand risks as a bleed service has them: most low, some high."""
    return np.random.default_rng(6).beta(0.4, 4.6, 2000)


def risk_designs() -> list[Design]:
    """Return every risk-adjusted chart in control and at the odds worth detecting."""
    designs = []
    risk = mix_of_risks()
    for ratio, run_length, steps in ODDS:
        chart = RiskAdjustedCusum.design(risk=risk, odds_ratio=ratio, run_length=run_length, steps=steps)
        # The running chart's own rounded weights, and its limit: at or above, on a lattice.
        happened, not_so = (chart.weights(np.full(len(risk), truth), risk) for truth in (True, False))
        limit = chart.limit - 0.5 / chart.steps_per_unit
        for true, words in ((1.0, "in control"), (ratio, "at the odds worth detecting")):
            chance = true * risk / (1.0 - risk + true * risk)
            designs.append(
                Design(
                    "risk_adjusted_cusum",
                    f"odds x {ratio:g}, asked {run_length} cases, {chart.steps_per_unit} steps a unit",
                    (Quantity(f"mean {words}", chart.run_length(risk=risk, true_odds_ratio=true)),),
                    lambda rng, runs, chance=chance, up=happened, down=not_so, limit=limit: risk_run_lengths(
                        rng, chance, (up, down), limit, runs
                    ),
                )
            )
    return designs
