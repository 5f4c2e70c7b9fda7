"""Run lengths of an EWMA over drawn values: against printed tables, the normal chart, and by simulation."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtri

from surveillance.detectors import Ewma
from surveillance.detectors.drawn_ewma import drawn_ewma_chain, drawn_ewma_limit, drawn_ewma_run_length
from surveillance.errors import NotEstimable

QUANTILES = ndtri((np.arange(100_000) + 0.5) / 100_000)
NORMAL = QUANTILES / QUANTILES.std()
TABLE = json.loads((Path(__file__).parents[1] / "reference" / "spc_ewma_lucas_saccucci.json").read_text())["expected"]


@pytest.mark.parametrize("row", range(5))
def test_over_normal_values_it_gives_the_table_of_lucas_and_saccucci(row):
    """The table is of two sides; under a shift of one standard deviation or more the other side plays no part."""
    weight, width = TABLE["lambda"][row], TABLE["L"][row]
    for shift, printed in zip(TABLE["mu"], TABLE["arl"]["value"][row], strict=True):
        if shift >= 1:
            assert drawn_ewma_run_length(NORMAL + shift, weight, width) == pytest.approx(printed, rel=2e-3)


@pytest.mark.parametrize("weight", [0.05, 0.1, 0.25, 0.5, 1.0])
@pytest.mark.parametrize("width", [1.0, 2.2, 3.0])
@pytest.mark.parametrize("shift", [-0.3, 0.0, 0.5])
def test_over_normal_values_it_is_the_normal_chart(weight, width, shift):
    chart = Ewma(width, weight, "upper")
    chain = drawn_ewma_chain(NORMAL + shift, weight, width)

    assert chain.run_length() == pytest.approx(chart.run_length(shift), rel=4e-3)
    assert abs(chain.quantile(0.5) - chart.delay_quantile(shift, 0.5)) <= 1 + 4e-3 * chain.quantile(0.5)
    expected = chart.run_length_distribution(shift, np.array([52, 104]))
    assert chain.signal_probability(np.array([52, 104])) == pytest.approx(expected, rel=4e-3)


def test_the_limit_of_a_run_length_is_that_of_the_normal_chart():
    for weight, run_length in ((0.1, 370.0), (0.25, 1000.0), (0.1, 20.0)):
        expected = Ewma.design(weight=weight, run_length=run_length).width
        assert drawn_ewma_limit(NORMAL, weight, run_length) == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize(("weight", "width", "side"), [(0.1, 2.0, 1), (0.3, 2.6, 1), (0.1, 1.6, -1)])
def test_over_skewed_values_it_agrees_with_simulation(weight, width, side):
    rng = np.random.default_rng(94)
    values = rng.exponential(size=50_000) - 1.0
    values = side * (values - values.mean()) / values.std()
    limit = width * np.sqrt(weight / (2.0 - weight))
    level, length, going = np.zeros(20_000), np.zeros(20_000), np.arange(20_000)
    while going.size:
        level[going] = (1.0 - weight) * level[going] + weight * rng.choice(values, len(going))
        length[going] += 1
        going = going[level[going] <= limit]

    error = length.std() / np.sqrt(len(length))
    assert abs(length.mean() - drawn_ewma_run_length(values, weight, width)) < 3.5 * error
    # The skew is felt: the normal chart's run length lies far outside the error.
    assert abs(length.mean() - Ewma(width, weight).run_length(0.0)) > 10 * error


def test_an_average_of_the_newest_value_alone_counts_values_above_its_limit():
    """Worked by hand: with a weight of 1 each value stands alone, and one of five is above."""
    values = np.array([-1.0, -0.5, 0.0, 0.5, 2.0])

    assert drawn_ewma_run_length(values, 1.0, 1.25) == pytest.approx(5.0, rel=1e-3)


def test_what_is_senseless_is_refused():
    with pytest.raises(ValueError, match="run length must lie between"):
        drawn_ewma_limit(NORMAL, 0.1, 1.0)
    with pytest.raises(NotEstimable, match="got 0"):
        drawn_ewma_chain(np.array([]), 0.1, 2.0)
    with pytest.raises(ValueError, match="weight must lie above 0"):
        drawn_ewma_chain(NORMAL, 0.0, 2.0)
