"""AUROC of drawn batches equals the readable definition, ties and odd counts included."""

import numpy as np
import pytest

from surveillance.kernels import auroc_draws
from surveillance.metrics import auroc


@pytest.mark.parametrize("decimals", [0, 1, 9])
def test_drawn_batches_are_the_definition(decimals):
    rng = np.random.default_rng(5)
    above, below = np.round(rng.normal(1.0, 1.0, 40), decimals), np.round(rng.normal(0.0, 1.0, 90), decimals)
    positives, negatives = rng.integers(1, 60, 50), rng.integers(1, 200, 50)
    first, second = rng.integers(0, 40, positives.sum()), rng.integers(0, 90, negatives.sum())

    got = auroc_draws(above, below, first, second, positives, negatives)

    p, q = np.cumsum(positives), np.cumsum(negatives)
    for batch, (m, n) in enumerate(zip(positives, negatives, strict=True)):
        drawn = np.concatenate((above[first[p[batch] - m : p[batch]]], below[second[q[batch] - n : q[batch]]]))
        assert got[batch] == pytest.approx(auroc(np.arange(m + n) < m, drawn).value, abs=1e-12)


def test_batches_without_a_class_are_nan_and_disturb_no_other():
    got = auroc_draws([2.0, 0.0], [1.0, 3.0], [0, 1, 0], [0, 0, 1], [1, 0, 1, 1], [1, 1, 0, 1])

    assert got[[0, 3]].tolist() == [1.0, 0.0]
    assert np.isnan(got[[1, 2]]).all()
    assert auroc_draws([], [], [], [], [], []).size == 0
