"""Run lengths of a CUSUM over drawn increments: against the normal chart, by hand, and by simulation."""

import numpy as np
import pytest
from scipy.special import ndtri

from surveillance.detectors import TabularCusum
from surveillance.detectors.drawn_cusum import drawn_chain, drawn_limit, drawn_run_length
from surveillance.errors import NotEstimable

NORMAL = ndtri((np.arange(100_000) + 0.5) / 100_000)


@pytest.mark.parametrize("limit", [1.0, 2.3, 4.0, 5.85, 8.0])
@pytest.mark.parametrize("shift", [0.0, 0.5, 1.0])
def test_over_normal_increments_it_is_the_normal_chart(limit, shift):
    chart = TabularCusum(limit, 0.5, "upper")
    chain = drawn_chain(NORMAL + shift - 0.5, limit)

    assert chain.run_lengths()[0] == pytest.approx(chart.run_length(shift), rel=1.2e-3)
    assert abs(chain.quantile(0.5) - chart.delay_quantile(shift, 0.5)) <= 1 + 1e-3 * chain.quantile(0.5)


def test_the_limit_of_a_run_length_is_that_of_the_normal_chart():
    assert drawn_limit(NORMAL - 0.5, 370.0) == pytest.approx(4.0954, abs=1e-3)
    assert drawn_limit(NORMAL - 0.5, 5.0) == pytest.approx(TabularCusum.design(run_length=5.0).limit, abs=2e-3)


def test_over_skewed_increments_it_agrees_with_simulation():
    rng = np.random.default_rng(91)
    increments = rng.exponential(size=50_000) - 1.4
    level, length, going = np.zeros(20_000), np.zeros(20_000), np.arange(20_000)
    while going.size:
        level[going] = np.maximum(0.0, level[going] + rng.choice(increments, len(going)))
        length[going] += 1
        going = going[level[going] <= 5.0]

    assert abs(length.mean() - drawn_run_length(increments, 5.0)) < 3.5 * length.std() / np.sqrt(20_000)


def test_a_path_that_climbs_by_itself_has_no_limit():
    with pytest.raises(NotEstimable, match="fall on average"):
        drawn_limit(np.array([1.0, -0.5]), 100.0)
    with pytest.raises(NotEstimable, match="got 0"):
        drawn_chain(np.array([]), 1.0)
    with pytest.raises(ValueError, match="run length must lie between"):
        drawn_limit(NORMAL - 0.5, 2.0)
