"""Windows made to break a kernel, and the definitions' answers as numbers."""

import numpy as np
import pytest

from surveillance.errors import NotEstimable


def adversarial_windows(seed):
    """Windows of 0, 1, 2 and more cases: ties, one class, one case of a class, perfect, constant, 0 and 1."""
    rng = np.random.default_rng(seed)
    windows = [(np.empty(0, bool), np.empty(0))]
    for size in (1, 2, 2, 3, 5, 12, 60, 200):
        truth = rng.random(size) < 0.4
        windows.append((truth, rng.random(size)))
        windows.append((truth, np.round(rng.random(size), 1)))
        windows.append((np.zeros(size, bool), rng.random(size)))
        windows.append((np.ones(size, bool), rng.random(size)))
        windows.append((np.arange(size) == 0, rng.random(size)))
        windows.append((truth, np.full(size, 0.3)))
        windows.append((truth, truth * 0.5 + 0.1))
        windows.append((truth, truth.astype(float)))
        windows.append((truth, 1.0 - truth))
        windows.append((truth, np.clip(rng.normal(0.4 + 0.2 * truth, 0.3), 0.0, 1.0)))
    return windows


@pytest.fixture(params=range(3))
def laid_out(request):
    windows = adversarial_windows(request.param)
    truth = np.concatenate([window[0] for window in windows])
    score = np.concatenate([window[1] for window in windows])
    edges = np.concatenate(([0], np.cumsum([len(window[0]) for window in windows])))
    return truth, score, edges


@pytest.fixture
def answer():
    """Return value and standard error of a definition, nan where it says not estimable."""

    def ask(metric, *columns):
        try:
            estimate = metric(*columns)
        except NotEstimable:
            return np.nan, np.nan
        return estimate.value, np.nan if estimate.standard_error is None else estimate.standard_error

    return ask


@pytest.fixture
def same():
    """Return the comparison: nan in the same places, and equal within a tolerance elsewhere."""

    def compare(got, expected, within):
        assert np.isnan(got).tolist() == np.isnan(expected).tolist()
        assert got == pytest.approx(expected, abs=within, nan_ok=True)

    return compare
