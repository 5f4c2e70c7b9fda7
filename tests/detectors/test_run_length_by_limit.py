"""Run lengths for every limit at once, by Levinson's recursion, against a dense solve of each."""

from itertools import islice

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveillance.detectors.lattice_chain import LatticeChain
from surveillance.detectors.run_length_by_limit import run_lengths_at, run_lengths_by_limit, smallest_limit_for
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
    for limit, lengths in enumerate(islice(run_lengths_by_limit(steps, chances), 15), start=1):
        dense = np.linalg.solve(np.eye(limit) - transition_matrix(chain(moves, limit)), np.ones(limit))
        # Both lose digits as the run length grows: a chance of 1 / L is told apart from 0 in sixteen digits.
        assert lengths == pytest.approx(dense, rel=1e-9 + 1e-14 * dense.max())


def test_the_smallest_limit_is_the_first_that_is_long_enough():
    steps, chances = np.array([6, -1]), np.array([0.1, 0.9])
    limit = smallest_limit_for(steps, chances, 1040)

    # Bernoulli CUSUM .10 -> .20 with m = 7 (R, exact chain): ANSS0 1044 at H = 31.
    assert limit == 31
    assert run_lengths_at(steps, chances, 30)[0] < 1040 <= run_lengths_at(steps, chances, 31)[0]


def test_a_path_that_nothing_lifts_has_no_run_length():
    with pytest.raises(NotEstimable, match="needs a case that lifts the path"):
        smallest_limit_for(np.array([0, -1]), np.array([0.5, 0.5]), 100)
