"""The recursion over limits, which keeps only the ends of its solutions, against solves that keep all."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.linalg import solve_toeplitz

from surveillance.kernels import run_lengths_by_limit

CHANCES = st.lists(st.floats(0.05, 1.0), min_size=2, max_size=12)


def by_scipy(lifts, falls, limit):
    """Solve T x = 1 and T y = f with scipy's own Levinson recursion, and put the floor's share to height 0."""
    row, column = np.zeros(limit), np.zeros(limit)
    row[: len(lifts)] -= lifts[:limit]
    column[: len(falls)] -= falls[:limit]
    row[0] += 1.0
    column[0] = row[0]
    below = np.array([falls[height + 1 :].sum() for height in range(limit)])
    x, y = solve_toeplitz((column, row), np.ones(limit)), solve_toeplitz((column, row), below)
    with np.errstate(divide="ignore", invalid="ignore"):
        return x + x[0] / (1.0 - y[0]) * y


@settings(max_examples=60)
@given(CHANCES, st.integers(0, 11), st.integers(1, 40), st.integers(1, 15))
def test_any_moves_limit_and_heights_give_what_scipy_solves(chances, fall, limit, heights):
    fall = min(fall, len(chances) - 2)  # at least one lift of a step or more
    shares = np.array(chances) / sum(chances)
    falls, lifts = np.append(0.0, shares[:fall]), shares[fall:]

    size, lengths = run_lengths_by_limit(lifts, falls, limit, np.inf, heights)

    assert size == limit
    assert len(lengths) == min(limit, heights)
    expected = by_scipy(lifts, falls, limit)
    assume(0.0 < expected.max() < 1e12)  # beyond about 10^13 neither has a digit left
    assert lengths == pytest.approx(expected[:heights], rel=1e-9 + 1e-14 * expected.max())


@pytest.mark.parametrize("heights", [1, 40, 5000])
def test_the_ends_are_kept_far_enough_on_a_fine_lattice(heights):
    rng = np.random.default_rng(5)
    lifts, falls = rng.random(90) ** 6, np.append(0.0, rng.random(130) ** 2)
    lifts, falls = 0.35 * lifts / lifts.sum(), 0.65 * falls / falls.sum()

    size, lengths = run_lengths_by_limit(lifts, falls, 2500, np.inf, heights)

    assert size == 2500
    assert lengths == pytest.approx(by_scipy(lifts, falls, 2500)[:heights], rel=1e-9)


def test_it_stops_at_the_first_limit_that_is_enough():
    # A step up or down at even chances: n(n + 1) cases at a limit of n.
    size, lengths = run_lengths_by_limit(np.array([0.0, 0.5]), np.array([0.0, 0.5]), 10_000, 12.5, 2)

    assert size == 4
    assert lengths == pytest.approx([20.0, 18.0])
