"""Large logs and binomial tolerances shared by the tests of the synthetic scenarios."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from surveillance.synthetic import SCENARIOS, Studies, generate


@pytest.fixture(scope="session")
def many() -> Callable[..., Studies]:
    """Return a function that joins the studies of several seeds of one scenario."""

    def join(name: str, *, seeds: int, weeks: int) -> Studies:
        start = date(2025, 3, 3)
        logs = [generate(SCENARIOS[name], seed=seed, weeks=weeks, start=start) for seed in range(seeds)]
        return Studies.joined([log.studies for log in logs])

    return join


@pytest.fixture(scope="session")
def near() -> Callable[..., object]:
    """Return a function: a share equal to what is expected within four binomial standard errors."""

    def approximately(expected: float, trials: int) -> object:
        return pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / trials))

    return approximately


@pytest.fixture(scope="session")
def stable(many) -> Studies:
    """Return 1.4 million CT heads, fully verified, nothing planted."""
    return many("ich-stable-full", seeds=20, weeks=260)


@pytest.fixture(scope="session")
def audited(many) -> Studies:
    """Return 580 thousand CT heads with a tenth of the unflagged audited, nothing planted."""
    return many("ich-stable", seeds=8, weeks=260)


@pytest.fixture(scope="session")
def occlusions(many) -> Studies:
    """Return 350 thousand CTA of three sites, nothing planted."""
    return many("lvo-stable", seeds=10, weeks=260)
