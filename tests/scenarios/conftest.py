"""Each scenario is played once a run for each number of logs, and shared by the tests."""

import os
from collections.abc import Callable
from functools import cache

import pytest

from tests.scenarios.findings import Findings, explore

FEW, FULL = 3, 200


@pytest.fixture(scope="session")
def found() -> Callable[[str, int], Findings]:
    """Return a function that plays a scenario for a number of logs."""

    @cache
    def play_once(name: str, logs: int) -> Findings:
        return explore(name, logs, processes=1 if logs <= FEW else os.cpu_count() or 1)

    return play_once


@pytest.fixture(scope="session", params=[FEW, pytest.param(FULL, marks=pytest.mark.validate)])
def logs(request: pytest.FixtureRequest) -> int:
    """The number of seeds: a few in every run, all in `make validate`."""
    return int(request.param)
