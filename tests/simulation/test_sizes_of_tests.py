"""Tests call a difference where there is none as often as they promise, or as the table of tolerances says."""

from math import sqrt

import pytest

from tests.simulation.sizes_of_tests import BAND, FEW, RUNS, accepted, every_size, listed, measure
from tests.simulation.tables import TEST_SIZES, read

ERRORS = 3.5
EVERY = every_size()
QUICK = [test for test in EVERY if test.n == 200 and test.runs_share >= 0.5]


def assert_has_its_size(test, runs):
    found, (low, high) = measure(test, runs), accepted(test)
    below, above = (sqrt(max(end * (1.0 - end), 0.5 / found.runs) / found.runs) for end in (low, high))

    assert low - ERRORS * below <= found.measured <= high + ERRORS * above


@pytest.mark.parametrize("test", QUICK, ids=lambda test: f"{test.test}, {test.setting}")
def test_a_test_has_its_size_at_two_hundred_cases(test):
    assert_has_its_size(test, FEW)


@pytest.mark.validate
@pytest.mark.parametrize("test", EVERY, ids=lambda test: f"{test.test}, {test.setting}, {test.n}")
def test_every_test_has_its_size(test):
    assert_has_its_size(test, RUNS)


def test_the_measured_table_has_every_test_and_lists_those_that_miss_their_size():
    rows = {(row["test"], row["setting"], row["n"]): float(row["measured"]) for row in read(TEST_SIZES)}

    assert set(rows) == {(test.test, test.setting, str(test.n)) for test in EVERY}
    assert {key for key, size in rows.items() if not BAND[0] <= size <= BAND[1]} == set(listed())
    assert [key for key, (low, high) in listed().items() if not low <= rows[key] <= high] == []
