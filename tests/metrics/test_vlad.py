"""VLAD: worked by hand, and the law that it ends at expected less observed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.errors import NotEstimable
from surveillance.metrics import vlad

CASES = st.lists(st.tuples(st.booleans(), st.floats(0.0, 1.0)), min_size=1, max_size=60)


def test_it_is_worked_by_hand():
    """Risks .2, .5, .3, a finding in the second case: .2, then .2 + .5 - 1, then + .3."""
    found = vlad([0, 1, 0], [0.2, 0.5, 0.3])

    assert found.path == pytest.approx([0.2, -0.3, 0.0])
    assert (found.observed, found.expected) == (1, pytest.approx(1.0))


@given(CASES)
def test_it_ends_at_expected_less_observed_and_moves_by_less_than_one(cases):
    truth, risk = [case[0] for case in cases], [case[1] for case in cases]
    found = vlad(truth, risk)

    assert found.path[-1] == pytest.approx(found.expected - found.observed, abs=1e-9)
    assert np.all(np.abs(np.diff(found.path, prepend=0.0)) <= 1.0 + 1e-9)
    assert np.all(np.diff(found.path, prepend=0.0)[np.array(truth)] <= 1e-9)


def test_no_case_has_no_path():
    with pytest.raises(NotEstimable, match="needs cases with a confirmed truth, got 0"):
        vlad([], [])
