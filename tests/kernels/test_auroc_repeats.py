"""The kernel of repeat studies against the readable definitions, window by window."""

import numpy as np
import pytest

from surveillance.kernels import auroc_repeats
from surveillance.metrics import auroc_clustered, auroc_weighted


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_both_variances_are_those_of_the_definitions(seed, weighted):
    rng = np.random.default_rng(seed)
    truth, patient = rng.random(400) < 0.2, rng.integers(0, 150, 400)
    score = np.round(rng.normal(truth), 1)
    weight = rng.choice([1.0, 4.0], 400) if weighted else np.ones(400)
    start = rng.integers(0, 380, 60)
    stop = np.minimum(start + rng.integers(0, 200, 60), 400)
    times = np.bincount(patient)[patient]
    codes = np.full(400, -1)
    codes[times > 1] = np.unique(patient[times > 1], return_inverse=True)[1]

    repeated, independent = auroc_repeats(truth, score, weight if weighted else None, codes, start, stop)

    compared = 0
    for i, rows in enumerate(slice(a, b) for a, b in zip(start, stop, strict=True)):
        if min(truth[rows].sum(), (~truth[rows]).sum()) < 2:
            assert np.isnan(independent[i])
            continue
        clustered = auroc_clustered(truth[rows], score[rows], patient[rows], weight=weight[rows])
        plain = auroc_weighted(truth[rows], score[rows], weight[rows])
        if plain.standard_error is not None:
            assert independent[i] == pytest.approx(plain.standard_error**2, abs=1e-12)
        if clustered.standard_error is not None:
            compared += 1
            assert repeated[i] == pytest.approx(clustered.standard_error**2, abs=1e-12)
    assert compared > 15


def test_one_patient_with_every_positive_has_no_variance():
    repeated, independent = auroc_repeats([1, 1, 0, 0], [4, 2, 3, 1], None, [0, 0, -1, -1], [0], [4])

    assert np.isnan(repeated[0])
    assert independent[0] > 0.0


def test_no_study_at_all_gives_nothing():
    repeated, independent = auroc_repeats([], [], None, [], [], [])

    assert len(repeated) == len(independent) == 0
