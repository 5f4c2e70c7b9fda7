"""The walk of a lattice chain case by case, against powers of its matrix and the definition's own step."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveillance.detectors.lattice_chain import SETTLED, LatticeChain
from surveillance.detectors.run_length_quantiles import transition_matrix
from surveillance.kernels import lattice_hazards

MOVES = st.lists(st.tuples(st.integers(-9, 9), st.floats(0.05, 1.0)), min_size=2, max_size=12, unique_by=lambda m: m[0])


def walked(chain, cases, start=0, least=0.0, settled=-1.0):  # below 0: it never counts as settled
    return lattice_hazards(chain.steps, chain.probability, np.eye(chain.limit)[start], cases, least, settled)


@settings(max_examples=60)
@given(MOVES.filter(lambda moves: any(step > 0 for step, _ in moves)), st.integers(1, 8), st.data())
def test_each_chance_is_that_of_powers_of_the_matrix(moves, limit, data):
    start = data.draw(st.integers(0, limit - 1))
    weights = np.array([m[1] for m in moves])
    chain = LatticeChain(np.array([m[0] for m in moves]), weights / weights.sum(), limit)
    matrix, state, left = transition_matrix(chain), np.eye(limit)[start], [1.0]
    for _ in range(20):
        state = state @ matrix
        left.append(state.sum())

    hazards = walked(chain, 20, start)

    assert np.cumprod(1.0 - hazards) == pytest.approx(np.array(left[1 : len(hazards) + 1]), abs=1e-12)
    assert len(hazards) == 20 or hazards[-1] >= 1.0


@pytest.mark.parametrize("down", [1, 3])
def test_it_takes_the_steps_of_the_definition_far_beyond_the_room_first_taken(down):
    chain = LatticeChain(np.array([20, -down]), np.array([0.03, 0.97]), 150)
    state, expected = np.eye(150)[0], []
    for _ in range(2500):
        after = chain.advance(state, chain.probability)
        expected.append(1.0 - after.sum())
        state = after / after.sum()

    assert walked(chain, 2500) == pytest.approx(np.array(expected), abs=1e-14)


def test_it_ends_when_the_chance_settles_or_few_charts_go_on():
    chain = LatticeChain(np.array([1, -1]), np.array([0.1, 0.9]), 1)

    # The first event signals: one in ten at every case, so .9^7 = .478 is the first share below a half.
    assert walked(chain, 1000, least=0.5) == pytest.approx(np.full(7, 0.1))
    assert 1 < len(walked(chain, 1000, settled=SETTLED)) < 10
    assert len(walked(chain, 3)) == 3


def test_a_certain_signal_ends_the_walk_with_a_chance_of_one():
    # Ten chances of a tenth add up to a hair less than one.
    chain = LatticeChain(np.arange(3, 13), np.full(10, 0.1), 3)

    assert walked(chain, 50).tolist() == [1.0]
    assert chain.quantile(0.5) == 1
