"""Run lengths for one limit after another, by Levinson's recursion, against a dense solve of each and by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveillance.detectors.lattice_chain import LatticeChain
from surveillance.detectors.run_length_by_limit import run_lengths_at, smallest_limit_for
from surveillance.detectors.run_length_quantiles import transition_matrix
from surveillance.errors import NotEstimable

MOVES = st.lists(st.tuples(st.integers(-7, 9), st.floats(0.05, 1.0)), min_size=2, max_size=8, unique_by=lambda m: m[0])


def chain(moves, limit):
    steps, weights = np.array([m[0] for m in moves]), np.array([m[1] for m in moves])
    return LatticeChain(steps, weights / weights.sum(), limit)


@settings(max_examples=40)
@given(MOVES.filter(lambda moves: any(step > 0 for step, _ in moves)))
def test_every_limit_has_the_run_lengths_of_a_dense_solve(moves):
    steps, chances = chain(moves, 1).steps, chain(moves, 1).probability
    for limit in range(1, 16):
        lengths = run_lengths_at(steps, chances, limit)
        dense = np.linalg.solve(np.eye(limit) - transition_matrix(chain(moves, limit)), np.ones(limit))
        # Both lose digits as the run length grows: a chance of 1 / L is told apart from 0 in sixteen digits.
        assert lengths == pytest.approx(dense, rel=1e-9 + 1e-14 * dense.max())
        lowest = run_lengths_at(steps, chances, limit, heights=4)
        assert lowest == pytest.approx(dense[:4], rel=1e-9 + 1e-14 * dense.max())


def test_a_path_that_rises_and_falls_evenly_has_the_run_lengths_worked_by_hand():
    # L(h) = 1 + (L(h-1) + L(h+1)) / 2, L(n) = 0, L(-1) = L(0): L(h) = n(n + 1) - h(h + 1).
    steps, chances = np.array([1, -1]), np.array([0.5, 0.5])
    height = np.arange(3000)

    assert run_lengths_at(steps, chances, 3000) == pytest.approx(3000 * 3001 - height * (height + 1), rel=1e-8)
    assert run_lengths_at(steps, chances, 3000, heights=7) == pytest.approx(
        3000 * 3001 - np.arange(7) * np.arange(1, 8)
    )
    assert smallest_limit_for(steps, chances, 2000 * 2001 - 0.5) == (2000, pytest.approx(2000 * 2001, rel=1e-8))
    assert smallest_limit_for(steps, chances, 2000 * 2001 + 0.5) == (2001, pytest.approx(2001 * 2002, rel=1e-8))


@pytest.mark.parametrize("scale", [1.0, 2.5])
def test_a_fine_lattice_has_the_run_lengths_of_a_dense_solve(scale):
    """A limit far beyond the reach of one case, and beyond the room first taken: 1200 steps, moves of at most 300."""
    steps = np.rint(np.array([-120, -40, -11, -3, 0, 7, 90, 115]) * scale).astype(int)
    chances = np.array([0.05, 0.10, 0.30, 0.30, 0.05, 0.10, 0.06, 0.04])
    dense = np.linalg.solve(np.eye(1200) - transition_matrix(LatticeChain(steps, chances, 1200)), np.ones(1200))

    assert run_lengths_at(steps, chances, 1200) == pytest.approx(dense, rel=1e-10)
    assert run_lengths_at(steps, chances, 1200, heights=1) == pytest.approx(dense[:1], rel=1e-10)
    assert smallest_limit_for(steps, chances, dense[0] * (1 - 1e-9)) == (1200, pytest.approx(dense[0], rel=1e-10))


def test_a_run_length_beyond_all_digits_is_never_too_short():
    steps, chances = np.array([1, -1]), np.array([0.001, 0.999])

    assert np.all(run_lengths_at(steps, chances, 40) > 1e13)
    assert len(run_lengths_at(steps, chances, 40)) == 40


def test_the_smallest_limit_is_the_first_that_is_long_enough():
    steps, chances = np.array([6, -1]), np.array([0.1, 0.9])
    limit, run_length = smallest_limit_for(steps, chances, 1040)

    # Bernoulli CUSUM .10 -> .20 with m = 7 (R, exact chain): ANSS0 1044 at H = 31.
    assert (limit, round(run_length)) == (31, 1044)
    assert run_lengths_at(steps, chances, 30)[0] < 1040 <= run_lengths_at(steps, chances, 31)[0]


@pytest.mark.parametrize("asked", [np.inf, np.nan])
def test_a_search_for_what_no_limit_gives_comes_to_an_end(asked):
    with pytest.raises(NotEstimable, match=r"needs a run length that 262144 steps can give, got (inf|nan) cases"):
        smallest_limit_for(np.array([1, -1]), np.array([0.5, 0.5]), asked)


def test_a_path_that_nothing_lifts_has_no_run_length():
    with pytest.raises(NotEstimable, match="needs a case that lifts the path"):
        smallest_limit_for(np.array([0, -1]), np.array([0.5, 0.5]), 100)
