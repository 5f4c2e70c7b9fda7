"""Net benefit: Vickers and Elkin's formula by hand, laws, and the coverage of its interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveillance.errors import NotEstimable
from surveillance.metrics import compare_net_benefit, net_benefit


def test_by_hand_at_a_threshold_of_a_fifth():
    """100 cases: 8 true flags, 12 false ones, 2 not flagged: .08 - .12 / 4 = .05; flag all .10 - .90 / 4."""
    truth = np.array([1] * 8 + [0] * 12 + [1] * 2 + [0] * 78)
    called = np.array([1] * 20 + [0] * 80)

    found = compare_net_benefit(truth, called, 0.2)

    assert found.flags.value == pytest.approx(0.05)
    assert found.flag_all.value == pytest.approx(0.10 - 0.90 / 4)
    assert found.exchange == 0.25
    assert (found.flags.n, found.flags.positives) == (100, 10)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=50), st.floats(0.01, 0.99))
def test_flagging_nobody_is_worth_nothing_and_everybody_what_stands_beside_it(rows, threshold):
    truth, called = (np.array(column) for column in zip(*rows, strict=True))
    found = compare_net_benefit(truth, called, threshold)

    assert compare_net_benefit(truth, np.zeros(len(truth), bool), threshold).flags.value == 0.0
    everybody = compare_net_benefit(truth, np.ones(len(truth), bool), threshold)
    assert everybody.flags.value == found.flag_all.value
    assert found.flags.value <= truth.mean() + 1e-12


def test_the_interval_covers_the_true_net_benefit():
    """1000 samples of 500: the share within four standard errors of 95 %."""
    rng = np.random.default_rng(6)
    true_value, covered = 0.08 - 0.10 * 0.25, 0
    for _ in range(1000):
        truth, called = rng.random(500) < 0.1, np.zeros(500, bool)
        called[truth] = rng.random(truth.sum()) < 0.8
        called[~truth] = rng.random((~truth).sum()) < 1 / 9
        found = compare_net_benefit(truth, called, 0.2).flags
        covered += found.low <= true_value <= found.high

    assert covered / 1000 == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / 1000))


def test_each_verified_case_counts_as_often_as_its_weight():
    truth, called, weight = np.array([1, 0, 1, 0]), np.array([1, 1, 0, 0]), np.array([1, 1, 4, 4])

    weighted = compare_net_benefit(truth, called, 0.3, weight=weight)
    repeated = compare_net_benefit(np.repeat(truth, weight), np.repeat(called, weight), 0.3)

    assert weighted.flags.value == pytest.approx(repeated.flags.value)
    assert weighted.flag_all.value == pytest.approx(repeated.flag_all.value)


def test_the_threshold_is_the_lowest_flagged_probability():
    truth, called = np.array([1, 0, 1, 0]), np.array([1, 1, 0, 0])

    estimate = net_benefit(truth, called, np.array([0.9, 0.4, 0.3, 0.1]))

    assert estimate.value == compare_net_benefit(truth, called, 0.4).flags.value
    with pytest.raises(NotEstimable, match="got 0 flags"):
        net_benefit(truth, np.zeros(4, bool), np.array([0.9, 0.4, 0.3, 0.1]))
    with pytest.raises(ValueError, match="between 0 and 1, got 1"):
        compare_net_benefit(truth, called, 1.0)
